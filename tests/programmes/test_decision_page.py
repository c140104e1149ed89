"""The decision as the applicant reads it, and the answer to an offered place."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import DecisionOutcome, Offer, Student
from tests.factories.accounts import make_person
from tests.factories.selection import decided, make_applicant, make_selection, offered, told

pytestmark = pytest.mark.django_db


def address(application, name="decision"):
    return reverse(f"selection:{name}", args=[application.call.code])


def page(response):
    return response.content.decode()


@pytest.fixture
def offer():
    return offered(make_applicant(make_selection(places=2)))


@pytest.mark.parametrize("name", ["decision", "accept", "decline"])
def test_a_decision_is_ones_own_alone(client, offer, name):
    send = client.get if name == "decision" else client.post

    assert "/login/" in send(address(offer.application, name)).url
    client.force_login(make_person())
    assert send(address(offer.application, name)).status_code == 404


def test_nothing_shows_before_the_letter_goes_out(client):
    application = make_applicant(make_selection())
    decided(application, reason="Strongest of all")
    client.force_login(application.person)

    shown = page(client.get(address(application)))

    assert "has not been sent yet" in shown
    assert "Strongest" not in shown
    assert client.post(address(application, "accept")).status_code == 404


def test_the_place_is_accepted_with_one_click_however_often(client, offer):
    client.force_login(offer.application.person)

    assert "Accept the place" in page(client.get(address(offer.application)))
    for _click in range(2):
        client.post(address(offer.application, "accept"))
    shown = page(client.get(address(offer.application)))

    assert Student.objects.count() == 1
    assert "The place is yours" in shown
    assert "Accept the place" not in shown


def test_the_place_is_declined_and_cannot_be_taken_afterwards(client, offer):
    client.force_login(offer.application.person)

    client.post(address(offer.application, "decline"), {"reason": "Another programme"})
    late = client.post(address(offer.application, "accept"))

    offer.refresh_from_db()
    assert offer.decline_reason == "Another programme"
    assert late.status_code == 409
    assert "was declined" in page(late)


def test_an_answer_after_the_deadline_and_its_grace_is_told_the_rule(client, offer):
    Offer.objects.update(answer_by=timezone.now() - datetime.timedelta(hours=1))
    client.force_login(offer.application.person)

    response = client.post(address(offer.application, "accept"))

    assert response.status_code == 409
    assert "The time to answer is over" in page(response)
    assert not Student.objects.exists()


def test_conditions_are_shown_with_their_days_and_the_place_is_kept(client):
    offer = offered(make_applicant(make_selection(places=1)), DecisionOutcome.CONDITIONAL)
    client.force_login(offer.application.person)

    assert "The certified diploma" in page(client.get(address(offer.application)))
    client.post(address(offer.application, "accept"))

    assert "is kept for you" in page(client.get(address(offer.application)))
    assert not Student.objects.exists()


def test_a_place_that_cannot_be_given_is_explained_and_nothing_is_lost(client, offer):
    edition = offer.application.call.programme_edition
    edition.cancelled_at = timezone.now()
    edition.save()
    client.force_login(offer.application.person)

    response = client.post(address(offer.application, "accept"))

    assert response.status_code == 409
    assert "cancelled" in page(response)
    offer.refresh_from_db()
    assert offer.accepted_at is None


def test_who_waits_reads_the_letter_and_has_nothing_to_answer(client):
    application = make_applicant(make_selection())
    told(application, DecisionOutcome.WAITING)
    client.force_login(application.person)

    shown = page(client.get(address(application)))

    assert "Dear applicant" in shown
    assert "Accept the place" not in shown
