"""What records attendance. Every caller meets the same rules here."""

from timetable.attendance.services.check_in import check_in
from timetable.attendance.services.corrections import correct_mark
from timetable.attendance.services.documents import documents_to_erase, erase_document, keep_document
from timetable.attendance.services.registers import save_register
from timetable.attendance.services.settings import (
    copy_attendance_rules,
    place_sessions,
    save_activity,
    set_rules,
)

__all__ = [
    "check_in",
    "copy_attendance_rules",
    "correct_mark",
    "documents_to_erase",
    "erase_document",
    "keep_document",
    "place_sessions",
    "save_activity",
    "save_register",
    "set_rules",
]
