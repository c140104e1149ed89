"""Keeping and forgetting the bytes of files. Names in storage say nothing; hashes are taken while writing."""

from hashlib import sha256
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from assessments.file_types import CheckedFile
from assessments.models import ReturnedFile, SubmissionFile

FOLDER = "handed-in"


class HashedFile(File):
    """A file whose SHA-256 is known once its chunks have been read."""

    def __init__(self, file):
        super().__init__(file)
        self.digest = sha256()

    def chunks(self, chunk_size=None):
        """Pass the bytes on and take note of them."""
        for chunk in super().chunks(chunk_size):
            self.digest.update(chunk)
            yield chunk


def keep(upload: UploadedFile, checked: CheckedFile) -> dict:
    """Write a checked file into private storage; the fields of the row that is to point at it."""
    hashed = HashedFile(upload)
    path = default_storage.save(f"{FOLDER}/{timezone.now():%Y}/{uuid4().hex}", hashed)
    return {
        "file": path,
        "name": checked.name,
        "kind": checked.type.key,
        "size": checked.size,
        "sha256": hashed.digest.hexdigest(),
    }


def forget(path: str | None) -> None:
    """Remove bytes that no row points at any more, once the transaction has gone through."""
    transaction.on_commit(lambda: _remove_unless_used(path), robust=True)


def _remove_unless_used(path):
    used = any(model.objects.filter(file=path).exists() for model in (SubmissionFile, ReturnedFile))
    if not used:
        default_storage.delete(path)
