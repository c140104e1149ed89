"""Work on attendance that runs later."""

from foundation import jobs
from timetable.attendance import consequences


@jobs.task(retries=5)
def follow_attendance(session_id: int, enrolment_ids: list[int]) -> None:
    """Do what follows from new marks of a session."""
    consequences.follow_attendance(session_id, enrolment_ids)
