"""What changes the timetable. Every caller meets the same rules here."""

from timetable.services.copying import Copied, copy_timetable, copy_timetables
from timetable.services.feeds import end_feed, make_feed, renew_feed
from timetable.services.holding import hold_session, hold_timetables
from timetable.services.scheduling import cancel, cancel_all, move, schedule, schedule_all, schedule_series

__all__ = [
    "Copied",
    "cancel",
    "cancel_all",
    "copy_timetable",
    "copy_timetables",
    "end_feed",
    "hold_session",
    "hold_timetables",
    "make_feed",
    "move",
    "renew_feed",
    "schedule",
    "schedule_all",
    "schedule_series",
]
