"""Many results at once, pasted or from a file: what a preview showed, confirmed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User
from enrolments.models import Enrolment
from foundation.audit import services as audit
from gradebook.book import Book
from gradebook.models import EntrySource, GradeBatch, GradeEntry, GradeScheme
from gradebook.proposals import Proposal, needs_reason
from gradebook.refusals import ChangedSincePreview, OwnResult, ReasonNeeded
from gradebook.services.entries import said
from gradebook.services.schemes import lock_scheme
from gradebook.signals import results_changed


@transaction.atomic
def apply_batch(
    scheme: GradeScheme,
    proposals: Sequence[Proposal],
    *,
    key: UUID,
    source: EntrySource,
    by: User,
    reason: str = "",
) -> GradeBatch:
    """Enter all proposals, or none. Confirming the same key twice enters them once.

    Raises ChangedSincePreview when anything under the preview has changed, ReasonNeeded when a result that is there
    would change and no reason is given, OwnResult when one of the results is that of whoever confirms.
    """
    scheme = lock_scheme(scheme)
    existing = GradeBatch.objects.filter(key=key, scheme=scheme).first()
    if existing:
        return existing
    enrolments = _hold({proposal.enrolment for proposal in proposals}, scheme)
    if any(enrolment.person_id == by.pk for enrolment in enrolments.values()):
        raise OwnResult
    book = Book(scheme.edition)
    facts = book.facts(enrolments.values())
    changed = [one for one in proposals if not _is_as_shown(one, facts.get(one.enrolment, {}), enrolments)]
    if changed:
        raise ChangedSincePreview(changed)
    current = GradeEntry.objects.in_bulk({one.seen for one in proposals if one.seen})
    if not reason.strip() and any(
        needs_reason(current.get(one.seen), one.derived, one.typed) for one in proposals
    ):
        raise ReasonNeeded
    batch = GradeBatch.objects.create(scheme=scheme, key=key, source=source, by=by, reason=reason.strip())
    entries = [_entry(one, batch, current.get(one.seen)) for one in proposals]
    GradeEntry.objects.bulk_create(entries)
    _record(batch, entries, enrolments, book)
    return batch


def _hold(pks, scheme):
    """The enrolments, held in one order, so that two batches never wait for each other."""
    held = Enrolment.objects.select_for_update(of=["self"]).filter(pk__in=pks, edition=scheme.edition_id)
    return {enrolment.pk: enrolment for enrolment in held.select_related("person", "edition").order_by("pk")}


def _is_as_shown(proposal, facts, enrolments):
    fact = facts.get(proposal.item)
    if fact is None or proposal.enrolment not in enrolments:
        return False
    seen = fact.entered.pk if fact.entered else 0
    return (seen, fact.derived) == (proposal.seen, proposal.derived)


def _entry(proposal, batch, current):
    return GradeEntry(
        item_id=proposal.item,
        enrolment_id=proposal.enrolment,
        kind=proposal.typed.kind,
        score=proposal.typed.score,
        derived_score=proposal.derived,
        comment=current.comment if current else "",
        reason=batch.reason,
        source=batch.source,
        batch=batch,
        replaces=current,
        by=batch.by,
    )


def _record(batch, entries, enrolments, book):
    before, after = {}, {}
    for entry in entries:
        cell = f"{enrolments[entry.enrolment_id].key} · {book.items[entry.item_id]}"
        before[cell] = said(entry.replaces, entry.derived_score)
        after[cell] = said(entry, entry.derived_score)
    audit.record(
        batch.by, "gradebook.apply_batch", batch.scheme, reason=batch.reason, before=before, after=after
    )
    results_changed.send(sender=GradeEntry, edition_id=batch.scheme.edition_id)
