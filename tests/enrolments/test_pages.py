"""The pages that give a place and take it back."""

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def enrol_url(edition):
    return reverse("enrolments:enrol", args=[edition.code])


def withdraw_url(edition):
    return reverse("enrolments:withdraw", args=[edition.code])


def test_a_person_enrols_with_a_key_and_lands_in_the_course(client):
    edition, person = make_edition(enrolment_key="Nairobi"), make_person()
    client.force_login(person)

    answer = client.post(enrol_url(edition), {"key": "Nairobi"})

    assert answer.url == reverse("learning:outline", args=[edition.code])
    assert edition.enrolments.active().of(person).exists()


def test_a_wrong_key_is_said_beside_the_field_and_what_was_typed_stays(client):
    edition = make_edition(enrolment_key="Nairobi")
    client.force_login(make_person())

    answer = client.post(enrol_url(edition), {"key": "Mombasa"})

    assert answer.status_code == 422
    assert "This is not the key of this edition" in answer.text
    assert 'value="Mombasa"' in answer.text


def test_looking_at_the_page_enrols_nobody(client):
    edition = make_edition()
    client.force_login(make_person())

    assert client.get(enrol_url(edition)).status_code == 200
    assert not edition.enrolments.exists()


def test_a_full_edition_says_so_in_a_sentence(client):
    edition = make_edition(capacity=0)
    client.force_login(make_person())

    answer = client.post(enrol_url(edition))

    assert answer.status_code == 422
    assert "All places are taken" in answer.text


def test_who_has_a_place_is_led_to_the_course(client):
    enrolment = make_enrolment()
    client.force_login(enrolment.person)

    assert client.get(enrol_url(enrolment.edition)).url == reverse(
        "learning:outline", args=[enrolment.edition.code]
    )


@pytest.mark.parametrize("url", [enrol_url, withdraw_url])
def test_a_visitor_signs_in_first(client, url):
    answer = client.get(url(make_edition()))

    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_a_restricted_edition_is_not_there_for_strangers_but_for_its_staff(client):
    edition = make_edition(is_restricted=True)
    client.force_login(make_person())
    assert client.get(enrol_url(edition)).status_code == 404

    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    client.force_login(tutor)
    assert client.get(enrol_url(edition)).status_code == 200


def test_withdrawing_asks_for_a_reason(client):
    enrolment = make_enrolment()
    client.force_login(enrolment.person)

    answer = client.post(withdraw_url(enrolment.edition), {"reason": ""})

    enrolment.refresh_from_db()
    assert answer.status_code == 422
    assert enrolment.is_active


def test_a_person_withdraws(client):
    enrolment = make_enrolment()
    client.force_login(enrolment.person)

    answer = client.post(withdraw_url(enrolment.edition), {"reason": "New post"})

    enrolment.refresh_from_db()
    assert answer.url == reverse("learning:my_learning")
    assert not enrolment.is_active


def test_nobody_withdraws_somebody_else(client):
    enrolment = make_enrolment()
    client.force_login(make_person())

    assert client.post(withdraw_url(enrolment.edition), {"reason": "Not mine"}).status_code == 404
