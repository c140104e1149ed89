"""Time: what is said before, shown during, and done when it is over. The server's clock alone counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import EndedBy, QuizAttempt
from assessments.tasks import end_overdue_attempts
from enrolments.services import grant_accommodation
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.django_db


def move_deadline(taking, **by):
    QuizAttempt.objects.filter(pk=taking.attempt.pk).update(deadline_at=timezone.now() + timedelta(**by))


def test_before_beginning_time_attempts_and_what_is_shown_are_said(take):
    taking = take(begun=False, time_limit=90, attempts_allowed=2, hours_between=24)

    page = taking.client.get(taking.url("quiz", taking.quiz.pk)).text

    assert "1\xa0h\xa030\xa0min" in page
    assert "0 of 2 used" in page
    assert "at least 24 hours" in page
    assert "Right after handing in: your answers, marks, feedback" in page


def test_who_was_granted_more_time_is_told_so(take):
    taking = take(begun=False, time_limit=60)
    grant_accommodation(
        taking.enrolment.edition,
        by=make_staff(),
        reason="As agreed",
        enrolment=taking.enrolment,
        extra_time_percent=50,
    )

    page = taking.client.get(taking.url("quiz", taking.quiz.pk)).text

    assert "1\xa0h\xa030\xa0min" in page
    assert "extra time you were granted" in page


def test_more_time_granted_meanwhile_moves_the_end_of_an_attempt_under_way(take):
    taking = take(time_limit=60)
    before = taking.quiz_attempt.deadline_at

    grant_accommodation(
        taking.enrolment.edition,
        by=make_staff(),
        reason="Fire alarm",
        enrolment=taking.enrolment,
        extra_minutes=15,
    )

    taking.quiz_attempt.refresh_from_db()
    assert taking.quiz_attempt.deadline_at - before == timedelta(minutes=15)


def test_the_time_left_is_on_every_page_and_with_every_save(take):
    taking = take(time_limit=60)
    move_deadline(taking, minutes=10, seconds=30)
    item = taking.items[0]

    saved = taking.client.post(
        taking.url("save_answer", taking.attempt.pk, item.pk), {f"item-{item.pk}": "a"}
    )

    for response in (taking.page(), taking.page(name="review"), taking.page(name="time_left"), saved):
        assert 'data-seconds-left="62' in response.text or 'data-seconds-left="63' in response.text
    assert "11\xa0min left" in taking.page().text


def test_a_quiz_without_a_limit_shows_no_time(take):
    assert "data-seconds-left" not in take().page().text


def test_the_page_of_an_attempt_whose_time_is_over_changes_nothing_and_offers_to_hand_in(take):
    taking = take(time_limit=60)
    move_deadline(taking, minutes=-2)

    page = taking.page()

    assert "The time is over" in page.text
    assert "What you had saved has been kept." in page.text
    taking.attempt.refresh_from_db()
    assert taking.attempt.finished_at is None
    assert taking.page(name="review").url == taking.url()

    taking.hand_in()

    taking.quiz_attempt.refresh_from_db()
    assert taking.quiz_attempt.ended_by == EndedBy.TIME


def test_an_answer_in_the_grace_counts_and_one_after_it_does_not(take):
    taking = take(time_limit=60, grace_seconds=30)
    first, second = taking.items[:2]
    address = taking.url("save_answer", taking.attempt.pk, first.pk)
    move_deadline(taking, seconds=-10)
    assert taking.client.post(address, {f"item-{first.pk}": "a"}).status_code == 200
    move_deadline(taking, seconds=-40)

    late = taking.client.post(
        taking.url("save_answer", taking.attempt.pk, second.pk), {f"item-{second.pk}": "a"}
    )

    assert late.status_code == 409
    assert "The time is over" in late.text
    assert taking.quiz_attempt.answers.count() == 1


def test_what_nobody_handed_in_is_handed_in_by_the_clock_with_a_receipt(
    take, django_capture_on_commit_callbacks
):
    taking = take(time_limit=60)
    move_deadline(taking, minutes=-2)

    with django_capture_on_commit_callbacks(execute=True):
        end_overdue_attempts.call()
        end_overdue_attempts.call()

    assert "was handed in for you" in Message.objects.get(kind="assessments.receipt").body
    assert "was handed in for you" in taking.page(name="receipt").text


def test_a_late_page_without_javascript_saves_nothing_and_says_why(take):
    taking = take(time_limit=60)
    move_deadline(taking, minutes=-2)

    answer = taking.post("next", **{f"item-{taking.items[0].pk}": "a"})

    assert "The time is over" in answer.text
    assert not taking.quiz_attempt.answers.exists()


def test_the_password_of_the_edition_is_asked_for(take):
    taking = take(begun=False, schedule={"password": "Libra 7"})
    page = taking.url("quiz", taking.quiz.pk)
    assert "Password of the quiz" in taking.client.get(page).text

    refused = taking.client.post(taking.url("begin_quiz", taking.quiz.pk), {"password": "libra 7"})
    assert refused.status_code == 422
    assert "mind capital letters" in refused.text
    assert 'value="libra 7"' in refused.text
    assert not taking.enrolment.attempts.exists()

    taking.client.post(taking.url("begin_quiz", taking.quiz.pk), {"password": " Libra 7 "})
    assert taking.enrolment.attempts.count() == 1


def test_who_must_wait_between_attempts_is_told_until_when(take):
    taking = take(attempts_allowed=3, hours_between=24)
    result = taking.hand_in()

    page = taking.client.get(taking.url("quiz", taking.quiz.pk))

    assert "You can try again from" in page.text
    assert "Try again" not in page.text
    assert "You can try again from" in result.text
