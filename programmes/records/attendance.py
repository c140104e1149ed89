"""How much of the programme each student attended, as the record needs it."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from programmes.models import ModuleEnrolment
from timetable.attendance.percentages import AttendanceShare, attendance_shares, together


def attended_shares(places: Sequence[ModuleEnrolment]) -> dict[int, Fraction | None]:
    """The share of the hours held that each student attended, in all modules together, by student."""
    found = attendance_shares([place.enrolment for place in places])
    shares: dict[int, list[AttendanceShare]] = defaultdict(list)
    for place in places:
        shares[place.student_id].append(found[place.enrolment_id])
    return {student: _share(together(some)) for student, some in shares.items()}


def _share(whole: AttendanceShare) -> Fraction | None:
    return Fraction(whole.attended) / Fraction(whole.possible) if whole.possible else None
