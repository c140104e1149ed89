"""One result of one learner, entered by hand."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.models import Enrolment
from enrolments.services import lock
from foundation.audit import services as audit
from gradebook.book import derived_score
from gradebook.models import EntryKind, EntrySource, GradeEntry, GradeItem
from gradebook.proposals import needs_reason
from gradebook.refusals import CellChanged, NotInThisGradebook, OwnResult, ReasonNeeded
from gradebook.signals import results_changed
from gradebook.typed import Typed
from learning.models import Attempt


@transaction.atomic
def enter(
    item: GradeItem,
    enrolment: Enrolment,
    typed: Typed,
    *,
    by: User,
    reason: str = "",
    comment: str | None = None,
    source: EntrySource = EntrySource.TYPED,
    seen: int | None = None,
) -> GradeEntry | None:
    """Append what staff say about a learner and an item; the entry that counts now (None: there is none).

    `seen` is the entry that was shown when it was typed (0: none, None: whatever it was); `comment` None leaves the
    comment as it is. Raises GradebookRefused. Safe to repeat: what already counts is not entered again.
    """
    enrolment = lock(enrolment)
    if enrolment.person_id == by.pk:
        raise OwnResult
    item = held_item(item, enrolment)
    current = newest(item, enrolment)
    words = comment if comment is not None else (current.comment if current else "")
    if says(current, typed, words):
        return current
    if seen is not None and seen != (current.pk if current else 0):
        raise CellChanged(current)
    derived = derived_now(item, enrolment)
    if needs_reason(current, derived, typed) and not reason.strip():
        raise ReasonNeeded
    entry = GradeEntry.objects.create(
        item=item,
        enrolment=enrolment,
        kind=typed.kind,
        score=typed.score,
        derived_score=derived,
        comment=words,
        reason=reason.strip(),
        source=source,
        replaces=current,
        by=by,
    )
    record(entry)
    results_changed.send(sender=GradeEntry, edition_id=enrolment.edition_id)
    return entry


def comment(item: GradeItem, enrolment: Enrolment, words: str, *, by: User) -> GradeEntry | None:
    """Write to the learner about an item, whatever its result is, which stays."""
    current = newest(item, enrolment)
    typed = Typed(EntryKind(current.kind), current.score) if current else Typed(EntryKind.CLEARED)
    return enter(item, enrolment, typed, by=by, comment=words, seen=current.pk if current else 0)


def undo(entry: GradeEntry, *, by: User, reason: str = "") -> GradeEntry | None:
    """Let what counted before this entry count again, by a new one. Raises CellChanged when it no longer counts."""
    before = entry.replaces
    typed = Typed(EntryKind(before.kind), before.score) if before else Typed(EntryKind.CLEARED)
    return enter(
        entry.item,
        entry.enrolment,
        typed,
        by=by,
        reason=reason.strip() or _("Taken back"),
        comment=before.comment if before else "",
        source=EntrySource.UNDONE,
        seen=entry.pk,
    )


def held_item(item: GradeItem, enrolment: Enrolment) -> GradeItem:
    """The item as it stands now. Raises NotInThisGradebook when it is left out or of another edition."""
    found = (
        GradeItem.objects.counting()
        .select_related("activity", "scheme")
        .filter(pk=item.pk, scheme__edition=enrolment.edition_id)
        .first()
    )
    if found is None:
        raise NotInThisGradebook
    return found


def newest(item: GradeItem, enrolment: Enrolment) -> GradeEntry | None:
    """The entry that counts."""
    return GradeEntry.objects.newest().filter(item=item, enrolment=enrolment).select_related("by").first()


def says(entry: GradeEntry | None, typed: Typed, words: str) -> bool:
    """Whether the entry (or its absence) says all this already."""
    if entry is None:
        return typed.kind == EntryKind.CLEARED and not words
    return (entry.kind, entry.score, entry.comment) == (typed.kind, typed.score, words)


def derived_now(item: GradeItem, enrolment: Enrolment) -> Decimal | None:
    """What the activity gives by itself."""
    if item.activity is None:
        return None
    finished = Attempt.objects.finished().filter(enrolment=enrolment, activity=item.activity_id)
    return derived_score(item.activity.specific, list(finished.order_by("number")))


def record(entry: GradeEntry) -> None:
    """Write into the audit log what counted before and what counts now."""
    name = str(entry.item)
    audit.record(
        entry.by,
        "gradebook.enter",
        entry.enrolment,
        reason=entry.reason,
        before={name: said(entry.replaces, entry.derived_score)},
        after={name: said(entry, entry.derived_score)},
    )


def said(entry: GradeEntry | None, derived: Decimal | None) -> dict:
    """An entry as the audit log keeps it; without one, what the activity gave."""
    if entry is None or entry.kind == EntryKind.CLEARED:
        found: dict = {"from": "activity", "score": derived}
    else:
        found = {"from": "staff", "kind": entry.kind, "score": entry.score}
    return found | ({"comment": entry.comment} if entry and entry.comment else {})
