"""Keeping and forgetting the bytes of files of applications. Names in storage say nothing of whose they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.assignments.storing import HashedFile
from programmes.applications.inspection import InspectedFile

FOLDER = "applications"
PARTS_FOLDER = "applications-on-the-way"


def keep(upload: File, inspected: InspectedFile) -> dict:
    """Write a file into private storage; the fields of the row that is to point at it."""
    hashed = HashedFile(upload)
    path = default_storage.save(f"{FOLDER}/{timezone.now():%Y}/{uuid4().hex}", hashed)
    return {
        "file": path,
        "name": inspected.checked.name,
        "kind": inspected.checked.type.key,
        "size": inspected.checked.size,
        "sha256": hashed.digest.hexdigest(),
        "pages": inspected.pages,
    }


def keep_part(content: File) -> str:
    """Write some bytes of a file on its way; where they are."""
    return default_storage.save(f"{PARTS_FOLDER}/{timezone.now():%Y%m}/{uuid4().hex}", content)


def drop(path: str) -> None:
    """Remove bytes now; what is gone already is no fault."""
    if path:
        default_storage.delete(path)


@contextmanager
def dropped_on_failure(path: str) -> Iterator[None]:
    """Remove bytes that were written when what they were written for comes to nothing."""
    try:
        yield
    except BaseException:
        drop(path)
        raise
