"""Draws a document: its strips dealt out to pages, with head, foot and ornament around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path

from certificates.paper.archive import Metadata
from certificates.paper.documents.blocks import Composer
from certificates.paper.documents.content import Document
from certificates.paper.documents.furniture import Furniture, room
from certificates.paper.documents.setting import Scribe
from certificates.paper.documents.strips import HEIGHT, WIDTH, Dealer, Page, Place
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.fonts import DEFAULT_DIRECTORIES, load_fonts
from certificates.paper.sheet import Sheet


def draw(
    document: Document,
    pictures: Mapping[str, bytes] | None = None,
    directories: Iterable[Path | str] = DEFAULT_DIRECTORIES,
    enclosures: Enclosures = NOTHING,
) -> bytes:
    """The document as a PDF, the same bytes for the same data and pictures. Raises PaperError."""
    fonts, kept = load_fonts(directories), pictures or {}
    scribe = Scribe(fonts, document.language, document.direction)
    place = Place(document.direction == "rtl")
    furniture = Furniture(document, fonts, scribe, place, kept)
    composer = Composer(document, scribe, place, kept)
    strips = [*furniture.beginning(composer), *composer.strips()]
    pages = Dealer(room).deal(strips)
    sheet = Sheet((WIDTH, HEIGHT))
    for element in composer.elements:
        sheet.add(element)
    for number, page in enumerate(pages):
        if number:
            sheet.next_page()
        furniture.behind(sheet, number)
        furniture.head(sheet, number)
        _fill(sheet, page)
        furniture.foot(sheet, number, len(pages))
    return sheet.finish(_metadata(document), enclosures)


def _fill(sheet: Sheet, page: Page) -> None:
    for strip, top in page:
        for ink in strip.inks:
            with sheet.marked(ink.element) if ink.element else sheet.artifact():
                ink.draw(sheet, top)


def _metadata(document: Document) -> Metadata:
    return Metadata(
        title=" – ".join(words for words in (document.title, document.holder) if words),
        author=document.institutions[0].name,
        subject=document.subtitle or document.title,
        language=document.language,
        moment=document.issued_at.astimezone(UTC),
        creator=document.creator,
        identifier=document.verification.url if document.verification else "",
    )
