"""The courses that modules of the programme are made of: short, in English, published through a review."""

import datetime
import json
from zoneinfo import ZoneInfo

from accounts.models import Role, User
from accounts.services import grant_role
from courses.models import CourseIndexPage, CoursePage, CourseRole, LessonPage, UnitPage
from courses.services.change_sets import approve, submit
from courses.services.creation import adopt_course
from lms.demo.bodies import block_id, body
from lms.demo.clock import at
from portfolio.models import Profession, SustainableGoal, Theme

PUBLISHED = datetime.datetime(2025, 1, 8, 11, tzinfo=ZoneInfo("Europe/Rome"))
OUTCOMES = (
    "name the rules that apply and where they come from",
    "apply them to the facts of a case, and say why",
)


def make_modules(catalogue: CourseIndexPage, people: dict[str, User], words: dict) -> dict[str, CoursePage]:
    """A course for each module, by the module's code."""
    with at(PUBLISHED):
        return {one["code"]: _course(catalogue, one, people) for one in words["modules"]}


def _course(catalogue, words, people):
    # As in a new request: what a person may do is read once and kept on the object.
    author, reviewer = (User.objects.get(pk=people[name].pk) for name in ("trainer", "reviewer"))
    outcomes = [
        {"type": "outcome", "value": said, "id": block_id(f"{words['slug']}/outcomes/{number}")}
        for number, said in enumerate(OUTCOMES)
    ]
    course = CoursePage(
        title=words["title"],
        slug=words["slug"],
        summary=words["summary"],
        introduction=f"<p>{words['summary']}</p>",
        outcomes=json.dumps(outcomes),
        workload_hours=words["credits"] * 45,
        level="advanced",
        # A module is taken within the programme: the catalogue does not offer it by itself.
        is_restricted=True,
        award_kind="",
        live=False,
        owner=author,
        source_locale=catalogue.locale,
    )
    catalogue.add_child(instance=course)
    course.audience = Profession.objects.filter(slug__in=["judiciary", "prosecution"])
    course.themes = Theme.objects.filter(slug="organized-crime")
    course.sdgs = SustainableGoal.objects.filter(number=16)
    course.save()
    adopt_course(course, author)
    grant_role(
        CourseRole(person=reviewer, role=Role.REVIEWER, course=course, reason="Subject expert"), by=None
    )
    unit = UnitPage(title=words["title"], slug="unit", summary=words["summary"], live=False, owner=author)
    course.add_child(instance=unit)
    unit.save_revision(user=author)
    for number, (title, text) in enumerate(words["lessons"], start=1):
        lesson = LessonPage(
            title=title,
            slug=f"lesson-{number}",
            minutes=30,
            body=body([{"prose": f"<p>{text}</p>"}, {"read": {}}], seed=f"{words['slug']}/{number}"),
            live=False,
            owner=author,
        )
        unit.add_child(instance=lesson)
        lesson.save_revision(user=author)
    course.save_revision(user=author)
    approve(submit(course, author, summary="For the programme."), reviewer, comment="As agreed.")
    return CoursePage.objects.get(pk=course.pk)
