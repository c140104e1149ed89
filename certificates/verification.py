"""What a stranger may learn about an award: one word and six facts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from certificates.codes import parse_code, printed
from certificates.models import Award, AwardQuerySet


class Standing(TextChoices):
    """Whether an award holds."""

    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")


class State(TextChoices):
    """Where an award stands, as staff see it."""

    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")
    PREPARED = "prepared", _("Being drawn")
    NOT_DRAWN = "not_drawn", _("Could not be drawn")


@dataclass(frozen=True)
class Verification:
    """The public facts of an award, in the reader's language where the award has its words."""

    standing: Standing
    name: str
    title: str
    course: str
    hours: Decimal
    completed_on: date
    issuer: str
    revoked_on: date | None
    replaced_by: str


def verify(typed: str, language: str) -> Verification | None:
    """The public facts of the award with this code, or None when there is none. One query."""
    code = parse_code(typed)
    award = Award.objects.whole().filter(code=code).select_related("superseded_by").first() if code else None
    if award is None:
        return None
    snapshot = award.snapshot
    words = snapshot["words"].get(language) or snapshot["words"][snapshot["languages"][0]]
    return Verification(
        standing=standing_of(award),
        name=snapshot["name"],
        title=words["title"],
        course=words["course"],
        hours=Decimal(snapshot["hours"]),
        completed_on=date.fromisoformat(snapshot["completed_on"]),
        issuer=words["institution"],
        revoked_on=award.revoked_at.date() if award.revoked_at else None,
        replaced_by=_successor(award),
    )


def _successor(award):
    newer = getattr(award, "superseded_by", None)
    return printed(newer.code) if newer and newer.stored_at else ""


def standing_of(award: Award) -> Standing:
    """Whether the award holds today."""
    if award.revoked_at:
        return Standing.REVOKED
    return Standing.REPLACED if award.superseded_at else Standing.VALID


def state_of(award: Award) -> State:
    """Where the award stands."""
    if award.stored_at is None and not award.revoked_at and not award.superseded_at:
        return State.NOT_DRAWN if award.drawing_problem else State.PREPARED
    return State(standing_of(award).value)


def in_state(awards: AwardQuerySet, state: str) -> AwardQuerySet:
    """Those of the awards that stand there."""
    holding = awards.filter(revoked_at=None, superseded_at=None)
    return {
        State.VALID: holding.whole(),
        State.REPLACED: awards.filter(revoked_at=None, superseded_at__isnull=False),
        State.REVOKED: awards.filter(revoked_at__isnull=False),
        State.PREPARED: holding.filter(stored_at=None, drawing_problem=""),
        State.NOT_DRAWN: holding.not_drawn(),
    }[State(state)]
