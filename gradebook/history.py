"""What was entered for a learner, newest first, each with what it replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from enrolments.models import Enrolment
from gradebook.models import EntryKind, GradeEntry, GradeItem
from gradebook.typed import as_typed, points_text


@dataclass(frozen=True)
class Change:
    """One entry in words: what stood there, and what stands there since."""

    entry: GradeEntry
    before: str
    after: str


def entries_of(enrolment: Enrolment, item: GradeItem | None = None) -> list[Change]:
    """The entries of a learner, of one item or of all."""
    entries = GradeEntry.objects.filter(enrolment=enrolment, **({"item": item} if item else {}))
    rows: Sequence[GradeEntry] = entries.select_related("item__activity", "by", "replaces", "batch").order_by(
        "-pk"
    )
    return [_change(entry) for entry in rows]


def _change(entry):
    given = points_text(entry.derived_score, entry.item)
    before, after = (_text(one, entry.item, given) for one in (entry.replaces, entry))
    return Change(entry, before, after)


def _text(entry, item, given):
    """What counted: what was entered, else what the activity gave."""
    if entry is None or entry.kind == EntryKind.CLEARED:
        return given or "–"
    return as_typed(entry, item)
