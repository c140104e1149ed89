"""The staff's screens of the timetable: the week, the list, new sessions and series, spreadsheets, rooms."""

from timetable.admin_views.rooms import PlacePolicy
from timetable.admin_views.sessions import SessionPolicy, TimetableGroup

__all__ = ["PlacePolicy", "SessionPolicy", "TimetableGroup"]
