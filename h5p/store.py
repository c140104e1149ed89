"""Keeping bytes under their hash: written before any row, taken away again when no row comes of it."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef

from h5p.models import ContentFile, LibraryFile, StoredFile

FOLDER = "h5p"


@dataclass
class Written:
    """What was written to the storage and has no row yet: hash → (name, size)."""

    names: dict[str, tuple[str, int]] = field(default_factory=dict)

    def write(self, sha256: str, size: int, open_file: Callable[[], BinaryIO]) -> None:
        """Write one file, once."""
        if sha256 in self.names:
            return
        with open_file() as stream:
            wanted = f"{FOLDER}/{sha256[:2]}/{sha256[2:]}-{uuid4().hex[:12]}"
            self.names[sha256] = default_storage.save(wanted, File(stream)), size

    def stored(self, hashes: Iterable[str]) -> dict[str, StoredFile]:
        """The rows of these hashes, made where there are none. Somebody who was faster wins."""
        rows = [
            StoredFile(sha256=sha256, name=name, size=size) for sha256, (name, size) in self.names.items()
        ]
        StoredFile.objects.bulk_create(rows, ignore_conflicts=True)
        return {row.sha256: row for row in in_chunks(hashes)}

    def discard(self, *, kept: Iterable[str] = ()) -> None:
        """Delete what nobody refers to."""
        keep = set(kept)
        for name, _size in self.names.values():
            if name not in keep:
                default_storage.delete(name)


def in_chunks(hashes: Iterable[str], size: int = 500):
    """The rows of many hashes, in questions that every database takes."""
    wanted = sorted(set(hashes))
    for start in range(0, len(wanted), size):
        yield from StoredFile.objects.filter(sha256__in=wanted[start : start + size])


@contextmanager
def writing():
    """Lend a `Written`; whatever goes wrong, no file is left behind without its row."""
    written = Written()
    try:
        yield written
    except BaseException:
        written.discard()
        raise
    written.discard(kept=[row.name for row in in_chunks(written.names)])


def missing_hashes(hashes: Iterable[str]) -> set[str]:
    """Those that the store does not have."""
    wanted = set(hashes)
    return wanted - {row.sha256 for row in in_chunks(wanted)}


def remove_orphans() -> int:
    """Delete the files that nothing uses; how many there were. The bytes go once the rows are gone for good."""
    used = (
        LibraryFile.objects.filter(stored=OuterRef("pk")),
        ContentFile.objects.filter(stored=OuterRef("pk")),
    )
    orphans = StoredFile.objects.exclude(Exists(used[0])).exclude(Exists(used[1]))
    names = list(orphans.values_list("name", flat=True))
    StoredFile.objects.filter(name__in=names).delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
    return len(names)
