"""Registers: one save, safe to repeat, that never writes over what somebody else recorded."""

import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.audit.models import Entry
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_rules, make_session_at
from tests.factories.enrolments import make_edition
from timetable.attendance.marks import NewMark
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.services import correct_mark, save_register
from timetable.models import AttendanceMark, RegisterSave, Road, Status

pytestmark = pytest.mark.django_db


def refusal(action):
    with pytest.raises(AttendanceRefused) as found:
        action()
    return found.value.refusal


def newest(session, enrolment):
    return AttendanceMark.objects.newest().get(session=session, enrolment=enrolment)


def test_a_register_records_who_was_there_who_came_late_and_who_was_not(session, teacher, join):
    first, second, third = (join(session.edition) for _ in range(3))
    taken_at = timezone.now() - datetime.timedelta(minutes=10)

    saved = save_register(
        session,
        [
            NewMark(first.pk, Status.PRESENT),
            NewMark(second.pk, Status.LATE, minutes_late=12),
            NewMark(third.pk, Status.EXCUSED, reason=" Hearing in court "),
        ],
        teacher,
        taken_at=taken_at,
    )

    assert (len(saved.written), saved.conflicts) == (3, ())
    assert newest(session, second).minutes_late == 12
    assert newest(session, third).reason == "Hearing in court"
    mark = newest(session, first)
    assert (mark.recorded_by, mark.taken_at, mark.road) == (teacher, taken_at, Road.REGISTER)


def test_the_same_save_sent_twice_records_once_and_answers_the_same(session, teacher, join):
    learner, other = join(session.edition), join(session.edition)
    make_mark(session, other, Status.ABSENT)
    lines = [NewMark(learner.pk, Status.LATE, minutes_late=5), NewMark(other.pk, Status.PRESENT)]
    key = uuid4()

    first = save_register(session, lines, teacher, key=key)
    correct_mark(session, learner, status=Status.PRESENT, by=teacher, reason="Was there")
    second = save_register(session, lines, teacher, key=key)

    assert (RegisterSave.objects.count(), newest(session, learner).status) == (1, Status.PRESENT)
    assert [mark.pk for mark in second.written] == [mark.pk for mark in first.written]
    assert second.conflicts == first.conflicts != ()


def test_a_newer_mark_of_somebody_else_is_kept_and_reported(session, teacher, join):
    learner, colleague = join(session.edition), make_person()
    theirs = make_mark(session, learner, Status.LATE, minutes_late=20, by=colleague)

    saved = save_register(session, [NewMark(learner.pk, Status.ABSENT, base=0)], teacher)

    [conflict] = saved.conflicts
    assert (conflict.kept, conflict.mine.status) == (theirs, Status.ABSENT)
    assert newest(session, learner) == theirs


def test_once_it_was_seen_a_mark_of_somebody_else_can_be_changed(session, teacher, join):
    learner = join(session.edition)
    make_mark(session, learner, Status.ABSENT)

    saved = save_register(session, [NewMark(learner.pk, Status.PRESENT, base=1)], teacher)

    assert saved.conflicts == ()
    assert (newest(session, learner).status, newest(session, learner).number) == (Status.PRESENT, 2)


@pytest.mark.parametrize(("minutes_before", "kept"), [(10, True), (-1, False)])
def test_of_a_persons_own_two_devices_the_one_that_was_taken_later_counts(
    session, teacher, join, minutes_before, kept
):
    learner = join(session.edition)
    make_mark(session, learner, Status.LATE, minutes_late=5, by=teacher, taken_at=timezone.now())
    taken_at = timezone.now() - datetime.timedelta(minutes=minutes_before)

    saved = save_register(session, [NewMark(learner.pk, Status.ABSENT)], teacher, taken_at=taken_at)

    assert bool(saved.conflicts) is kept
    assert (newest(session, learner).status == Status.LATE) is kept


@pytest.mark.parametrize(("hours", "kept"), [(23, False), (25, True)])
def test_a_day_after_the_session_saving_again_changes_no_mark_but_records_missing_ones(
    edition, teacher, join, hours, kept
):
    session = make_session_at(edition, begins=-datetime.timedelta(hours=3 + hours), minutes=180)
    marked, same, missing = (join(edition) for _ in range(3))
    theirs = make_mark(session, marked, Status.ABSENT, by=teacher)
    make_mark(session, same, Status.PRESENT, by=teacher)

    saved = save_register(
        session,
        [
            NewMark(marked.pk, Status.PRESENT, base=1),
            NewMark(same.pk, Status.PRESENT, base=1),
            NewMark(missing.pk, Status.PRESENT),
        ],
        teacher,
    )

    assert newest(session, missing).status == Status.PRESENT
    assert (newest(session, marked) == theirs) is kept
    assert [(one.kept, one.is_settled) for one in saved.conflicts] == ([(theirs, True)] if kept else [])
    assert saved.unchanged == 1


def test_a_register_taken_in_time_and_sent_weeks_later_is_recorded_where_there_is_no_mark(
    edition, teacher, join
):
    session = make_session_at(edition, begins=datetime.timedelta(days=-20))
    first, second = join(edition), join(edition)
    corrected = correct_mark(session, second, status=Status.EXCUSED, by=make_person(), reason="Ill")
    lines = [NewMark(first.pk, Status.ABSENT), NewMark(second.pk, Status.ABSENT)]
    key = uuid4()

    for _again in range(2):
        saved = save_register(session, lines, teacher, key=key, taken_at=session.ends_at)

        assert [mark.enrolment_id for mark in saved.written] == [first.pk]
        assert [conflict.kept for conflict in saved.conflicts] == [corrected]
    assert newest(session, first).taken_at == session.ends_at


def test_what_is_recorded_already_is_not_recorded_again(session, teacher, join):
    learner = join(session.edition)
    make_mark(session, learner, Status.PRESENT)

    saved = save_register(session, [NewMark(learner.pk, Status.PRESENT)], teacher)

    assert (saved.written, saved.unchanged, saved.conflicts) == ((), 1, ())


def test_a_clock_that_is_ahead_does_not_make_a_mark_of_tomorrow(session, teacher, join):
    learner = join(session.edition)
    tomorrow = timezone.now() + datetime.timedelta(days=1)

    save_register(session, [NewMark(learner.pk, Status.PRESENT)], teacher, taken_at=tomorrow)

    assert newest(session, learner).taken_at <= timezone.now()


def test_a_register_is_refused_whole_for_a_stranger_a_cancelled_session_or_a_length_that_cannot_be(
    session, teacher, join
):
    learner, stranger = join(session.edition), join(make_edition())
    present = NewMark(learner.pk, Status.PRESENT)

    assert (
        refusal(lambda: save_register(session, [present, NewMark(stranger.pk, Status.PRESENT)], teacher))
        == Refusal.NOT_EXPECTED
    )
    for minutes in (0, session.minutes):
        late = NewMark(learner.pk, Status.LATE, minutes_late=minutes)
        assert refusal(lambda late=late: save_register(session, [late], teacher)) == Refusal.NO_MINUTES
    session.cancelled_at = timezone.now()
    session.save()
    assert refusal(lambda: save_register(session, [present], teacher)) == Refusal.CANCELLED
    assert AttendanceMark.objects.count() == RegisterSave.objects.count() == 0


@pytest.mark.parametrize(("minutes", "is_open"), [(59, True), (61, False)])
def test_a_register_opens_as_long_before_the_session_as_the_rules_say(
    edition, teacher, join, minutes, is_open
):
    make_rules(opens_minutes_before=60)
    session = make_session_at(edition, begins=datetime.timedelta(minutes=minutes, seconds=30))
    lines = [NewMark(join(edition).pk, Status.PRESENT)]

    if is_open:
        assert save_register(session, lines, teacher).written
    else:
        assert refusal(lambda: save_register(session, lines, teacher)) == Refusal.TOO_EARLY


def test_a_register_of_46_takes_at_most_ten_queries_the_first_time_and_every_time(
    session, teacher, join, django_assert_max_num_queries
):
    learners = [join(session.edition) for _ in range(46)]

    for status in (Status.PRESENT, Status.ABSENT):
        lines = [NewMark(learner.pk, status) for learner in learners]
        with django_assert_max_num_queries(10):
            saved = save_register(session, lines, teacher, key=uuid4())
        assert len(saved.written) == 46


def test_saving_twelve_takes_as_many_queries_as_saving_two(session, teacher, join, django_assert_num_queries):
    learners = [join(session.edition) for _ in range(14)]

    for some in (learners[:2], learners[2:]):
        lines = [NewMark(learner.pk, Status.PRESENT) for learner in some]
        with django_assert_num_queries(9):
            save_register(session, lines, teacher, key=uuid4())


def test_a_key_of_another_register_is_refused(session, edition, teacher, join):
    other = make_session_at(edition, begins=datetime.timedelta(hours=-8))
    lines, key = [NewMark(join(edition).pk, Status.PRESENT)], uuid4()
    save_register(other, lines, teacher, key=key)

    assert refusal(lambda: save_register(session, lines, teacher, key=key)) == Refusal.OTHER_KEY


def test_a_correction_is_a_new_fact_with_its_reason_in_the_audit_log(session, teacher, join):
    learner = join(session.edition)
    make_mark(session, learner, Status.ABSENT)

    mark = correct_mark(
        session, learner, status=Status.EXCUSED, by=teacher, reason="Medical certificate", base=1
    )

    assert (mark.number, newest(session, learner)) == (2, mark)
    entry = Entry.objects.get(action="timetable.correct_mark")
    assert (entry.actor, entry.reason) == (teacher, "Medical certificate")
    assert (entry.before["attendance"], entry.after["attendance"]) == ("absent", "excused")


def test_a_correction_needs_a_reason_something_to_change_and_a_fresh_look(session, teacher, join):
    learner = join(session.edition)
    make_mark(session, learner, Status.ABSENT)

    def correct(**fields):
        return lambda: correct_mark(
            session, learner, by=teacher, **{"status": Status.PRESENT, "reason": "Was there"} | fields
        )

    assert refusal(correct(reason="  ")) == Refusal.NO_REASON
    assert refusal(correct(base=0)) == Refusal.CHANGED_MEANWHILE
    assert refusal(correct(status=Status.ABSENT, reason="")) == Refusal.NO_REASON
    assert AttendanceMark.objects.count() == 1


def test_the_database_itself_refuses_two_marks_of_one_number_and_minutes_of_who_was_not_late(session, join):
    learner = join(session.edition)
    make_mark(session, learner)

    for fields in ({"number": 1}, {"minutes_late": 5}, {"road": Road.CORRECTION, "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_mark(session, learner, **fields)
