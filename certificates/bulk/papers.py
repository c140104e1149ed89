"""The files of a batch together: a ZIP with each as it was issued, or one document for the printer."""

import io
import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile

from certificates.models import Award
from certificates.storing import read

IN_MEMORY = 8 * 1024 * 1024


def zipped(awards: Iterable[Award]):
    """A file open for reading: every stored paper, byte for byte, named by its number."""
    packed = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for award in awards:
            archive.writestr(zipfile.ZipInfo(f"{award.number}.pdf"), read(award))
    packed.seek(0)
    return packed


def for_printing(awards: Iterable[Award]):
    """A file open for reading: all papers one after the other. Only for paper: signatures hold for single files."""
    import pikepdf  # noqa: PLC0415 (heavy: most processes never need it)

    printed = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    with pikepdf.new() as together:
        for award in awards:
            with pikepdf.open(io.BytesIO(read(award))) as paper:
                together.pages.extend(paper.pages)
        for page in together.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        together.save(printed)
    printed.seek(0)
    return printed
