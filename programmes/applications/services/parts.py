"""Files that come in parts over a bad link: begun once, gone on with where they stopped, put together at the end."""

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from assessments.file_types import UploadRefused, clean_name
from programmes.applications.inspection import size_refusal
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.services.documents import upload_document, upload_refusal
from programmes.applications.storing import drop, dropped_on_failure, keep_part
from programmes.models import Application, DocumentVersion, PartialUpload, UploadPart, WantedDocument

KEPT_FOR = timedelta(days=3)
LARGEST_PART = 1024 * 1024
MOST_AT_ONCE = 12


@dataclass(frozen=True)
class Arrived:
    """How many bytes are here, and the version made of them once all are."""

    received: int
    version: DocumentVersion | None = None


def begin_upload(
    application: Application, wanted: WantedDocument, *, key: UUID, name: str, size: int
) -> PartialUpload:
    """Begin a file that will come in parts, or go on with it. Refused by its size before a byte is sent."""
    if refusal := upload_refusal(application, wanted, at=timezone.now()):
        raise refusal
    if too_large := size_refusal(name, size, wanted.most_mb):
        raise too_large
    there = PartialUpload.objects.filter(application=application, key=key).first()
    if there is None and application.partial_uploads.filter(version=None).count() >= MOST_AT_ONCE:
        _forget(application.partial_uploads.filter(version=None).order_by("begun_at").first())
    upload, _created = PartialUpload.objects.get_or_create(
        application=application,
        key=key,
        defaults={"wanted": wanted, "name": clean_name(name), "size": size},
    )
    if (upload.wanted_id, upload.size) != (wanted.pk, size):
        raise ApplicationRefused(Refusal.PARTS_MISSING)
    return upload


def received_of(upload: PartialUpload) -> int:
    """How many bytes of a file have arrived."""
    return upload.parts.aggregate(all=Sum("size"))["all"] or 0


def receive_part(upload: PartialUpload, *, offset: int, content: bytes, by: User) -> Arrived:
    """Keep some bytes, if they are the next ones; put the file together once all are here. Safe to repeat.

    Raises UploadRefused or ApplicationRefused once the file is whole and cannot be taken; its parts are gone then.
    """
    if upload.version_id:
        return Arrived(upload.size, upload.version)
    received = received_of(upload)
    is_next = offset == received and content and len(content) <= LARGEST_PART
    if is_next and received + len(content) <= upload.size:
        path = keep_part(ContentFile(content))
        with dropped_on_failure(path):
            received = _add_part(upload, offset, len(content), path)
    return _whole(upload, by) if received == upload.size else Arrived(received)


@transaction.atomic
def _add_part(upload, offset, size, path):
    PartialUpload.objects.select_for_update().get(pk=upload.pk)
    received = received_of(upload)
    if offset != received:
        drop(path)  # another request was faster with the same bytes
        return received
    upload.parts.create(offset=offset, size=size, file=path)
    return received + size


def _whole(upload, by):
    with tempfile.TemporaryFile() as whole:
        for part in upload.parts.order_by("offset"):
            with part.file.open("rb") as content:
                whole.write(content.read())
        whole.seek(0)
        file = UploadedFile(File(whole), name=upload.name, size=upload.size)
        try:
            version = upload_document(upload.application, upload.wanted, file, by=by)
        except (UploadRefused, ApplicationRefused):
            _forget(upload)
            raise
    PartialUpload.objects.filter(pk=upload.pk).update(version=version)
    _drop_parts(upload)
    return Arrived(upload.size, version)


def forget_uploads() -> int:
    """Forget files that stopped on their way days ago."""
    old = PartialUpload.objects.filter(begun_at__lt=timezone.now() - KEPT_FOR)
    for upload in old:
        _forget(upload)
    return len(old)


def forget_uploads_of(application: Application) -> None:
    """Forget whatever is on its way to an application."""
    for upload in application.partial_uploads.all():
        _forget(upload)


def _drop_parts(upload):
    for part in UploadPart.objects.filter(upload=upload):
        path = part.file.name
        part.delete()
        drop(path)


def _forget(upload):
    _drop_parts(upload)
    upload.delete()
