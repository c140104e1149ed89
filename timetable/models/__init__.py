"""Rooms, sessions, what was changed about them, who was there, and the addresses of calendar feeds."""

from timetable.models.attendance import (
    AttendanceDocument,
    AttendanceMark,
    AttendanceRules,
    Counting,
    Lateness,
    LessonSession,
    RegisterSave,
    Road,
    SessionActivity,
    Status,
)
from timetable.models.changes import Change, ChangedSession
from timetable.models.feeds import FeedToken
from timetable.models.places import Campus, Room
from timetable.models.sessions import Series, Session, SessionLecturer, SessionQuerySet

__all__ = [
    "AttendanceDocument",
    "AttendanceMark",
    "AttendanceRules",
    "Campus",
    "Change",
    "ChangedSession",
    "Counting",
    "FeedToken",
    "Lateness",
    "LessonSession",
    "RegisterSave",
    "Road",
    "Room",
    "Series",
    "Session",
    "SessionActivity",
    "SessionLecturer",
    "SessionQuerySet",
    "Status",
]
