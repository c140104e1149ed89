"""What is incomplete goes live on no road, and its author is told what is missing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Workflow, WorkflowPage

from courses import services
from courses.models import CoursePage, LessonPage
from courses.problems import publish_problems
from courses.publishing import PublishRefused, broken_courses
from foundation.outbox.models import Message
from tests.courses.conftest import add_lesson, block, editor_data, lessons_of, unit_of
from tests.factories.assessments import make_quiz

pytestmark = pytest.mark.django_db


def codes(problems):
    return {problem.code for problem in problems}


def spoil(course):
    """Leave one lesson of the course empty."""
    lesson = lessons_of(course)[0]
    lesson.body = []
    lesson.save_revision()
    return lesson


def test_a_complete_course_has_no_problems(draft_course):
    assert publish_problems(draft_course) == []


def test_a_course_without_anything_says_everything_that_is_missing(draft_course):
    unit_of(draft_course).delete()
    course = CoursePage.objects.get(pk=draft_course.pk)
    course.summary, course.workload_hours, course.outcomes = "", 0, []
    course.save_revision()

    assert codes(publish_problems(course)) == {"empty_course", "no_summary", "no_workload", "no_outcomes"}


def test_an_empty_unit_and_an_empty_lesson_are_named(draft_course):
    spoil(draft_course)
    from courses.models import UnitPage

    draft_course.add_child(
        instance=UnitPage(title="Nothing yet", locale=draft_course.locale, live=False)
    ).save_revision()

    problems = publish_problems(CoursePage.objects.get(pk=draft_course.pk))

    assert codes(problems) == {"empty_unit", "empty_lesson"}
    assert "Nothing yet" in " ".join(p.sentence for p in problems)


def test_a_figure_without_alternative_text_is_a_problem(draft_course):
    add_lesson(
        unit_of(draft_course), "Pictures", [block("figure", {"image": None, "alt": "", "caption": ""})]
    )

    assert codes(publish_problems(draft_course)) == {"figure_without_alt"}


def test_a_quiz_without_questions_is_a_problem_of_its_lesson(draft_course):
    quiz = make_quiz(draft_course, questions=0, placed=False, published=False)
    add_lesson(unit_of(draft_course), "Test", [block("activity", {"activity": quiz.pk, "required": True})])

    problems = publish_problems(draft_course)

    assert codes(problems) == {"activity"}
    assert quiz.title in problems[0].sentence


def test_an_app_above_can_say_what_a_course_lacks(draft_course):
    with hooks.register_temporarily(
        "course_publish_problems", lambda course: [f"{course.title} promises too much."]
    ):
        assert [p.sentence for p in publish_problems(draft_course)] == ["Confiscation promises too much."]


# --- every road ---


def test_the_editor_saves_the_draft_publishes_nothing_and_lists_what_is_missing(
    draft_course, administrator, as_person
):
    lesson = spoil(draft_course)
    page = as_person(administrator).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert page.status_code == 200

    response = as_person(administrator).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        editor_data(lesson) | {"action-publish": "1"},
        follow=True,
    )

    lesson.refresh_from_db()
    assert not lesson.live
    assert "is empty" in response.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in response.request["PATH_INFO"]


def test_publishing_a_revision_directly_is_refused(draft_course, administrator):
    lesson = spoil(draft_course)

    with pytest.raises(PublishRefused):
        lesson.get_latest_revision().publish(user=administrator)

    assert not LessonPage.objects.get(pk=lesson.pk).live


def test_publishing_in_bulk_takes_all_or_nothing(draft_course, administrator, as_person):
    spoil(draft_course)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={draft_course.pk}"

    response = as_person(administrator).post(url, {"include_descendants": "on"}, follow=True)

    assert "is empty" in response.content.decode()
    assert not Page.objects.descendant_of(draft_course, inclusive=True).live().exists()


def test_publishing_a_complete_course_in_bulk_publishes_all_of_it(draft_course, administrator, as_person):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={draft_course.pk}"

    as_person(administrator).post(url, {"include_descendants": "on"}, follow=True)

    assert Page.objects.descendant_of(draft_course, inclusive=True).live().count() == 4
    assert draft_course.versions.count() == 1


def test_a_page_schedule_that_comes_due_is_refused_reported_and_not_tried_again(draft_course, author):
    lesson = spoil(draft_course)
    revision = lesson.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()

    call_command("publish_scheduled")

    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not LessonPage.objects.get(pk=lesson.pk).live
    assert Message.objects.filter(recipient=author, subject__contains="Not published").count() == 1


def test_a_page_workflow_of_wagtails_own_cannot_be_started_on_a_course(draft_course):
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Other")
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})

    assert not LessonPage.objects.get(pk=lessons_of(draft_course)[0].pk).has_workflow


def test_approving_refuses_what_has_become_incomplete_and_publishes_nothing(
    submitted, draft_course, reviewer
):
    course = CoursePage.objects.get(pk=draft_course.pk)
    lacks_award = hooks.register_temporarily(
        "course_publish_problems", lambda course: ["No award can be given."]
    )
    with lacks_award, pytest.raises(PublishRefused, match="No award"):
        services.approve(submitted, reviewer)

    submitted.refresh_from_db()
    course.refresh_from_db()
    assert submitted.approved_at is None
    assert not course.live


def test_publishing_the_whole_course_by_service_refuses_and_leaves_everything_a_draft(
    draft_course, administrator
):
    spoil(draft_course)

    with pytest.raises(PublishRefused):
        services.publish_course(draft_course, administrator, reason="Now.")

    assert not Page.objects.descendant_of(draft_course, inclusive=True).live().exists()


def test_the_admin_api_publishes_nothing(draft_course, administrator, as_person):
    url = f"/cms/api/main/pages/{draft_course.pk}/action/publish/"

    response = as_person(administrator).post(url, {}, follow=True)

    assert response.status_code in (403, 404)
    assert not CoursePage.objects.get(pk=draft_course.pk).live


def test_a_live_course_that_comes_to_lack_something_is_listed(live_course):
    assert broken_courses() == []

    with hooks.register_temporarily(
        "course_publish_problems", lambda course: ["The award type was retired."]
    ):
        found = broken_courses()

    assert [course.pk for course, _problems in found] == [live_course.pk]


def test_a_course_is_not_live_alone_without_its_units(draft_course, administrator):
    with pytest.raises(PublishRefused, match="whole course"):
        draft_course.get_latest_revision().publish(user=administrator)
