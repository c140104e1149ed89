"""The code on the wall and the page it opens, sheets of paper, own attendance."""

import datetime

import pytest
from django.urls import reverse

from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.enrolments import make_edition
from timetable.attendance.codes import LIVES_SECONDS, code_of
from timetable.attendance.guessing import AT_MOST
from timetable.models import AttendanceMark, Road, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon(edition, teacher):
    return make_session_at(edition, begins=datetime.timedelta(minutes=5), lecturers=[teacher])


def check_in_page(session):
    return reverse("attendance:check_in", args=[code_of(session.key)])


def test_the_code_on_the_wall_is_for_teachers_alone_and_only_while_check_in_is_open(
    client, edition, teacher, join, soon
):
    learner = join(edition)
    wall = reverse("attendance:check_in_code", args=[soon.key])

    assert client.get(wall).status_code == 302
    client.force_login(learner.person)
    assert client.get(wall).status_code == 404
    client.force_login(teacher)
    page = client.get(wall).content.decode()
    assert "<svg" in page
    assert "0 of 1 are there" in page
    later = make_session_at(edition, begins=datetime.timedelta(hours=3), lecturers=[teacher])
    page = client.get(reverse("attendance:check_in_code", args=[later.key])).content.decode()
    assert "check-in__code" not in page
    assert "Check-in opens on" in page


def test_scanning_leads_to_one_button_and_then_to_the_time_one_was_marked(client, edition, join, soon):
    learner = join(edition)
    client.force_login(learner.person)

    asked = client.get(reverse("check_in_link", args=[code_of(soon.key)]), follow=True)
    assert "I am here" in asked.content.decode()
    assert AttendanceMark.objects.count() == 0
    done = client.post(asked.redirect_chain[-1][0])

    assert "You are marked present, " in done.content.decode()
    assert AttendanceMark.objects.get().road == Road.QR


def test_a_code_sent_on_is_refused_with_the_rule(client, edition, join, soon, monkeypatch):
    client.force_login(join(edition).person)
    address = check_in_page(soon)
    import time

    later = time.time() + LIVES_SECONDS + 5
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    page = client.post(address)

    assert page.status_code == 410
    assert "changes every minute" in page.content.decode()
    assert AttendanceMark.objects.count() == 0


def test_who_is_not_expected_learns_nothing_of_the_session(client, soon):
    client.force_login(make_person())

    for page in (client.get(check_in_page(soon)), client.post(check_in_page(soon))):
        assert page.status_code == 409
        assert soon.title not in page.content.decode()
    client.logout()
    assert client.get(check_in_page(soon)).status_code == 302


def test_codes_cannot_be_tried_by_the_thousand(client, edition, join, soon):
    client.force_login(join(edition).person)
    wrong = reverse("attendance:check_in", args=["0" * 40])

    answers = [client.get(wrong).status_code for _ in range(AT_MOST + 1)]

    assert answers == [410] * AT_MOST + [429]
    assert client.post(check_in_page(soon)).status_code == 429


def test_numbers_of_a_signed_sheet_become_a_register_to_look_over(client, session, teacher, join):
    for name in ("Abiodun", "Bianchi", "Chen", "Diallo"):
        join(session.edition, person=make_person(first_name="Ada", last_name=name))
    client.force_login(teacher)
    entry = reverse("attendance:enter_sheet", args=[session.key])

    page = client.get(entry, {"absent": "1, 3-4", "late": "2:15"})

    shown = [(line.enrolment.person.last_name, line.status) for line in page.context["register"].lines]
    assert shown == [
        ("Abiodun", Status.ABSENT),
        ("Bianchi", Status.LATE),
        ("Chen", Status.ABSENT),
        ("Diallo", Status.ABSENT),
    ]
    assert AttendanceMark.objects.count() == 0
    assert 'name="road" value="sheet"' in page.content.decode()


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"absent": "9"}, "“9” is no number of the sheet"),
        ({"absent": "1", "late": "1:5"}, "is named twice"),
        ({"late": "1"}, "a colon and the minutes"),
        ({"absent": "1-99999"}, "is no number of the sheet"),
    ],
)
def test_numbers_that_cannot_be_are_named(client, session, teacher, join, numbers, said):
    join(session.edition)
    client.force_login(teacher)

    page = client.get(reverse("attendance:enter_sheet", args=[session.key]), numbers)

    assert said in page.content.decode()
    assert page.context["register"].lines[0].status == Status.PRESENT


def test_the_sheet_to_print_numbers_everybody_as_the_register_does(client, session, teacher, join):
    learner = join(session.edition)
    client.force_login(teacher)

    page = client.get(reverse("attendance:sheet", args=[session.key]))

    assert str(learner.person) in page.content.decode()
    client.force_login(learner.person)
    assert client.get(reverse("attendance:sheet", args=[session.key])).status_code == 404


def test_own_attendance_explains_every_session(client, edition, join):
    learner = join(edition)
    held = make_session_at(edition, begins=datetime.timedelta(days=-2), minutes=60)
    make_mark(held, learner, Status.LATE, minutes_late=15, reason="Train")
    make_session_at(edition, begins=datetime.timedelta(days=2), minutes=60)
    client.force_login(learner.person)

    page = client.get(reverse("attendance:edition_attendance", args=[edition.code])).content.decode()

    assert "75\u00a0%" in page
    assert "15 minutes late: the minutes missed are taken off." in page
    assert "below the 80\u00a0% asked for" in page
    assert client.get(reverse("attendance:my_attendance")).status_code == 200


def test_the_attendance_of_others_is_not_there(client, edition, join):
    join(edition)
    address = reverse("attendance:edition_attendance", args=[edition.code])

    assert client.get(address).status_code == 302
    client.force_login(join(make_edition()).person)
    assert client.get(address).status_code == 404
