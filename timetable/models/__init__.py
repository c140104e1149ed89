"""Rooms, sessions, what was changed about them, and the addresses of calendar feeds."""

from timetable.models.changes import Change, ChangedSession
from timetable.models.feeds import FeedToken
from timetable.models.places import Campus, Room
from timetable.models.sessions import Series, Session, SessionLecturer, SessionQuerySet

__all__ = [
    "Campus",
    "Change",
    "ChangedSession",
    "FeedToken",
    "Room",
    "Series",
    "Session",
    "SessionLecturer",
    "SessionQuerySet",
]
