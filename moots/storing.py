"""Keeping bytes in private storage under names that say nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from assessments.assignments.storing import HashedFile
from assessments.file_types import CheckedFile
from moots.models import CaseFile, Memorial

FOLDER = "moots"


def keep(upload: UploadedFile, checked: CheckedFile) -> dict:
    """Write a checked file; the fields of the row that is to point at it."""
    hashed = HashedFile(upload)
    path = default_storage.save(_new_path(), hashed)
    return {
        "file": path,
        "name": checked.name,
        "kind": checked.type.key,
        "size": checked.size,
        "sha256": hashed.digest.hexdigest(),
    }


def keep_bytes(content: bytes) -> str:
    """Write bytes; where they are."""
    return default_storage.save(_new_path(), ContentFile(content))


def digest_of(upload: UploadedFile) -> str:
    """The SHA-256 of an upload."""
    upload.seek(0)
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def forget(*paths: str) -> None:
    """Remove bytes that no row points at."""
    for path in paths:
        used = (
            Memorial.objects.filter(file=path).exists()
            or Memorial.objects.filter(clean_file=path).exists()
            or CaseFile.objects.filter(file=path).exists()
        )
        if not used:
            default_storage.delete(path)


@contextmanager
def copies_of(files: Iterable[CaseFile]) -> Iterator[dict[int, str]]:
    """Write the bytes of files once more; where each copy is. What follows fails: the copies are removed again."""
    made: dict[int, str] = {}
    try:
        for file in files:
            with default_storage.open(str(file.file.name)) as content:
                made[file.pk] = default_storage.save(f"{file.file.name}-copy", content)
        yield made
    except BaseException:
        for path in made.values():
            default_storage.delete(path)
        raise


def _new_path():
    return f"{FOLDER}/{timezone.now():%Y}/{uuid4().hex}"
