"""What records attendance. Every caller meets the same rules here."""

from timetable.attendance.services.check_in import check_in
from timetable.attendance.services.corrections import correct_mark
from timetable.attendance.services.registers import save_register

__all__ = ["check_in", "correct_mark", "save_register"]
