"""What follows from marks: who was there has done the activity of the lesson, and the apps above are told."""

from collections.abc import Sequence

from enrolments.models import Enrolment
from learning.services import LearningRefused, finish_attempt, open_attempt
from timetable.models import AttendanceMark, LessonSession, Session
from timetable.signals import attendance_changed


def follow_attendance(session_id: int, enrolment_ids: Sequence[int]) -> None:
    """Complete the activity of those who were there, and announce the change. Safe to repeat.

    Whoever is marked absent later keeps what she completed: facts are appended, and a completion is never taken away.
    """
    session = Session.objects.select_related("edition__course").get(pk=session_id)
    placed = LessonSession.objects.select_related("activity").filter(session=session).first()
    if placed:
        for enrolment in _who_were_there(session, enrolment_ids):
            _complete(enrolment, placed.activity)
    attendance_changed.send(sender=AttendanceMark, session=session, enrolment_ids=frozenset(enrolment_ids))


def _who_were_there(session, enrolment_ids):
    marks = AttendanceMark.objects.filter(session=session, enrolment__in=enrolment_ids).newest()
    there = [mark.enrolment_id for mark in marks if mark.was_there]
    return Enrolment.objects.active().filter(pk__in=there).select_related("edition__course").order_by("pk")


def _complete(enrolment, activity):
    """A lesson that is not live yet, or no longer, gives nothing to complete."""
    if enrolment.attempts.finished().filter(activity=activity).exists():
        return
    try:
        attempt = open_attempt(enrolment, activity, language=enrolment.language)
        finish_attempt(attempt, score=None)
    except LearningRefused:
        return
