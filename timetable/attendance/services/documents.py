"""What somebody brought to be excused: checked by its content, kept in private storage, erased in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import User
from assessments.assignments.storing import keep
from assessments.file_types import check_upload
from enrolments.models import Enrolment
from timetable.attendance.rules import rules_by_edition
from timetable.models import AttendanceDocument

ALLOWED = ("pdf", "jpg", "png")
MOST_BYTES = 10 * 1024 * 1024


def keep_document(enrolment: Enrolment, upload: UploadedFile, by: User) -> AttendanceDocument:
    """Keep the file, or raise assessments.file_types.UploadRefused."""
    checked = check_upload(upload, allowed=ALLOWED, max_bytes=MOST_BYTES)
    return AttendanceDocument.objects.create(enrolment=enrolment, uploaded_by=by, **keep(upload, checked))


def documents_to_erase(today: date) -> Iterator[AttendanceDocument]:
    """Documents that have been kept as long as the rules of their editions say.

    The days are counted from the end of the edition; from the upload where that came later, or there is no end.
    """
    documents = AttendanceDocument.objects.filter(erased_at=None).select_related("enrolment__edition")
    rules = rules_by_edition(set(documents.values_list("enrolment__edition", flat=True)))
    for document in documents.order_by("pk").iterator():
        edition = document.enrolment.edition
        uploaded_on = timezone.localdate(document.uploaded_at)
        kept_from = max(edition.ends_on or uploaded_on, uploaded_on)
        if today > kept_from + timedelta(days=rules[edition.pk].keeps_documents_days):
            yield document


def erase_document(document: AttendanceDocument) -> None:
    """Delete the file, then say so. Safe to repeat, and to be killed in between."""
    if document.erased_at:
        return
    if document.file.name:
        document.file.storage.delete(document.file.name)
    AttendanceDocument.objects.filter(pk=document.pk, erased_at=None).update(
        file="", name="", erased_at=timezone.now()
    )
