"""Editions in the CMS: who opens them, what fits together, dates, team, copies, cancelling."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from enrolments.access import managed_editions
from enrolments.models import Edition, EditionRole, Format
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db


def form_of(course, **fields):
    values = {
        "course": course.pk,
        "code": "spring",
        "name": "Spring",
        "format": Format.SELF_STUDY,
        "starts_on": "2026-03-01",
        "time_zone": "Africa/Nairobi",
        "way_in": "open",
    }
    return values | fields


def test_a_coordinator_opens_an_edition_and_it_is_recorded(signed_in, coordinator):
    course = make_course()

    response = signed_in(coordinator).post(reverse("editions:add"), form_of(course))

    assert response.status_code == 302
    assert Edition.objects.get(code="spring").course == course
    assert Entry.objects.get(action="enrolments.add_edition").actor == coordinator


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"format": Format.TUTORED}, "An edition with a tutor has a last day"),
        ({"way_in": "key"}, "Give a key, or choose another way in"),
        ({"ends_on": "2026-01-01"}, "The last day is before the first"),
        (
            {"enrolment_opens_on": "2026-05-02", "enrolment_closes_on": "2026-05-01"},
            "would close before it opens",
        ),
        (
            {"ends_on": "2026-06-01", "enrolment_closes_on": "2026-07-01"},
            "would close after the edition ends",
        ),
    ],
)
def test_what_does_not_fit_together_is_said_and_what_was_typed_stays(
    signed_in, coordinator, fields, sentence
):
    response = signed_in(coordinator).post(reverse("editions:add"), form_of(make_course(), **fields))

    page = response.content.decode()
    assert sentence in page
    assert 'value="spring"' in page
    assert not Edition.objects.exists()


def test_changing_an_edition_needs_a_reason_and_records_before_and_after(signed_in, coordinator):
    edition = make_edition(name="Old")
    client, url = signed_in(coordinator), reverse("editions:edit", args=[edition.pk])
    typed = form_of(edition.course, code=edition.code, starts_on=edition.starts_on, name="New")

    assert "Say why" in client.post(url, typed).content.decode()
    assert client.post(url, typed | {"reason": "New venue"}).status_code == 302

    entry = Entry.objects.get(action="enrolments.change_edition")
    assert (entry.reason, entry.before["name"], entry.after["name"]) == ("New venue", "Old", "New")


def test_the_code_stays_once_somebody_has_enrolled(signed_in, coordinator):
    edition = make_edition(code="kept")
    make_enrolment(edition)

    signed_in(coordinator).post(
        reverse("editions:edit", args=[edition.pk]), form_of(edition.course, code="other", reason="Shorter")
    )

    edition.refresh_from_db()
    assert edition.code == "kept"


def test_places_cannot_become_fewer_than_people_hold(signed_in, coordinator):
    edition = make_edition()
    make_enrolment(edition)
    make_enrolment(edition)

    response = signed_in(coordinator).post(
        reverse("editions:edit", args=[edition.pk]),
        form_of(edition.course, capacity=1, reason="Smaller room"),
    )

    assert "2 people hold a place already" in response.content.decode()


SCREENS = ["editions:edit", "editions:dates", "editions:team", "editions:copy_dates", "editions:cancel"]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_coordinator_of_one_edition_manages_it_and_no_other(signed_in, screen):
    person = make_staff()
    own, other = make_edition(), make_edition()
    give_edition_role(person, own, Role.COORDINATOR)
    client = signed_in(person)

    assert client.get(reverse(screen, args=[own.pk])).status_code == 200
    assert client.get(reverse(screen, args=[other.pk]), follow=True).status_code == 404


@pytest.mark.parametrize("screen", SCREENS)
def test_a_tutor_manages_no_edition(signed_in, screen):
    tutor = make_staff()
    edition = make_tutored_edition()
    give_edition_role(tutor, edition, Role.TUTOR)

    response = signed_in(tutor).get(reverse(screen, args=[edition.pk]))

    assert response.status_code != 200
    assert not managed_editions(tutor).exists()


def test_learners_and_strangers_are_sent_to_sign_in(client, signed_in, learner):
    url = reverse("editions:index")

    assert "login" in client.get(url)["Location"]
    assert "login" in signed_in(learner).get(url)["Location"]


@pytest.mark.parametrize("state", ["to_come", "running", "over", "cancelled"])
def test_the_list_is_narrowed_down_by_state(signed_in, coordinator, state):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    make_edition(name="to_come", starts_on=today + day)
    make_edition(name="running", starts_on=today)
    make_edition(name="over", starts_on=today - 9 * day, ends_on=today - day)
    make_edition(name="cancelled", starts_on=today, cancelled_at=timezone.now())

    response = signed_in(coordinator).get(reverse("editions:index"), {"state": state})

    assert [edition.name for edition in response.context["object_list"]] == [state]


def count_queries(django_assert_max_num_queries, client, url):
    with django_assert_max_num_queries(100) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_asks_as_many_queries_for_twelve_editions_as_for_two(
    signed_in, coordinator, django_assert_max_num_queries
):
    client, url = signed_in(coordinator), reverse("editions:index")
    course = make_course()
    make_edition(course)
    make_edition(course)
    client.get(url)
    two = count_queries(django_assert_max_num_queries, client, url)
    for _number in range(10):
        make_enrolment(make_edition(course))

    assert count_queries(django_assert_max_num_queries, client, url) == two


def dates(quiz, **fields):
    """The form as the screen sends it: a way for each moment, and the fields that were filled in."""
    ways = {name.partition("_")[0]: name.partition("_")[2] for name in fields}
    typed = {f"{moment}_by": ways.get(moment, "") for moment in ("opens", "due", "closes", "review")}
    return {f"activity-{quiz.pk}-{name}": value for name, value in (typed | fields).items()}


def test_dates_of_activities_are_those_of_the_clock_where_the_edition_is(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course, time_zone="Africa/Nairobi")
    url = reverse("editions:dates", args=[edition.pk])

    response = signed_in(coordinator).post(url, dates(quiz, due_at="2026-12-01 23:59") | {"reason": "Agreed"})

    assert response.status_code == 302
    due = edition.schedules.get(activity=quiz).due_at
    assert due == datetime.datetime(2026, 12, 1, 23, 59, tzinfo=ZoneInfo("Africa/Nairobi"))
    assert Entry.objects.get(action="enrolments.set_dates").reason == "Agreed"


def test_dates_in_the_wrong_order_save_nothing_and_stay_typed(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course)
    wrong = dates(quiz, opens_at="2026-12-05 08:00", due_at="2026-12-01 23:59")

    response = signed_in(coordinator).post(
        reverse("editions:dates", args=[edition.pk]), wrong | {"reason": "Typo"}
    )

    assert response.status_code == 422
    assert "It would be due before it opens" in response.content.decode()
    assert "2026-12-05 08:00" in response.content.decode()
    assert not edition.schedules.exists()


def test_each_moment_is_kept_as_its_choice_says(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course)
    edition.schedules.create(activity=quiz, closes_at=timezone.now())
    prefix = f"activity-{quiz.pk}"
    typed = {
        f"{prefix}-due_by": "after_days",
        f"{prefix}-due_after_days": "7",
        f"{prefix}-due_at": "not a date, and put away",
        f"{prefix}-closes_by": "",
        f"{prefix}-closes_at": "2026-12-05 08:00",
        f"{prefix}-password": "open sesame",
        "reason": "Self-study",
    }
    typed[f"{prefix}-closes_at"] = edition.schedules.get().closes_at.isoformat()
    client, url = signed_in(coordinator), reverse("editions:dates", args=[edition.pk])

    assert client.post(url, typed).status_code == 302

    kept = edition.schedules.get()
    assert (kept.due_at, kept.due_after_days, kept.password) == (None, 7, "open sesame")
    logged = Entry.objects.get(action="enrolments.set_dates")
    assert "open sesame" not in str(logged.after)
    shown = client.get(url).content.decode()
    assert "7 days after enrolment" in shown


def test_a_choice_without_its_moment_is_refused(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course)

    response = signed_in(coordinator).post(
        reverse("editions:dates", args=[edition.pk]), {f"activity-{quiz.pk}-due_by": "at", "reason": "Typo"}
    )

    assert response.status_code == 422
    assert "choose “No date”" in response.content.decode()


def test_dates_that_somebody_else_changed_meanwhile_are_not_overwritten_unasked(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course)
    client, url = signed_in(coordinator), reverse("editions:dates", args=[edition.pk])
    seen = client.get(url).context["seen"]
    edition.schedules.create(activity=quiz, due_after_days=7)
    typed = dates(quiz, due_after_days=9) | {"reason": "Agreed", "seen": seen}

    refused = client.post(url, typed)

    assert refused.status_code == 422
    assert "Somebody else has changed dates" in refused.content.decode()
    assert edition.schedules.get().due_after_days == 7
    assert client.post(url, typed | {"seen": refused.context["seen"]}).status_code == 302
    assert edition.schedules.get().due_after_days == 9
    # A double click: the same again changes nothing and is no refusal.
    assert client.post(url, typed).status_code == 302


def test_emptied_dates_are_forgotten(signed_in, coordinator):
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course)
    edition.schedules.create(activity=quiz, due_after_days=7)

    signed_in(coordinator).post(
        reverse("editions:dates", args=[edition.pk]), dates(quiz) | {"reason": "No dates"}
    )

    assert not edition.schedules.exists()


def test_a_tutor_is_given_the_edition_and_taken_off_with_reasons(signed_in, coordinator):
    edition, tutor = make_tutored_edition(), make_person(email="tutor@example.org")
    client, url = signed_in(coordinator), reverse("editions:team", args=[edition.pk])
    typed = {
        "email": "Tutor@example.org",
        "role": Role.TUTOR,
        "starts_on": "2026-01-01",
        "reason": "Teaches it",
    }

    client.post(url, typed)
    assert "has this role already" in client.post(url, typed).content.decode()
    role = EditionRole.objects.get(person=tutor)
    client.post(reverse("editions:end_role", args=[edition.pk, role.pk]), {"reason": "On leave"})

    role.refresh_from_db()
    assert not role.is_current
    assert Entry.objects.filter(action="accounts.end_role", reason="On leave").exists()


def test_an_unknown_address_gets_no_role_and_stays_typed(signed_in, coordinator):
    edition = make_edition()

    response = signed_in(coordinator).post(
        reverse("editions:team", args=[edition.pk]),
        {"email": "nobody@example.org", "role": Role.TUTOR, "starts_on": "2026-01-01", "reason": "Teaches"},
    )

    assert response.status_code == 422
    assert "Nobody here has this address" in response.content.decode()
    assert "nobody@example.org" in response.content.decode()


def test_a_copy_shows_its_dates_first_and_is_made_on_the_second_word(signed_in, coordinator):
    edition = make_tutored_edition(starts_on=datetime.date(2026, 3, 1), ends_on=datetime.date(2026, 4, 1))
    client, url = signed_in(coordinator), reverse("editions:copy_dates", args=[edition.pk])
    typed = {"code": "again", "name": "Again", "starts_on": "2027-03-02"}

    shown = client.post(url, typed)
    assert not Edition.objects.filter(code="again").exists()
    client.post(url, typed | {"copy": "1"})

    assert [date.after for date in shown.context["dates"]] == [
        datetime.date(2027, 3, 2),
        datetime.date(2027, 4, 2),
    ]
    assert Edition.objects.get(code="again").ends_on == datetime.date(2027, 4, 2)


def test_a_copy_with_a_code_in_use_is_refused_with_a_sentence(signed_in, coordinator):
    edition = make_edition(code="taken")

    response = signed_in(coordinator).post(
        reverse("editions:copy_dates", args=[edition.pk]),
        {"code": "taken", "name": "Again", "starts_on": "2027-03-02", "copy": "1"},
    )

    assert "Another edition has this code" in response.content.decode()


def test_cancelling_needs_a_reason_and_happens_once(signed_in, coordinator):
    edition = make_edition()
    client, url = signed_in(coordinator), reverse("editions:cancel", args=[edition.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Too few people"})
    client.post(url, {"reason": "Too few people"})

    edition.refresh_from_db()
    assert edition.cancelled_at
    assert Entry.objects.filter(action="enrolments.cancel_edition").count() == 1


def test_nobody_deletes_an_edition(signed_in):
    edition = make_edition()

    response = signed_in(make_staff(Role.ADMINISTRATOR)).post(
        f"/cms/editions/delete/{edition.pk}/", follow=True
    )

    assert response.status_code == 404
    assert Edition.objects.filter(pk=edition.pk).exists()
