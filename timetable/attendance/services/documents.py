"""Keeping what somebody brought to be excused: checked by its content, in private storage."""

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from assessments.assignments.storing import keep
from assessments.file_types import check_upload
from enrolments.models import Enrolment
from timetable.models import AttendanceDocument

ALLOWED = ("pdf", "jpg", "png")
MOST_BYTES = 10 * 1024 * 1024


def keep_document(enrolment: Enrolment, upload: UploadedFile, by: User) -> AttendanceDocument:
    """Keep the file, or raise assessments.file_types.UploadRefused."""
    checked = check_upload(upload, allowed=ALLOWED, max_bytes=MOST_BYTES)
    return AttendanceDocument.objects.create(enrolment=enrolment, uploaded_by=by, **keep(upload, checked))
