"""What changes the timetable. Every caller meets the same rules here."""

from timetable.services.holding import hold_session
from timetable.services.scheduling import cancel, cancel_all, move, schedule, schedule_all, schedule_series

__all__ = [
    "cancel",
    "cancel_all",
    "hold_session",
    "move",
    "schedule",
    "schedule_all",
    "schedule_series",
]
