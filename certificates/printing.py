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
from certificates.models import Award, AwardType
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.errors import DoesNotFit, FontMissing, MissingGlyph, PaperError
from certificates.snapshot import issue_moment, sample_snapshot

if TYPE_CHECKING:
    from certificates.paper.certificate import CertificateData
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


def certificate_data(award: Award) -> CertificateData:
    """The award in the words of the paper engine."""
    paper = _certificate()
    snapshot = award.snapshot
    languages = snapshot["languages"]
    return paper.CertificateData(
        name=snapshot["name"],
        wordings=tuple(
            paper.Wording(language=language, **_words(snapshot["words"][language])) for language in languages
        ),
        signatories=(
            paper.Signatory(
                name=snapshot["signatory"]["name"],
                offices=tuple(snapshot["signatory"]["offices"][language] for language in languages),
            ),
        ),
        number=award.number,
        code=printed(award.code),
        verify_url=verify_url(award.code),
        issued_at=award.issued_at,
        creator=settings.SITE_NAME,
    )


def _words(words):
    return {**words, "facts": tuple(words["facts"])}


def draw_award(award: Award, enclosures: Enclosures = NOTHING) -> bytes:
    """The award's PDF. Raises certificates.paper.errors.PaperError with a sentence when it cannot be printed."""
    return _certificate().draw(certificate_data(award), settings.CERTIFICATE_FONT_DIRS, enclosures)


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


def sample_award(award_type: AwardType, language: str) -> Award:
    """An award that nobody earned, to look at; it is never saved."""
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    languages = [language, *(other for other in ("en",) if other in wordings and other != language)]
    return Award(
        award_type=award_type,
        number=f"UNI-{timezone.localdate().year}-000000",
        code=SAMPLE_CODE,
        snapshot=sample_snapshot(award_type, languages),
        issued_at=issue_moment(),
    )
