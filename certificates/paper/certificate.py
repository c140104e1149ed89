"""Draws a certificate, diploma or transcript as its design says: an archival, tagged PDF.

`CertificateData` brings every word finished and localised; a `Design` says what stands where. Without a design the
certificate of completion is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from certificates.paper.bidi import first_strong_direction
from certificates.paper.data import CertificateData, Mark, Signatory, Wording
from certificates.paper.design import Design
from certificates.paper.drawing import Drawing
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.errors import PaperError
from certificates.paper.fonts import DEFAULT_DIRECTORIES, load_fonts
from certificates.paper.roles import COLUMN, NAME_SIZE, NAME_SMALLEST, ROLES
from certificates.paper.sentences import Sentence, gettext_noop
from certificates.paper.shipped import shipped
from certificates.paper.text import Typesetter, clean

__all__ = ["CertificateData", "Mark", "Signatory", "Wording", "check_name", "draw"]


def draw(
    data: CertificateData,
    directories: Iterable[Path | str] = DEFAULT_DIRECTORIES,
    enclosures: Enclosures = NOTHING,
    design: Design | None = None,
) -> bytes:
    """The paper as a PDF, the same bytes for the same data and design; PaperError says why it cannot be drawn."""
    check_name(data.name, directories)
    return Drawing(data, design or shipped("completion"), load_fonts(directories), enclosures).draw()


def check_name(name: str, directories: Iterable[Path | str] = DEFAULT_DIRECTORIES) -> None:
    """Raise the PaperError that the certificate of completion would raise for this name; quick enough for a form."""
    if not clean(name):
        raise PaperError(Sentence(gettext_noop("A certificate needs a name to be printed on it.")))
    setter = Typesetter(load_fonts(directories), direction=first_strong_direction(clean(name)))
    setter.fit(name, ROLES["medium"], NAME_SIZE, COLUMN, NAME_SMALLEST)
