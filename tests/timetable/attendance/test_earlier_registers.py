"""After lunch the register offers who was away in the morning."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark
from tests.factories.enrolments import give_edition_role
from tests.factories.timetable import make_session
from timetable.attendance.earlier import earlier_register
from timetable.attendance.registers import register_of
from timetable.models import AttendanceMark, Status

pytestmark = pytest.mark.django_db

MORNING, AFTERNOON = datetime.time(9), datetime.time(13)


@pytest.fixture
def day(edition, teacher):
    """Two sessions of yesterday."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    return [
        make_session(edition, on=yesterday, starts=starts, lecturers=[teacher], title=f"At {starts:%H}")
        for starts in (MORNING, AFTERNOON)
    ]


def statuses(register):
    return [(line.status, line.reason) for line in register.lines]


def test_who_was_away_in_the_morning_is_offered_and_who_came_late_is_there_by_now(day, join, edition):
    morning, afternoon = day
    absent, excused, late, present = (join(edition) for _person in range(4))
    make_mark(morning, absent, Status.PRESENT)
    make_mark(morning, absent, Status.ABSENT)
    make_mark(morning, excused, Status.EXCUSED, reason="Visa")
    make_mark(morning, late, Status.LATE, minutes_late=10)
    make_mark(morning, present, Status.PRESENT)

    earlier = earlier_register(register_of(afternoon), bool)

    assert earlier.session == morning
    said = {(mark.enrolment_id, mark.status, mark.reason) for mark in earlier.marks}
    assert said == {(absent.pk, Status.ABSENT, ""), (excused.pk, Status.EXCUSED, "Visa")}


def test_reasons_of_the_morning_stay_with_whoever_may_read_its_register(client, day, join, edition):
    morning, afternoon = day
    make_mark(morning, join(edition), Status.EXCUSED, reason="Visa")
    colleague, tutor = make_person(), make_person()
    afternoon.lecturers.create(person=colleague)
    give_edition_role(tutor, edition, Role.TUTOR)
    address = reverse("attendance:register", args=[afternoon.key])

    shown = []
    for person in (colleague, tutor):
        client.force_login(person)
        shown.append("Visa" in client.get(address).content.decode())

    assert shown == [False, True]


def test_nothing_is_offered_where_all_were_there_or_the_day_was_another(day, join, edition, teacher):
    morning, afternoon = day
    make_mark(morning, join(edition), Status.PRESENT)
    the_day_before = make_session(edition, on=morning.on - datetime.timedelta(days=1), starts=MORNING)
    make_mark(the_day_before, join(edition), Status.ABSENT)

    assert earlier_register(register_of(afternoon), bool) is None
    assert earlier_register(register_of(morning), bool) is None


def test_it_is_taken_over_on_the_page_and_saved_only_by_saving(client, day, join, edition, teacher):
    morning, afternoon = day
    make_mark(morning, join(edition), Status.EXCUSED, reason="Visa")
    client.force_login(teacher)
    address = reverse("attendance:register", args=[afternoon.key])

    offered = client.get(address)
    taken = client.get(address, {"as": "earlier"})

    assert "data-earlier" in offered.content.decode()
    assert statuses(offered.context["register"]) == [(Status.PRESENT, "")]
    assert statuses(taken.context["register"]) == [(Status.EXCUSED, "Visa")]
    assert not AttendanceMark.objects.filter(session=afternoon).exists()


def test_a_register_that_was_taken_offers_nothing(client, day, join, edition, teacher):
    morning, afternoon = day
    learner = join(edition)
    make_mark(morning, learner, Status.ABSENT)
    make_mark(afternoon, learner, Status.PRESENT)
    client.force_login(teacher)

    page = client.get(reverse("attendance:register", args=[afternoon.key]), {"as": "earlier"})

    assert "data-earlier" not in page.content.decode()
    assert statuses(page.context["register"]) == [(Status.PRESENT, "")]
