"""Keeping bytes under their hash: written before any row, taken away again when no row comes of it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from h5p.models import ContentFile, LibraryFile, StoredFile

FOLDER = "h5p"
# How large a file is, and how to open it.
Source = tuple[int, Callable[[], BinaryIO]]


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

    def stored(self, sources: Mapping[str, Source]) -> dict[str, StoredFile]:
        """The rows of these hashes, made where there are none. In the transaction that refers to them.

        Asking for a row marks it as used, so that nobody removes it meanwhile; what was just removed is written again.
        """
        rows = claimed(sources)
        for sha256 in sources.keys() - rows.keys():
            size, open_file = sources[sha256]
            self.write(sha256, size, open_file)
        made = [
            StoredFile(sha256=sha256, name=name, size=size)
            for sha256, (name, size) in sorted(self.names.items())
        ]
        StoredFile.objects.bulk_create(made, ignore_conflicts=True)
        return claimed(sources)

    def discard(self, *, kept: Iterable[str] = ()) -> None:
        """Delete what nobody refers to."""
        keep = set(kept)
        for name, _size in self.names.values():
            if name not in keep:
                default_storage.delete(name)


def in_chunks(hashes: Iterable[str], size: int = 500) -> Iterator[models.QuerySet]:
    """The rows of many hashes, in questions that every database takes, always in one order."""
    wanted = sorted(set(hashes))
    for start in range(0, len(wanted), size):
        yield StoredFile.objects.filter(sha256__in=wanted[start : start + size])


def rows_of(hashes: Iterable[str]) -> Iterator[StoredFile]:
    """The rows of many hashes."""
    return chain.from_iterable(in_chunks(hashes))


def claimed(hashes: Iterable[str]) -> dict[str, StoredFile]:
    """The rows that are there, held until the transaction ends."""
    for rows in in_chunks(hashes):
        # Held in one order first: an UPDATE alone takes rows as it meets them, and two imports could block each other.
        list(rows.select_for_update().order_by("sha256").values_list("pk"))
        rows.update(used_at=timezone.now())
    return {row.sha256: row for row in rows_of(hashes)}


@transaction.atomic
def keep(file: File) -> StoredFile:
    """Keep one file that was checked (`core.file_types`), in the transaction that refers to it."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    sha256 = digest.hexdigest()
    with writing() as written:
        return written.stored({sha256: (file.size, lambda: file)})[sha256]


@contextmanager
def writing():
    """Lend a `Written`; whatever goes wrong, no file is left behind without its row."""
    written = Written()
    try:
        yield written
    except BaseException:
        written.discard()
        raise
    written.discard(kept=[row.name for row in rows_of(written.names)])


def missing_hashes(hashes: Iterable[str]) -> set[str]:
    """Those that the store does not have."""
    wanted = set(hashes)
    return wanted - {row.sha256 for row in rows_of(wanted)}


@transaction.atomic
def remove_orphans() -> int:
    """Delete the files that nothing uses; how many there were. The bytes go once the rows are gone for good."""
    used = (
        LibraryFile.objects.filter(stored=OuterRef("pk")),
        ContentFile.objects.filter(stored=OuterRef("pk")),
    )
    orphans = StoredFile.objects.exclude(Exists(used[0])).exclude(Exists(used[1])).order_by("sha256")
    gone = [row.name for row in orphans if removed(row)]
    transaction.on_commit(lambda: [default_storage.delete(name) for name in gone])
    return len(gone)


def removed(row: StoredFile) -> bool:
    """Delete the row unless somebody has asked for it since: one statement, which waits for whoever does so now."""
    unclaimed = StoredFile.objects.filter(pk=row.pk, used_at=row.used_at)
    return bool(unclaimed._raw_delete(unclaimed.db))
