"""Two assignments of a course, a rubric, and what learners of the edition under way made of them, by the services."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Role, User
from accounts.services import grant_role
from assessments.assignments import services
from assessments.assignments.services.authoring import save_assignment, save_rubric
from assessments.assignments.similarity import compare
from assessments.models import Assignment, Rubric
from assessments.rubrics import pinned_version
from courses.models import CoursePage, LessonPage
from courses.services import create_activity
from courses.services.change_sets import approve, submit
from enrolments.models import ActivitySchedule, CohortMember, Edition, EditionRole, Enrolment
from lms.demo.bodies import block_id
from lms.demo.clock import at
from lms.demo.courses import FIRST_PUBLISHED
from lms.demo.tree import load

CONTENT = "assignments"


def make_assignments(people: dict[str, User], say) -> None:
    """The assignments as a trainer writes them, published with their lessons. Skipped when they are there."""
    words = load("en", CONTENT)
    course = CoursePage.objects.get(slug=words["course"], locale__language_code="en")
    if Assignment.objects.filter(course=course).exists():
        return
    say(f"  assignments: {course.slug}")
    # As in a new request: what a person may do is read once and kept on the object.
    author, reviewer = (User.objects.get(pk=people[name].pk) for name in ("trainer", "reviewer"))
    with at(FIRST_PUBLISHED + timedelta(hours=2)):
        rubric = _rubric(course, words["rubric"], author)
        for one in words["assignments"]:
            _place(course, one["lesson"], _assignment(course, one, rubric, author), author)
        change_set = submit(course, author, summary="Two assignments: an application and a request.")
        approve(change_set, reviewer, comment="Realistic, and short enough for a working week.")


def _rubric(course, words, author) -> Rubric:
    levels = [{"key": block_id(f"rubric/level/{place}")} for place, _title in enumerate(words["levels"])]
    keys = [level["key"] for level in levels]
    rows = [block_id(f"rubric/row/{place}") for place, _row in enumerate(words["criteria"])]
    criteria = [{"key": key, "points": dict(zip(keys, words["points"], strict=True))} for key in rows]
    said = {
        key: {
            "title": row["title"],
            "description": row["description"],
            "cells": dict(zip(keys, row["cells"], strict=True)),
        }
        for key, row in zip(rows, words["criteria"], strict=True)
    }
    texts = {"language": "en", "levels": dict(zip(keys, words["levels"], strict=True)), "criteria": said}
    rubric = Rubric(name=words["name"], course=course, language="en", levels=levels, criteria=criteria)
    return save_rubric(rubric, user=author, words=texts)


def _assignment(course, words, rubric, author) -> Assignment:
    made = create_activity("assignment", course, words["title"], user=author)
    settings = {
        name: Assignment._meta.get_field(name).to_python(value) for name, value in words["settings"].items()
    }
    wording = {
        "language": "en",
        "title": words["learner_title"],
        "instructions": words["instructions"],
    }
    pinned = pinned_version(rubric) if words.get("rubric") else None
    save_assignment(made, user=author, wording=wording, rubric_version=pinned, **settings)
    return made


def _place(course, slug, assignment, author):
    """At the end of its lesson; optional, so that it keeps nobody from completing the course."""
    lesson = LessonPage.objects.descendant_of(course).get(slug=slug).get_latest_revision_as_object()
    block = {
        "type": "activity",
        "value": {"activity": assignment.pk, "required": False},
        "id": block_id(f"{course.slug}/{slug}/assignment"),
    }
    lesson.body = [*lesson.body.get_prep_value(), block]
    lesson.save_revision(user=author)


def make_submissions(editions: dict[str, Edition], people: dict[str, User], say) -> None:
    """One marked and released, others waiting, late or alike, and work of groups. Skipped when something is there."""
    edition = editions["assets-running"]
    individual, by_group = _assignments(edition)
    if individual.submissions.exists():
        return
    say(f"  submissions: {edition.code}")
    words = load("en", CONTENT)
    for assignment, one in zip((individual, by_group), words["assignments"], strict=True):
        _date(edition, assignment, one)
    _marker(edition, people["tutor"])
    _papers(edition, individual, people, words)
    _group_papers(edition, by_group, people, words["papers"])


def _assignments(edition):
    return Assignment.objects.filter(course=edition.course).order_by("pk")


def _moment(edition, days):
    day = edition.starts_on + timedelta(days=days)
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(edition.time_zone))


def _date(edition, assignment, words):
    closes = words.get("closes")
    ActivitySchedule.objects.get_or_create(
        edition=edition,
        activity=assignment,
        defaults={
            "due_at": _moment(edition, words["due"]),
            "closes_at": _moment(edition, closes) if closes else None,
        },
    )


def _marker(edition, tutor):
    if not EditionRole.objects.filter(edition=edition, person=tutor, role=Role.MARKER).exists():
        role = EditionRole(person=tutor, role=Role.MARKER, edition=edition, reason="Marks the assignments")
        grant_role(role, by=None)


def _papers(edition, assignment, people, words):
    learners = list(
        edition.enrolments.active().exclude(person=people["judge"]).select_related("person").order_by("pk")
    )
    judge = Enrolment.objects.get(edition=edition, person=people["judge"])
    papers, due = words["papers"], min(_moment(edition, words["assignments"][0]["due"]), timezone.now())
    marked = _hand_in(judge, assignment, papers["judge"], due - timedelta(hours=30))
    _hand_in(learners[1], assignment, papers["waiting"], due - timedelta(hours=20))
    _hand_in(learners[3], assignment, papers["alike"], due - timedelta(hours=2))
    _hand_in(learners[5], assignment, papers["late"], min(due + timedelta(hours=40), timezone.now()))
    with at(min(due + timedelta(days=2), timezone.now())):
        services.finish_marking(marked, _marks(marked, words["marks"]), by=people["tutor"])
        services.release(marked, by=people["tutor"])
    for submission in assignment.submissions.handed_in():
        compare(submission)


def _hand_in(enrolment, assignment, text, moment):
    with at(moment - timedelta(minutes=50)):
        draft = services.begin(enrolment, assignment, language="en")
        services.save_text(draft, text, by=enrolment.person, sequence=0, language="en")
    with at(moment):
        return services.hand_in(draft, enrolment).submission


def _marks(submission, words):
    content = submission.version.assignment_version.rubric_version.content
    rows = [row["key"] for row in content["criteria"]]
    return services.Marks(
        choices={
            row: content["levels"][place]["key"] for row, place in zip(rows, words["choices"], strict=True)
        },
        comments=dict(zip(rows, words["comments"], strict=True)),
        comment=words["comment"].strip(),
    )


def _group_papers(edition, assignment, people, papers):
    """One group has handed in; the judge's has begun, so that somebody can go on."""
    now = timezone.now()
    groups = edition.cohorts.open().filter(hands_in_together=True)
    judge = (
        CohortMember.objects.current().filter(cohort__in=groups, enrolment__person=people["judge"]).first()
    )
    for group in groups:
        member = group.members.current().exclude(enrolment__person=people["judge"]).first()
        if member is None:
            continue
        if judge and group.pk == judge.cohort_id:
            with at(now - timedelta(hours=5)):
                draft = services.begin(member.enrolment, assignment, language="en")
                services.save_text(
                    draft, papers["group_draft"], by=member.enrolment.person, sequence=0, language="en"
                )
        elif not assignment.submissions.handed_in().exists():
            _hand_in(member.enrolment, assignment, papers["group"], now - timedelta(days=1))
