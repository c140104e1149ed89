"""The staff's screens for accommodations."""

import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Role
from enrolments.models import Accommodation
from enrolments.tasks import tell_granted
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import (
    give_edition_role,
    make_accommodation,
    make_cohort,
    make_enrolment,
    make_tutored_edition,
)


@pytest.fixture
def quiz(db):
    return make_quiz(title="Check")


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course, time_zone="Africa/Nairobi")


@pytest.fixture
def enrolment(edition, learner):
    return make_enrolment(edition, learner)


def address(edition, name="accommodations", *more):
    return reverse(f"editions:{name}", args=[edition.pk, *more])


def test_the_list_says_who_has_what_and_why(signed_in, coordinator, edition, enrolment, quiz):
    make_accommodation(enrolment, quiz, extra_time_percent=25, reason="Screen reader")
    make_accommodation(make_cohort(edition, name="High court"), extra_attempts=2)

    shown = signed_in(coordinator).get(address(edition)).content.decode()

    for words in ("Amara Okello", "25 % more time", "Screen reader", "High court", "2 attempts more"):
        assert words in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"holds"}),
        ({"state": "ended"}, {"ended"}),
        ({"state": "all"}, {"holds", "ended"}),
        ({"q": "okello"}, {"holds"}),
        ({"q": "nobody"}, set()),
    ],
)
def test_the_list_is_narrowed_down(signed_in, coordinator, edition, enrolment, asked, found):
    make_accommodation(enrolment, extra_attempts=1, reason="holds")
    make_accommodation(
        enrolment, extra_attempts=1, reason="ended", ended_at=timezone.now(), ended_by=coordinator
    )

    response = signed_in(coordinator).get(address(edition), asked)

    assert {row["granted"].reason for row in response.context["rows"]} == found


@pytest.mark.parametrize("name", ["accommodations", "grant_accommodation", "export_accommodations"])
def test_who_only_tutors_the_edition_and_who_is_not_signed_in_see_none_of_it(client, edition, name):
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    url = address(edition, name)

    assert client.get(url).status_code == 302
    client.force_login(tutor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url, follow=True).status_code == 404


def test_a_person_is_granted_a_date_of_the_clock_where_the_edition_is_and_told_without_the_reason(
    signed_in, coordinator, edition, enrolment, quiz, django_capture_on_commit_callbacks
):
    url = f"{address(edition, 'grant_accommodation')}?enrolment={enrolment.pk}"
    client = signed_in(coordinator)
    assert 'value="judge@example.org"' in client.get(url).content.decode()
    typed = {
        "email": "Judge@example.org",
        "activity": quiz.pk,
        "due_at": "2027-03-01 18:00",
        "reason": "Ill since Monday",
    }

    response = client.post(url, typed)
    with django_capture_on_commit_callbacks(execute=True):
        tell_granted.call(Accommodation.objects.get().pk)
        tell_granted.call(Accommodation.objects.get().pk)

    assert response.url == reverse("learner_progress:learner", args=[enrolment.pk])
    due = datetime.datetime(2027, 3, 1, 18, 0, tzinfo=ZoneInfo("Africa/Nairobi"))
    assert Accommodation.objects.get().due_at == due
    [message] = mail.outbox
    assert message.to == [enrolment.person.email]
    assert "It is due by 1\xa0March\xa02027, 15:00 UTC" in message.body
    assert "Monday" not in message.body


def test_a_refused_grant_keeps_what_was_typed(signed_in, coordinator, edition, enrolment, quiz):
    client, url = signed_in(coordinator), address(edition, "grant_accommodation")
    for typed, sentence in (
        ({"email": "nobody@example.org", "extra_minutes": "7"}, "Nobody with this address"),
        ({"extra_minutes": "7"}, "Choose either a person or a cohort."),
        ({"email": enrolment.person.email, "activity": quiz.pk}, "Grant at least one thing"),
        ({"email": enrolment.person.email, "extra_time_percent": "900"}, "less than or equal to 400"),
    ):
        response = client.post(url, typed | {"reason": "A reason typed"})

        shown = response.content.decode()
        assert response.status_code == 422
        assert sentence in shown
        assert "A reason typed" in shown
    assert not Accommodation.objects.exists()


def test_sending_the_form_twice_grants_once(signed_in, coordinator, edition, enrolment):
    typed = {"email": enrolment.person.email, "extra_attempts": "1", "reason": "Agreed"}

    for _click in range(2):
        response = signed_in(coordinator).post(address(edition, "grant_accommodation"), typed)
        assert response.status_code == 302

    assert Accommodation.objects.count() == 1


def test_a_learner_of_another_edition_is_not_there(signed_in, coordinator, edition):
    url = f"{address(edition, 'grant_accommodation')}?enrolment={make_enrolment().pk}"

    assert signed_in(coordinator).get(url, follow=True).status_code == 404


def test_one_is_ended_with_a_reason_and_stays_in_the_list(signed_in, coordinator, edition, enrolment):
    granted = make_accommodation(enrolment, extra_attempts=1)
    client, url = signed_in(coordinator), address(edition, "end_accommodation", granted.pk)

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Granted by mistake"})

    granted.refresh_from_db()
    assert granted.ended_by == coordinator
    assert "Granted by mistake" in client.get(address(edition), {"state": "ended"}).content.decode()


def test_the_file_has_what_the_list_shows_and_the_log_says_who_took_it(
    signed_in, coordinator, edition, enrolment, quiz
):
    make_accommodation(enrolment, quiz, extra_minutes=10, reason="=1+1")
    make_accommodation(make_cohort(edition), extra_attempts=1)
    client, url = signed_in(coordinator), f"{address(edition, 'export_accommodations')}?q=okello"
    assert client.get(url).status_code == 200

    response = client.post(url, {"reason": "For the exam board"})

    [_headings, row] = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    assert row[:3] == ("Amara Okello", "judge@example.org", "Check")
    assert "'=1+1" in row
    assert Entry.objects.get(action="enrolments.export_accommodations").reason == "For the exam board"


def queries_of(django_assert_max_num_queries, client, url):
    with django_assert_max_num_queries(100) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["accommodations", "grant_accommodation"])
def test_twelve_ask_as_many_queries_as_two(
    signed_in, coordinator, edition, quiz, django_assert_max_num_queries, name
):
    client, url = signed_in(coordinator), address(edition, name)
    asked = []
    for number in (2, 10):
        for _person in range(number):
            make_accommodation(make_enrolment(edition), quiz, extra_minutes=5, granted_by=make_person())
            make_accommodation(make_cohort(edition), extra_minutes=5)
        client.get(url)
        asked.append(queries_of(django_assert_max_num_queries, client, url))

    assert asked[0] == asked[1]


def test_on_the_page_of_a_learner_managers_read_why_and_tutors_only_what(
    signed_in, coordinator, edition, enrolment
):
    make_accommodation(enrolment, extra_minutes=10, reason="Between us")
    make_accommodation(make_cohort(edition, enrolment, name="High court"), extra_attempts=1)
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    url = reverse("learner_progress:learner", args=[enrolment.pk])

    managed = signed_in(coordinator).get(url).content.decode()
    tutored = signed_in(tutor).get(url).content.decode()

    for shown in (managed, tutored):
        assert "10 minutes more" in shown
        assert "High court" in shown
    assert "Between us" in managed
    assert "Give more time" in managed
    assert "Between us" not in tutored
    assert "Give more time" not in tutored


def test_learners_read_that_a_date_was_extended_for_them_in_their_own_zone_and_not_why(
    signed_in, edition, enrolment, quiz
):
    enrolment.person.time_zone = "Asia/Amman"
    enrolment.person.save()
    due = timezone.now() + datetime.timedelta(days=3)
    edition.schedules.create(activity=quiz, due_at=due)
    make_accommodation(enrolment, quiz, due_at=due + datetime.timedelta(days=2), reason="Between us")
    other = make_enrolment(edition)

    own = signed_in(enrolment.person).get(reverse("learning:my_learning")).content.decode()
    others = signed_in(other.person).get(reverse("learning:my_learning")).content.decode()

    assert "extended for you" in own
    assert "UTC+03" in own
    assert "Between us" not in own
    assert "extended for you" not in others
