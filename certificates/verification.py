"""What a stranger may learn about an award: one word and six facts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.codes import parse_code, printed
from certificates.models import Award, AwardQuerySet, PaperKind


class Standing(TextChoices):
    """Whether an award holds."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")


class State(TextChoices):
    """Where an award stands, as staff see it."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")
    PREPARED = "prepared", _("Being drawn")
    NOT_DRAWN = "not_drawn", _("Could not be drawn")


@dataclass(frozen=True)
class Verification:
    """The public facts of an award, in the reader's language where the award has its words."""

    standing: Standing
    code: str
    name: str
    title: str
    course: str
    hours: Decimal | None
    completed_on: date
    is_paper: bool  # a paper states facts on a day; an award was earned on it
    issuer: str
    valid_until: date | None
    revoked_on: date | None
    replaced_by: str
    # Its paper was issued before this site kept the register; nobody can tell from here whether a paper is that one.
    is_past: bool
    has_scan: bool


def _award_with(typed: str) -> Award | None:
    code = parse_code(typed)
    awards = Award.objects.whole().select_related("superseded_by", "occasion")
    return awards.filter(code=code).first() if code else None


def verify(typed: str, language: str) -> Verification | None:
    """The public facts of the award with this code, or None when there is none. One query."""
    award = _award_with(typed)
    return shown(award, language) if award else None


def shown(award: Award, language: str) -> Verification:
    """The public facts of an award whose successor, if any, was selected with it."""
    snapshot = award.snapshot
    words = snapshot["words"].get(language) or snapshot["words"][snapshot["languages"][0]]
    return Verification(
        standing=standing_of(award),
        code=printed(award.code),
        name=snapshot["name"],
        title=words["title"],
        course=words["course"],
        hours=Decimal(snapshot["hours"]) if snapshot["hours"] else None,
        completed_on=date.fromisoformat(snapshot["completed_on"]),
        is_paper=snapshot.get("kind") in PaperKind.values,
        issuer=words["institution"],
        valid_until=award.valid_until,
        revoked_on=award.revoked_at.date() if award.revoked_at else None,
        replaced_by=_successor(award),
        is_past=award.is_past,
        has_scan=award.is_past and award.has_file,
    )


def public_facts(typed: str, language: str) -> dict[str, str | bool | None] | None:
    """The same for machines, with the hash of the file; None when there is no such award."""
    award = _award_with(typed)
    if award is None:
        return None
    facts = shown(award, language)
    return {
        "standing": facts.standing.value,
        "name": facts.name,
        "award": facts.title,
        "course": facts.course,
        "hours": str(facts.hours) if facts.hours is not None else None,
        "completed_on": facts.completed_on.isoformat(),
        "valid_until": _iso(facts.valid_until),
        "issuer": facts.issuer,
        "revoked_on": _iso(facts.revoked_on),
        "code": facts.code,
        "replaced_by": facts.replaced_by or None,
        # A scan is nobody's to compare with.
        "sha256": (award.sha256 or None) if not award.is_past else None,
        "from_earlier_register": facts.is_past,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _successor(award):
    newer = getattr(award, "superseded_by", None)
    return printed(newer.code) if newer and newer.stored_at else ""


def standing_of(award: Award) -> Standing:
    """Whether the award holds today."""
    if award.revoked_at:
        return Standing.REVOKED
    if award.superseded_at:
        return Standing.REPLACED
    has_expired = award.valid_until and award.valid_until < timezone.localdate()
    return Standing.EXPIRED if has_expired else Standing.VALID


def state_of(award: Award) -> State:
    """Where the award stands."""
    if award.stored_at is None and not award.revoked_at and not award.superseded_at:
        return State.NOT_DRAWN if award.drawing_problem else State.PREPARED
    return State(standing_of(award).value)


def in_state(awards: AwardQuerySet, state: str) -> AwardQuerySet:
    """Those of the awards that stand there."""
    holding = awards.filter(revoked_at=None, superseded_at=None)
    expired = Q(valid_until__isnull=False, valid_until__lt=timezone.localdate())
    return {
        State.VALID: holding.whole().exclude(expired),
        State.EXPIRED: holding.whole().filter(expired),
        State.REPLACED: awards.filter(revoked_at=None, superseded_at__isnull=False),
        State.REVOKED: awards.filter(revoked_at__isnull=False),
        State.PREPARED: holding.filter(stored_at=None, drawing_problem=""),
        State.NOT_DRAWN: holding.not_drawn(),
    }[State(state)]
