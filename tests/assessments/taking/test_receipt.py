"""The receipt: on the page, by e-mail, and what stands behind it."""

from datetime import UTC, datetime

import pytest

from assessments.receipts import in_groups
from foundation.outbox.models import Message
from learning.models import Attempt
from tests.factories.enrolments import make_enrolment

pytestmark = pytest.mark.django_db


def handed_in(taking, callbacks):
    with callbacks(execute=True):
        taking.hand_in()
    taking.attempt.refresh_from_db()
    taking.quiz_attempt.refresh_from_db()
    return taking


def test_the_receipt_says_when_how_much_and_under_which_number(take, django_capture_on_commit_callbacks):
    taking = take(attempts_allowed=1)
    taking.post("stay", **{f"item-{taking.items[0].pk}": "a"})
    taking.enrolment.person.time_zone = "Africa/Nairobi"
    taking.enrolment.person.save()
    handed_in(taking, django_capture_on_commit_callbacks)
    Attempt.objects.update(finished_at=datetime(2026, 11, 22, 11, 2, tzinfo=UTC))

    page = taking.page(name="receipt").text

    assert "1 of 4 answered" in page
    assert in_groups(taking.quiz_attempt.receipt) in page
    assert "22\xa0November\xa02026, 14:02 EAT" in page


def test_where_much_hangs_on_it_the_receipt_comes_by_mail_once(take, django_capture_on_commit_callbacks):
    taking = handed_in(take(attempts_allowed=1), django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        taking.hand_in()

    message = Message.objects.get(kind="assessments.receipt")

    assert message.recipient == taking.enrolment.person
    assert in_groups(taking.quiz_attempt.receipt) in message.body
    assert taking.url("receipt") in message.body


@pytest.mark.parametrize("fields", [{}, {"practice": True, "attempts_allowed": 1}])
def test_practice_at_leisure_sends_no_mail(take, fields, django_capture_on_commit_callbacks):
    handed_in(take(**fields), django_capture_on_commit_callbacks)

    assert not Message.objects.filter(kind="assessments.receipt").exists()


def test_another_answer_makes_another_receipt(take, django_capture_on_commit_callbacks):
    taking = take()
    taking.post("stay", **{f"item-{taking.items[0].pk}": "a"})
    first = handed_in(taking, django_capture_on_commit_callbacks).quiz_attempt.receipt
    taking.begin()

    second = handed_in(taking, django_capture_on_commit_callbacks).quiz_attempt.receipt

    assert len(first) == len(second) == 64
    assert first != second


def test_the_receipts_of_others_are_not_there(take, django_capture_on_commit_callbacks):
    taking = handed_in(take(), django_capture_on_commit_callbacks)
    taking.client.force_login(make_enrolment(taking.enrolment.edition).person)

    assert taking.page(name="receipt").status_code == 404


def test_before_handing_in_there_is_none(take):
    taking = take()

    assert taking.page(name="receipt").url == taking.url()
