"""A change that somebody proposes, and whether it needs a reason."""

from dataclasses import dataclass
from decimal import Decimal

from gradebook.grades import Entered
from gradebook.models import EntryKind, GradeEntry
from gradebook.typed import Typed


@dataclass(frozen=True)
class Proposal:
    """One change that a preview showed, with what it showed as standing there."""

    enrolment: int
    item: int
    typed: Typed
    seen: int  # the entry that counted, 0 for none
    derived: Decimal | None


def needs_reason(current: GradeEntry | Entered | None, derived: Decimal | None, typed: Typed) -> bool:
    """Whether a record changes: a first result by hand is none; another result, excusing and overriding are."""
    now = (current.kind, current.score) if current else (EntryKind.CLEARED, None)
    if now == (typed.kind, typed.score):
        return False  # the comment alone
    return now[0] != EntryKind.CLEARED or derived is not None or typed.kind != EntryKind.SCORE
