"""From a frozen award to its PDF. The same award always gives the same bytes.

The paper engine brings ReportLab, HarfBuzz and the fonts: 35 MB that most processes never need. It is loaded when
something is first drawn.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.codes import printed
from certificates.designing import drawable, pictures, printed_with
from certificates.models import Award, AwardType
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.errors import DoesNotFit, FontMissing, MissingGlyph, PaperError
from certificates.papers import drawing as papers
from certificates.phrases import phrase
from certificates.snapshot import issue_moment, sample_snapshot

if TYPE_CHECKING:
    from certificates.paper.certificate import CertificateData
    from certificates.paper.design import Design
    from certificates.paper.outline import Picture

logger = logging.getLogger("certificates")

# Its check symbol is right, but no award is ever given it.
SAMPLE_CODE = "000000000000000"


def _certificate():
    from certificates.paper import certificate  # noqa: PLC0415 (heavy: see above)

    return certificate


def verify_url(code: str) -> str:
    """The short address printed on the paper."""
    return settings.SITE_URL + reverse("verification_link", args=[printed(code)])


def certificate_data(award: Award, kept: dict[str, bytes] | None = None) -> CertificateData:
    """The award in the words of the paper engine, with the pictures it needs."""
    paper = _certificate()
    snapshot = award.snapshot
    languages = snapshot["languages"]
    signed = snapshot.get("signatories") or [snapshot["signatory"]]
    marks = snapshot.get("marks", [])
    if kept is None:
        kept = pictures(pictures_in(snapshot))
    return paper.CertificateData(
        name=snapshot["name"],
        wordings=tuple(
            paper.Wording(language=language, **_words(snapshot["words"][language])) for language in languages
        ),
        signatories=tuple(paper.Signatory(**_signatory(one, languages, kept)) for one in signed),
        marks=tuple(paper.Mark(kept[mark["picture"]], mark["name"]) for mark in marks),
        pictures=kept,
        number=award.number,
        code=printed(award.code),
        verify_url=verify_url(award.code),
        issued_at=award.issued_at,
        monogram=settings.INSTITUTION_MONOGRAM,
        qr_alternative=phrase("qr_alternative", languages[0]),
        creator=settings.SITE_NAME,
    )


def _words(words):
    return {**words, "facts": tuple(words["facts"])}


def _signatory(signatory, languages, kept):
    return {
        "name": signatory["name"],
        "offices": tuple(signatory["offices"][language] for language in languages),
        "signature": kept.get(signatory.get("signature", "")),
        "signature_alternative": phrase("signature_alternative", languages[0], name=signatory["name"]),
    }


def draw_award(award: Award, enclosures: Enclosures = NOTHING) -> bytes:
    """The award's PDF. Raises certificates.paper.errors.PaperError with a sentence when it cannot be printed."""
    if "document" in award.snapshot:
        return papers.draw(papers.document_of(award, verify_url(award.code)), enclosures)
    return draw_with(drawable(award.design_version), award, enclosures)


def draw_with(design: Design, award: Award, enclosures: Enclosures = NOTHING) -> bytes:
    """The award's PDF in a design that need not be its own: for looking at drafts. Raises PaperError."""
    data = certificate_data(award, pictures([*pictures_in(award.snapshot), *design.assets]))
    return _certificate().draw(data, settings.CERTIFICATE_FONT_DIRS, enclosures, design)


def pictures_in(snapshot: dict) -> list[str]:
    """The pictures an award carries whatever its design, by their SHA-256."""
    signed = [one.get("signature", "") for one in snapshot.get("signatories", [])]
    return signed + [mark["picture"] for mark in snapshot.get("marks", [])]


def name_refusal(name: str) -> str | None:
    """Why a name cannot be printed, naming the character, or None if it can."""
    try:
        _certificate().check_name(name, settings.CERTIFICATE_FONT_DIRS)
    except MissingGlyph as missing:
        return _(
            "The character “%(character)s” in this name cannot be printed. "
            "Write the name without it, or in another script."
        ) % {"character": missing.character}
    except DoesNotFit:
        return _("This name is too long to be printed on two lines. Shorten it.")
    except FontMissing as missing:
        logger.error("%s", missing)
        return _("Names cannot be checked at the moment. Please try again tomorrow; nothing is lost.")
    except PaperError:
        return _("Write your name as it is to be printed.")
    return None


def name_picture(name: str) -> Picture:
    """A name that can be printed, as its letters will stand on the paper."""
    from certificates.paper import outline  # noqa: PLC0415 (heavy: see above)

    return outline.name_outline(name, settings.CERTIFICATE_FONT_DIRS)


def sample_award(award_type: AwardType, language: str, name: str = "") -> Award:
    """An award that nobody earned, to look at; it is never saved."""
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    languages = [language, *(other for other in ("en",) if other in wordings and other != language)]
    return Award(
        award_type=award_type,
        design_version=printed_with(award_type),
        number=f"{award_type.number_prefix}-{timezone.localdate().year}-000000",
        code=SAMPLE_CODE,
        snapshot=sample_snapshot(award_type, languages, name),
        issued_at=issue_moment(),
    )
