"""What a file that a stranger shows is: exactly what was issued, changed since, or nothing of ours.

The hash is asked first: it alone says that every byte is as it was issued. Only then the signature, which still tells a
changed certificate from a stranger's file. What does the checking is loaded with the first file.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.badges.checking import NoBadge, read_badge
from certificates.codes import parse_code, printed
from certificates.models import Award, AwardQuerySet, OccasionKind
from certificates.signing.records import published

MOST_BYTES = 5 * 1024 * 1024
IDENTIFIER = re.compile(rb"<dc:identifier>([^<]{1,300})</dc:identifier>")


class FileRefused(Exception):
    """The file is nothing that could be checked; `str()` says what to choose instead."""


class Found(TextChoices):
    """What was found out about a file, in a word."""

    ISSUED = "issued", gettext_lazy("Unchanged")
    CHANGED = "changed", gettext_lazy("Changed")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


@dataclass(frozen=True)
class Upload:
    """What a file is, why, and the award it is or pretends to be."""

    found: Found
    sentence: str
    award: Award | None = None

    @property
    def code(self) -> str:
        """The award's code as it is printed."""
        return printed(self.award.code) if self.award else ""


def look_at(content: bytes) -> Upload:
    """What this file is. At most three queries. Raises FileRefused with a sentence for what cannot be checked."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return _look_at_pdf(content)
    if start.startswith(b"{"):
        return _look_at_badge(content)
    raise FileRefused(
        _(
            "Choose the PDF of a certificate, or its badge file. A photo or a scan cannot be checked: type the code "
            "that stands on it."
        )
    )


def _awards() -> AwardQuerySet:
    return Award.objects.whole().select_related("superseded_by", "occasion")


def _look_at_pdf(pdf):
    issued = _awards().exclude(
        occasion__kind=OccasionKind.PAST
    )  # a scan was not issued: anybody can make one
    award = issued.filter(sha256=hashlib.sha256(pdf).hexdigest()).first()
    if award:
        return Upload(
            Found.ISSUED, _("This file is exactly what was issued: not one byte was changed."), award
        )
    claimed = _award_with(_code_in(pdf))
    if claimed:
        return Upload(
            Found.CHANGED,
            _(
                "This file is not what was issued: something in it was changed. Opening and saving or printing it "
                "again does that too. Ask for the file as it was downloaded."
            ),
            claimed,
        )
    return Upload(Found.UNKNOWN, _without_award(pdf))


def _without_award(pdf):
    from certificates.signing.checking import Outcome, check_paper  # noqa: PLC0415 (heavy: see above)

    outcome = check_paper(pdf, published()).outcome
    if outcome is Outcome.WHOLE:
        return _(
            "It carries our signature, but there is no such certificate in the register. Ask the institution."
        )
    if outcome is Outcome.CHANGED:
        return _(
            "It was signed, perhaps by us, and was changed afterwards. Ask for the file as it was downloaded."
        )
    return _(
        "This file is not a certificate that we issued, or not the file that was downloaded. Try the code on it."
    )


def _code_in(pdf):
    """The code of the award that a file says it is: it stands in the address that the metadata give."""
    found = IDENTIFIER.search(pdf)
    if not found:
        return None
    address = html.unescape(found[1].decode("utf-8", "replace"))
    return parse_code(address.partition("?")[0].rstrip("/").rpartition("/")[2])


def _award_with(code):
    return _awards().filter(code=code).first() if code else None


def _look_at_badge(content):
    try:
        badge = read_badge(content)
    except NoBadge as problem:
        return Upload(Found.UNKNOWN, str(problem))
    award = _award_with(badge.code)
    if award is None:
        return Upload(Found.UNKNOWN, _("There is no certificate in the register for this badge."))
    if award.erasure_asked_at:
        return Upload(
            Found.UNKNOWN,
            _(
                "The badge of this certificate was erased from the register together with the name. "
                "The PDF can still be checked, and so can the code."
            ),
            award,
        )
    if not badge.is_of(award):
        return Upload(Found.CHANGED, _("This badge was changed after it was signed."), award)
    return Upload(Found.ISSUED, _("This badge carries our signature and is unchanged."), award)
