"""Awards that ask for attendance: a share of the sessions, or hours."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.services import confirm_name
from certificates.bulk.outlook import outlook
from certificates.bulk.tasks import examine_edition
from certificates.earning import Obstacle, standing_of
from certificates.listing import completed_without_award
from certificates.models import Award, CourseAward, Rule
from certificates.readiness import award_type_problems
from certificates.services import issue_award_due
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from timetable.attendance.consequences import follow_attendance
from timetable.models import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def award_type():
    """Eighty per cent of the sessions."""
    return make_award_type(rule=Rule.ATTENDANCE, minimum_attendance=Decimal("0.8"))


@pytest.fixture
def edition(award_type):
    """A course with nothing to complete: people are there."""
    course = make_course("Judges and evidence", workload_hours=15)
    offer_award(course, award_type)
    CourseAward.objects.update(given_since=timezone.now() - timedelta(days=60))
    return make_edition(course)


@pytest.fixture
def sessions(edition):
    """Five mornings of three hours, all over."""
    return [make_session_at(edition, begins=timedelta(days=-day)) for day in (6, 5, 4, 3, 2)]


@pytest.fixture
def join(edition):
    def joined(**person):
        fields = {"name_for_certificate": "Amina Diallo", "name_confirmed_at": timezone.now()} | person
        return make_enrolment(edition, make_person(**fields), enrolled_at=timezone.now() - timedelta(days=30))

    return joined


def was_there(enrolment, sessions, times):
    """Present the first so many times, absent afterwards."""
    for place, session in enumerate(sessions):
        make_mark(session, enrolment, Status.PRESENT if place < times else Status.ABSENT)


@pytest.mark.parametrize(
    ("times", "obstacle"), [(5, None), (4, None), (3, Obstacle.ATTENDANCE_TOO_LOW), (0, "attendance_too_low")]
)
def test_the_least_share_decides(join, sessions, award_type, times, obstacle):
    enrolment = join()
    was_there(enrolment, sessions, times)

    standing = standing_of(enrolment, award_type)

    assert standing.obstacle == obstacle
    assert standing.grade == f"{times * 20}\N{NO-BREAK SPACE}% ({times * 3} of 15 hours)"


def test_a_share_is_known_when_every_session_was_held_and_recorded(join, sessions, award_type, edition):
    enrolment = join()
    assert standing_of(enrolment, award_type).obstacle == Obstacle.NO_ATTENDANCE

    was_there(enrolment, sessions[:4], 4)
    assert standing_of(enrolment, award_type).obstacle == Obstacle.ATTENDANCE_OPEN

    make_mark(sessions[4], enrolment)
    make_session_at(edition, begins=timedelta(days=1))
    assert standing_of(enrolment, award_type).obstacle == Obstacle.ATTENDANCE_OPEN


def test_who_can_no_longer_reach_it_is_told_so_before_the_end(join, sessions, award_type):
    enrolment = join()
    was_there(enrolment, sessions[:2], 0)

    assert standing_of(enrolment, award_type).obstacle == Obstacle.ATTENDANCE_TOO_LOW


@pytest.mark.parametrize(("times", "obstacle"), [(1, Obstacle.HOURS_TOO_LOW), (2, None)])
def test_hours_only_grow_so_an_award_by_hours_comes_as_soon_as_they_are_reached(
    join, sessions, award_type, times, obstacle
):
    award_type.rule, award_type.minimum_hours = Rule.HOURS, Decimal(6)
    award_type.save()
    enrolment = join()
    was_there(enrolment, sessions[:times], times)

    assert standing_of(enrolment, award_type).obstacle == obstacle


def test_a_course_that_requires_more_than_being_there_must_be_completed_too(
    course, award_type, complete, learner, committed
):
    """The course of the usual fixtures has a lesson to read."""
    CourseAward.objects.update(given_since=timezone.now() - timedelta(days=60))
    edition = make_edition(course)
    enrolment = make_enrolment(edition, learner, enrolled_at=timezone.now() - timedelta(days=30))
    session = make_session_at(edition, begins=timedelta(days=-2))
    make_mark(session, enrolment)
    assert standing_of(enrolment, award_type).obstacle == Obstacle.NOT_COMPLETED

    award = complete(enrolment)

    assert award.snapshot["completed_on"] == timezone.localdate(timezone=session.zone).isoformat()


def test_the_award_comes_by_itself_when_the_last_register_is_kept(join, sessions, committed):
    enrolment = join()
    was_there(enrolment, sessions, 5)

    with committed():
        follow_attendance(sessions[-1].pk, [enrolment.pk])

    award = Award.objects.get()
    assert award.holder == enrolment.person
    assert (
        award.snapshot["completed_on"]
        == timezone.localdate(sessions[-1].ends_at, sessions[-1].zone).isoformat()
    )
    assert award.course_version is None


def test_looking_again_gives_it_once_and_to_nobody_who_was_there_before_the_course_gave_it(
    join, sessions, edition, committed
):
    enrolment = join()
    was_there(enrolment, sessions, 5)
    CourseAward.objects.update(given_since=timezone.now())
    with committed():
        examine_edition.call(edition.pk)
    assert not Award.objects.exists()

    CourseAward.objects.update(given_since=timezone.now() - timedelta(days=60))
    for _each in range(2):
        with committed():
            examine_edition.call(edition.pk)

    assert Award.objects.count() == 1
    assert issue_award_due(enrolment) is None


def test_registers_of_courses_that_give_their_award_otherwise_are_not_looked_at(
    join, sessions, award_type, committed
):
    award_type.rule = Rule.DECISION
    award_type.save()
    enrolment = join()
    was_there(enrolment, sessions, 5)

    with committed():
        follow_attendance(sessions[-1].pk, [enrolment.pk])

    assert not Award.objects.exists()


def test_who_has_to_confirm_the_name_first_is_asked_once_the_rule_is_met(join, sessions, committed):
    met, not_yet = join(name_confirmed_at=None), join(name_confirmed_at=None)
    was_there(met, sessions, 5)
    was_there(not_yet, sessions, 1)

    assert completed_without_award(met.person) == [met]
    assert completed_without_award(not_yet.person) == []
    with committed():
        confirm_name(met.person, "Amina Diallo")
    assert Award.objects.get().holder == met.person


def test_the_outlook_says_who_why_and_how_much_with_as_many_queries_for_twelve_as_for_two(
    join, sessions, edition, award_type
):
    counts = []
    for many in (2, 10):
        for number in range(many):
            was_there(join(), sessions, 5 if number % 2 else 2)
        with CaptureQueriesContext(connection) as seen:
            shown = outlook(edition, award_type)
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert len(shown.ready) == len(shown.others) == 6
    assert {one.grade for one in shown.others} == {"40\N{NO-BREAK SPACE}% (6 of 15 hours)"}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(Rule.ATTENDANCE, "does not say for how much"), (Rule.HOURS, "does not say for how many")],
)
def test_a_type_that_does_not_say_how_much_is_not_ready(rule, sentence):
    assert sentence in " ".join(award_type_problems(make_award_type(rule=rule)))


@pytest.mark.parametrize(
    ("rule", "field"), [("attendance", "minimum_attendance"), ("hours", "minimum_hours")]
)
def test_the_form_asks_how_much(client, registrar, award_type, rule, field):
    client.force_login(registrar)
    award_type.minimum_attendance = None
    award_type.save()
    empty = {f"{part}-{count}": 0 for part in ("cosignatories", "marks", "wordings") for count in FORMSET}

    page = client.post(
        reverse("award_types:edit", args=[award_type.pk]),
        empty | {"name": "By presence", "kind": "participation", "rule": rule, "number_prefix": "UNI"},
    )

    assert field in page.context["form"].errors


FORMSET = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
