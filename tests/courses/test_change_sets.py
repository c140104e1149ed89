"""A whole course is submitted, reviewed by somebody else, and goes live together."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from courses import services
from courses.models import ChangeSet, CoursePage, LessonPage, Stage
from courses.publishing import PublishRefused
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.courses.conftest import block, lessons_of
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz

pytestmark = pytest.mark.django_db


def change_title(page, title, user=None):
    page = page.specific
    page.title = title
    page.save_revision(user=user)
    return page


def test_a_new_course_goes_as_one_change_set_and_lives_together(draft_course, author, reviewer):
    change_set = services.submit(draft_course, author, summary="New course.")
    assert change_set.stage == Stage.IN_REVIEW
    assert change_set.items.count() == 4

    services.approve(change_set, reviewer, comment="Very clear.")

    change_set.refresh_from_db()
    assert change_set.stage == Stage.PUBLISHED
    assert Page.objects.descendant_of(draft_course, inclusive=True).live().count() == 4
    version = draft_course.versions.get()
    assert version.change_set == change_set
    assert version.published_by == reviewer


def test_a_draft_quiz_travels_with_its_course(draft_course, author, reviewer):
    quiz = make_quiz(draft_course, placed=False, published=False)
    lesson = lessons_of(draft_course)[0]
    lesson.body = [*lesson.body.get_prep_value(), block("activity", {"activity": quiz.pk, "required": True})]
    lesson.save_revision()

    change_set = services.submit(draft_course, author, summary="With a quiz.")
    services.approve(change_set, reviewer)

    quiz.refresh_from_db()
    assert quiz.live
    assert quiz.versions.count() == 1
    entries = {
        entry["kind"]: entry["version"] for entry in draft_course.versions.get().manifest["activities"]
    }
    assert entries == {"read": None, "quiz": 1}


def test_editing_a_live_lesson_changes_nothing_for_learners_until_approved(live_course, author, reviewer):
    lesson = lessons_of(live_course)[0]
    change_title(lesson, "Better title", author)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lesson 1"

    change_set = services.submit(live_course, author, summary="Better words.")
    assert [item.page_id for item in change_set.items.all()] == [lesson.pk]
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lesson 1"

    services.approve(change_set, reviewer)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Better title"


def test_the_submitter_never_approves_not_even_an_administrator(draft_course, administrator):
    change_set = services.submit(draft_course, administrator, summary="Mine.")

    with pytest.raises(services.DecisionRefused, match="yourself"):
        services.approve(change_set, administrator)


def test_who_is_no_reviewer_of_the_course_approves_nothing(submitted, outsider, author):
    for person in (outsider, author):
        with pytest.raises(services.DecisionRefused):
            services.approve(submitted, person)
    assert not CoursePage.objects.get(pk=submitted.course_id).live


def test_a_reviewer_whose_role_has_ended_approves_nothing(submitted, draft_course, reviewer):
    reviewer.courseroles.update(ends_on=timezone.localdate() - timedelta(days=1), starts_on="2020-01-01")
    reviewer.__dict__.pop("_course_roles", None)

    with pytest.raises(services.DecisionRefused):
        services.approve(submitted, reviewer)


def test_what_is_under_review_cannot_be_edited_by_anybody(submitted, draft_course, author, administrator):
    lesson = lessons_of(draft_course)[0]

    assert lesson.get_lock().for_user(author)
    assert lesson.get_lock().for_user(administrator)


def test_what_is_under_review_cannot_be_submitted_again_or_published_past_it(
    submitted, draft_course, author, administrator
):
    with pytest.raises(services.SubmitRefused, match="reviewed already"):
        services.submit(draft_course, author, summary="Again.")
    with pytest.raises(PublishRefused, match="being reviewed"):
        lessons_of(draft_course)[0].get_latest_revision().publish(user=administrator)


def test_returned_with_a_comment_it_is_unlocked_and_submitted_again(
    submitted, draft_course, author, reviewer
):
    services.return_to_author(submitted, reviewer, comment="Say more about trusts.")

    submitted.refresh_from_db()
    assert submitted.stage == Stage.RETURNED
    lesson = lessons_of(draft_course)[0]
    assert lesson.get_lock() is None
    assert Message.objects.filter(recipient=author, body__contains="Say more about trusts.").exists()

    change_title(lesson, "On trusts", author)
    again = services.submit(draft_course, author, summary="Trusts added.")
    assert again.pk == submitted.pk
    assert again.stage == Stage.IN_REVIEW

    services.approve(again, reviewer)
    assert LessonPage.objects.get(pk=lesson.pk).title == "On trusts"


def test_withdrawn_it_can_be_edited_and_nobody_can_approve_it(submitted, draft_course, author, reviewer):
    services.withdraw(submitted, author)

    submitted.refresh_from_db()
    assert submitted.stage == Stage.WITHDRAWN
    assert lessons_of(draft_course)[0].get_lock() is None
    with pytest.raises(services.DecisionRefused):
        services.approve(submitted, reviewer)


def test_approved_for_later_it_goes_live_at_its_time(submitted, draft_course, reviewer):
    moment = timezone.now() + timedelta(days=2)
    services.approve(submitted, reviewer, go_live_at=moment)

    submitted.refresh_from_db()
    assert submitted.stage == Stage.SCHEDULED
    assert not CoursePage.objects.get(pk=draft_course.pk).live
    assert lessons_of(draft_course)[0].get_lock() is not None

    with time_machine.travel(moment + timedelta(minutes=1)):
        call_command("publish_scheduled")

    submitted.refresh_from_db()
    assert submitted.stage == Stage.PUBLISHED
    assert Page.objects.descendant_of(draft_course, inclusive=True).live().count() == 4
    assert lessons_of(draft_course)[0].get_lock() is None


def test_a_schedule_checks_again_and_reports_a_refusal_by_e_mail(submitted, draft_course, author, reviewer):
    from wagtail import hooks

    moment = timezone.now() + timedelta(days=2)
    services.approve(submitted, reviewer, go_live_at=moment)
    with (
        time_machine.travel(moment + timedelta(minutes=1)),
        hooks.register_temporarily("course_publish_problems", lambda course: ["The award is gone."]),
    ):
        call_command("publish_scheduled")
        call_command("publish_scheduled")

    submitted.refresh_from_db()
    assert submitted.stage == Stage.REFUSED
    assert not CoursePage.objects.get(pk=draft_course.pk).live
    assert Message.objects.filter(recipient=author, body__contains="The award is gone.").count() == 1
    assert lessons_of(draft_course)[0].get_lock() is None


def test_a_scheduled_one_can_be_withdrawn(submitted, draft_course, author, reviewer):
    moment = timezone.now() + timedelta(days=2)
    services.approve(submitted, reviewer, go_live_at=moment)

    services.withdraw(ChangeSet.objects.get(pk=submitted.pk), author)
    with time_machine.travel(moment + timedelta(minutes=1)):
        call_command("publish_scheduled")

    assert not CoursePage.objects.get(pk=draft_course.pk).live


def test_one_page_can_go_alone(live_course, author, reviewer):
    first, second = lessons_of(live_course)
    change_title(first, "First, corrected", author)
    change_title(second, "Second, not ready", author)

    change_set = services.submit(live_course, author, summary="A slip.", only_page=first)
    services.approve(change_set, reviewer)

    assert LessonPage.objects.get(pk=first.pk).title == "First, corrected"
    assert LessonPage.objects.get(pk=second.pk).title == "Lesson 2"
    assert live_course.versions.count() == 2


def test_an_incomplete_course_is_not_submitted_and_leaves_no_change_set(draft_course, author):
    lesson = lessons_of(draft_course)[0]
    lesson.body = []
    lesson.save_revision()

    with pytest.raises(PublishRefused):
        services.submit(draft_course, author, summary="Early.")

    assert not ChangeSet.objects.exists()


def test_nothing_changed_is_nothing_to_submit(live_course, author):
    with pytest.raises(services.SubmitRefused, match="Nothing has changed"):
        services.submit(live_course, author, summary="Nothing.")


def test_reviewers_are_told_and_the_submitter_is_not(draft_course, author, reviewer):
    site_reviewer = make_staff("reviewer")

    services.submit(draft_course, author, summary="Please read.")

    told = set(Message.objects.filter(subject__contains="To review").values_list("recipient", flat=True))
    assert told == {reviewer.pk, site_reviewer.pk}


def test_submission_approval_and_return_are_in_the_audit_log(submitted, reviewer):
    services.return_to_author(submitted, reviewer, comment="More.")

    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"courses.submit", "courses.return"} <= actions


def test_an_older_version_comes_back_as_a_draft_to_review(live_course, author, reviewer):
    lesson = lessons_of(live_course)[0]
    change_title(lesson, "Worse title", author)
    services.approve(services.submit(live_course, author, summary="Change."), reviewer)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Worse title"

    restored = services.restore_version(live_course.versions.get(number=1), author)
    assert [page.pk for page in restored] == [lesson.pk]
    assert LessonPage.objects.get(pk=lesson.pk).title == "Worse title"

    services.approve(services.submit(live_course, author, summary="Back."), reviewer)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lesson 1"
    assert live_course.versions.count() == 3
