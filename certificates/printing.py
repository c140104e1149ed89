"""From a frozen award to its PDF. The same award always gives the same bytes."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.codes import printed
from certificates.designing import drawable, pictures, printed_with
from certificates.models import Award, AwardType
from certificates.paper.certificate import CertificateData, Mark, Signatory, Wording, check_name, draw
from certificates.paper.design import Design
from certificates.paper.errors import DoesNotFit, FontMissing, MissingGlyph, PaperError
from certificates.paper.outline import Picture, name_outline
from certificates.phrases import phrase
from certificates.snapshot import issue_moment, sample_snapshot

logger = logging.getLogger("certificates")

# Its check symbol is right, but no award is ever given it.
SAMPLE_CODE = "000000000000000"


def verify_url(code: str) -> str:
    """The short address printed on the paper."""
    return settings.SITE_URL + reverse("verification_link", args=[printed(code)])


def certificate_data(award: Award, kept: dict[str, bytes] | None = None) -> CertificateData:
    """The award in the words of the paper engine, with the pictures it needs."""
    snapshot = award.snapshot
    main = snapshot["languages"][0]
    signed = snapshot.get("signatories") or [snapshot["signatory"]]
    marks = snapshot.get("marks", [])
    if kept is None:
        kept = pictures([one.get("signature", "") for one in signed] + [mark["picture"] for mark in marks])
    return CertificateData(
        name=snapshot["name"],
        wordings=tuple(_wording(language, snapshot["words"][language]) for language in snapshot["languages"]),
        signatories=tuple(_signatory(one, snapshot["languages"], kept) for one in signed),
        marks=tuple(Mark(kept[mark["picture"]], mark["name"]) for mark in marks),
        pictures=kept,
        number=award.number,
        code=printed(award.code),
        verify_url=verify_url(award.code),
        issued_at=award.issued_at,
        monogram=settings.INSTITUTION_MONOGRAM,
        qr_alternative=phrase("qr_alternative", main),
        creator=settings.SITE_NAME,
    )


def _wording(language, words):
    return Wording(language=language, **{**words, "facts": tuple(words["facts"])})


def _signatory(signatory, languages, kept):
    return Signatory(
        name=signatory["name"],
        offices=tuple(signatory["offices"][language] for language in languages),
        signature=kept.get(signatory.get("signature", "")),
        signature_alternative=phrase("signature_alternative", languages[0], name=signatory["name"]),
    )


def draw_award(award: Award) -> bytes:
    """The award's PDF. Raises certificates.paper.errors.PaperError with a sentence when it cannot be printed."""
    design = drawable(award.design_version)
    return draw_with(design, award)


def draw_with(design: Design, award: Award) -> bytes:
    """The award's PDF in a design that need not be its own: for looking at drafts. Raises PaperError."""
    signed = award.snapshot.get("signatories", [])
    names = [one.get("signature", "") for one in signed]
    names += [mark["picture"] for mark in award.snapshot.get("marks", [])]
    data = certificate_data(award, pictures([*names, *design.assets]))
    return draw(data, settings.CERTIFICATE_FONT_DIRS, design)


def name_refusal(name: str) -> str | None:
    """Why a name cannot be printed, naming the character, or None if it can."""
    try:
        check_name(name, settings.CERTIFICATE_FONT_DIRS)
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
    return name_outline(name, settings.CERTIFICATE_FONT_DIRS)


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
