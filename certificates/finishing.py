"""From a frozen award to its finished paper: drawn, signed, and found archival, accessible and whole.

What signs and validates is loaded when the first paper is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from certificates.models import Award, SigningCertificate
from certificates.paper.enclosures import Attachment, Enclosures, SignatureField
from certificates.paper.errors import PaperError
from certificates.paper.sentences import Sentence, gettext_noop
from certificates.printing import draw_award
from certificates.signing.records import remember

# Signing again makes other bytes, which may keep a rule that the first ones broke by accident.
ATTEMPTS = 2
NOT_FIT = gettext_noop(
    "The paper of %(number)s was drawn but is not fit to be issued: %(problems)s. Show this to whoever looks after the "
    "site."
)


class NotArchival(PaperError):
    """The finished paper breaks a rule of PDF/A or PDF/UA, or its signature does not hold; it is not issued."""


@dataclass(frozen=True)
class Finished:
    """A paper that may be issued."""

    pdf: bytes
    signed_with: SigningCertificate


def finish(award: Award, attachments: tuple[Attachment, ...] = ()) -> Finished:
    """The award's paper, fit to be stored. Raises PaperError with a sentence for staff; nothing is kept then."""
    from certificates.signing.sealing import seal  # noqa: PLC0415 (heavy: see above)

    sealing = seal()
    signed_with = remember(sealing.certificates)
    label = award.snapshot["words"][award.snapshot["languages"][0]]["institution"]
    drawn = draw_award(award, Enclosures(attachments, SignatureField(label, sealing.room)))
    for _attempt in range(ATTEMPTS):
        pdf = sealing.sign(drawn, timezone.now())
        found = _problems(pdf, sealing.certificates[:1])
        if not found:
            return Finished(pdf, signed_with)
    raise NotArchival(Sentence(NOT_FIT, number=award.number, problems="; ".join(found)))


def badge_file(badge: bytes) -> Attachment:
    """The award's Open Badge as a file inside the paper."""
    return Attachment("badge.json", "application/ld+json", "The award as an Open Badge 3.0", badge)


def _problems(pdf, trusted):
    from certificates.paper.validation import problems  # noqa: PLC0415 (heavy)
    from certificates.signing.checking import Outcome, check_paper  # noqa: PLC0415 (heavy)

    if check_paper(pdf, trusted).outcome is not Outcome.WHOLE:
        return ["its signature does not hold"]
    return problems(pdf)
