"""From a frozen paper to its PDF. The same award always gives the same bytes.

The drawing engine is loaded when the first paper is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from certificates.codes import printed
from certificates.designing import pictures
from certificates.models import Award
from certificates.paper.documents.content import Document, Verification
from certificates.paper.documents.plain import from_plain
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.papers.composing import pictures_in
from certificates.phrases import phrase

LABELS = ("number_label", "code_label", "verify_label", "qr_alternative")


def document_of(award: Award, verify_url: str) -> Document:
    """What the paper says, with the numbers it was issued under and the words for them that were frozen with it."""
    document = from_plain(award.snapshot["document"])
    words = award.snapshot["words"][document.language]
    return numbered(document, award, verify_url, {**words, **words["more"]})


def numbered(document: Document, award: Award, url: str, words: Mapping[str, Any] | None = None) -> Document:
    """The document under the numbers of an award, called as the words say or as they are called today."""
    verification = Verification(
        number=award.number,
        code=printed(award.code),
        url=url,
        **{name: words[name] if words else phrase(name, document.language) for name in LABELS},
    )
    return replace(document, verification=verification, issued_at=award.issued_at)


def draw(document: Document, enclosures: Enclosures = NOTHING) -> bytes:
    """The document's PDF with the pictures it needs. Raises certificates.paper.errors.PaperError."""
    from certificates.paper.documents import drawing  # noqa: PLC0415 (heavy: see above)

    kept = pictures(pictures_in(document))
    return drawing.draw(document, kept, settings.CERTIFICATE_FONT_DIRS, enclosures)
