"""Work on attendance that runs later."""

from django.utils import timezone

from foundation import jobs
from timetable.attendance import consequences
from timetable.attendance.services import documents
from timetable.models import AttendanceDocument


@jobs.task(retries=5)
def follow_attendance(session_id: int, enrolment_ids: list[int]) -> None:
    """Do what follows from new marks of a session."""
    consequences.follow_attendance(session_id, enrolment_ids)


@jobs.task(retries=5)
def erase_document(document_id: int) -> None:
    """Erase the file of one document."""
    documents.erase_document(AttendanceDocument.objects.get(pk=document_id))


@jobs.every(days=1)
def erase_documents() -> None:
    """Erase documents of excuses that were kept long enough, and go on with what a killed process left undone."""
    for document in documents.documents_to_erase(timezone.localdate()):
        erase_document.enqueue(document.pk)
