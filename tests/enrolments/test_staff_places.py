"""Giving people places and taking them back, in the CMS."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Role, User
from enrolments.models import Enrolment
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db


def test_a_person_with_an_account_is_enrolled_once_however_often_it_is_sent(signed_in, coordinator, learner):
    edition = make_edition(enrolment_key="secret")
    typed = {"edition": edition.pk, "email": "JUDGE@example.org", "reason": "Nominated by the court"}
    client = signed_in(coordinator)

    client.post(reverse("enrol_person"), typed)
    client.post(reverse("enrol_person"), typed)

    assert Enrolment.objects.get().person == learner
    assert Entry.objects.get(action="enrolments.enrol").reason == "Nominated by the court"


def test_an_unknown_address_offers_an_invitation_and_keeps_what_was_typed(signed_in, coordinator):
    edition = make_edition()

    response = signed_in(coordinator).post(
        reverse("enrol_person"), {"edition": edition.pk, "email": "new@example.org", "reason": "Nominated"}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "No account uses this address" in page
    assert "Invite and enrol" in page
    assert "new@example.org" in page
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_invited_person_has_no_password_and_gets_a_link_to_choose_one(
    signed_in, coordinator, django_capture_on_commit_callbacks
):
    edition = make_edition()
    typed = {"edition": edition.pk, "email": "new@example.org", "reason": "Nominated", "invite": "1"}
    client = signed_in(coordinator)

    assert "Give the name" in client.post(reverse("enrol_person"), typed).content.decode()
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("enrol_person"), typed | {"first_name": "Nia", "language": "fr"})

    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert Enrolment.objects.get().person == person
    assert len([message for message in mail.outbox if "password/reset" in message.body]) == 1


def test_a_full_edition_is_refused_with_a_sentence(signed_in, coordinator, learner):
    edition = make_edition(capacity=1)
    make_enrolment(edition)

    response = signed_in(coordinator).post(
        reverse("enrol_person"), {"edition": edition.pk, "email": learner.email, "reason": "Late"}
    )

    assert response.status_code == 422
    assert "All places are taken" in response.content.decode()


def test_an_account_that_is_closed_is_not_enrolled(signed_in, coordinator):
    make_person(email="gone@example.org", is_active=False)

    response = signed_in(coordinator).post(
        reverse("enrol_person"),
        {"edition": make_edition().pk, "email": "gone@example.org", "reason": "Nominated"},
    )

    assert "The account with this address is closed" in response.content.decode()
    assert not Enrolment.objects.exists()


def test_withdrawing_needs_a_reason_and_is_recorded_once(signed_in, coordinator):
    enrolment = make_enrolment()
    client, url = signed_in(coordinator), reverse("withdraw_person", args=[enrolment.pk])

    assert client.post(url, {"reason": " "}).status_code == 422
    client.post(url, {"reason": "Moved to another court"})
    client.post(url, {"reason": "Moved to another court"})

    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at
    assert Entry.objects.filter(action="enrolments.withdraw").count() == 1


def test_a_tutor_neither_enrols_nor_withdraws(signed_in, learner):
    edition = make_tutored_edition()
    enrolment = make_enrolment(edition)
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    client = signed_in(tutor)

    client.post(reverse("enrol_person"), {"edition": edition.pk, "email": learner.email, "reason": "Friend"})
    response = client.post(reverse("withdraw_person", args=[enrolment.pk]), {"reason": "Lazy"}, follow=True)

    enrolment.refresh_from_db()
    assert response.status_code == 404
    assert enrolment.withdrawn_at is None
    assert not learner.enrolments.exists()


@pytest.mark.parametrize(
    "screen", ["enrol_person", "enrolment_list:index", "enrolment_list:export", "tutoring:index"]
)
def test_learners_and_strangers_are_sent_to_sign_in(client, signed_in, learner, screen):
    assert "login" in client.get(reverse(screen))["Location"]
    assert "login" in signed_in(learner).get(reverse(screen))["Location"]
