"""The stored files of many awards in one: a ZIP to hand on, or one PDF to print."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from certificates.models import Award
from certificates.storing import AwardDamaged, file_name, read

if TYPE_CHECKING:
    import pikepdf

# Beyond this the file is kept on the disk instead of in memory.
IN_MEMORY = 10 * 1024 * 1024


class NothingToCollect(Exception):
    """None of the awards has a whole file."""


def zip_of(awards: Iterable[Award]) -> IO[bytes]:
    """A ZIP with every file, byte for byte as it was issued, named by registry number; what is damaged is listed.

    Raises NothingToCollect.
    """
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    damaged, count = [], 0
    # Certificates are compressed already.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for award in awards:
            try:
                archive.writestr(file_name(award), read(award))
                count += 1
            except AwardDamaged:
                damaged.append(award.number)
        if damaged:
            archive.writestr("missing.txt", "\n".join(damaged) + "\n")
    return _rewound(made, count)


def merged_pdf(awards: Iterable[Award]) -> IO[bytes]:
    """One PDF with all pages in order, to print. Signatures hold for single files only, so it carries none.

    Raises NothingToCollect.
    """
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    count = 0
    with _pikepdf().new() as merged:
        for award in awards:
            try:
                append_pages(merged, read(award))
                count += 1
            except AwardDamaged:
                continue
        if count:
            merged.save(made)
    return _rewound(made, count)


def _pikepdf():
    import pikepdf  # noqa: PLC0415 (10 MB that most processes never need)

    return pikepdf


def append_pages(merged: pikepdf.Pdf, content: bytes) -> None:
    """Add the pages of a file, without the field of its signature."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        copy.write(content)
        copy.seek(0)
        with _pikepdf().open(copy) as single:
            for page in single.pages:
                if "/Annots" in page:
                    del page["/Annots"]
            merged.pages.extend(single.pages)


def _rewound(made, count):
    if not count:
        made.close()
        raise NothingToCollect
    made.seek(0)
    return made
