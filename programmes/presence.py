"""How much of the teaching students attended: what the registers of all their modules come to together."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from programmes.models import ModuleEnrolment, Student
from timetable.attendance.percentages import AttendanceShare, attendance_shares, together


def presence_by_phase(students: Collection[Student]) -> Mapping[tuple[int, int], AttendanceShare]:
    """The attendance of students of one edition in the modules of each phase, by student and phase."""
    rows = list(
        ModuleEnrolment.objects.filter(student__in=[student.pk for student in students]).select_related(
            "module", "enrolment"
        )
    )
    shares = attendance_shares([row.enrolment for row in rows])
    found: dict[tuple[int, int], list[AttendanceShare]] = defaultdict(list)
    for row in rows:
        found[row.student_id, row.module.phase_id].append(shares[row.enrolment_id])
    least = next((student.programme_edition.least_attendance for student in students), None)
    return {key: together(some, threshold=least) for key, some in found.items()}


def presence_of(student: Student, by_phase: Mapping[tuple[int, int], AttendanceShare]) -> AttendanceShare:
    """The attendance in the whole programme, against what its edition asks for."""
    own = [share for (pk, _phase), share in by_phase.items() if pk == student.pk]
    return together(own, threshold=student.programme_edition.least_attendance)
