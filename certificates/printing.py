"""From a frozen award to its PDF. The same award always gives the same bytes."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.codes import printed
from certificates.models import Award
from certificates.paper.certificate import CertificateData, Signatory, Wording, draw
from certificates.paper.errors import DoesNotFit, MissingGlyph
from certificates.paper.fonts import load_fonts
from certificates.paper.text import Style, Typesetter

# The measures of the name on the certificate, in points.
NAME_SIZE, SMALLEST_NAME, COLUMN_WIDTH = 41, 16, 640


def verify_url(code: str) -> str:
    """The short address printed on the paper."""
    return settings.SITE_URL + reverse("verification_link", args=[printed(code)])


def certificate_data(award: Award) -> CertificateData:
    """The award in the words of the paper engine."""
    snapshot = award.snapshot
    languages = snapshot["languages"]
    return CertificateData(
        name=snapshot["name"],
        wordings=tuple(_wording(language, snapshot["words"][language]) for language in languages),
        signatories=(
            Signatory(
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


def _wording(language, words):
    return Wording(language=language, **{**words, "facts": tuple(words["facts"])})


def draw_award(award: Award) -> bytes:
    """The award's PDF. Raises certificates.paper.errors.PaperError with a sentence when it cannot be printed."""
    return draw(certificate_data(award), settings.CERTIFICATE_FONT_DIRS)


def name_refusal(name: str) -> str | None:
    """Why a name cannot be printed, naming the character, or None if it can."""
    library = load_fonts(settings.CERTIFICATE_FONT_DIRS)
    try:
        Typesetter(library).fit(name, Style("medium"), NAME_SIZE, COLUMN_WIDTH, SMALLEST_NAME, 2)
    except MissingGlyph as missing:
        return _(
            "The character “%(character)s” in this name cannot be printed. "
            "Write the name without it, or in another script."
        ) % {"character": missing.character}
    except DoesNotFit:
        return _("This name is too long to be printed on two lines. Shorten it.")
    return None
