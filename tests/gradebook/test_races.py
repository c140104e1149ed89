"""Two staff at one cell, a release during an entry: what must hold whoever comes first."""

import uuid
from decimal import Decimal

import pytest

from gradebook.models import EntryKind, EntrySource, GradeBatch, GradeEntry
from gradebook.proposals import Proposal
from gradebook.refusals import CellChanged, ChangedSincePreview
from gradebook.services import apply_batch, create_scheme, enter, release, undo
from gradebook.typed import Typed
from tests.factories.accounts import make_staff
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def score(text):
    return Typed(EntryKind.SCORE, Decimal(text))


def test_two_staff_writing_one_cell_leave_one_history_and_the_later_is_told(
    moot, enrolment, tutor, coordinator
):
    results = at_once(
        lambda: enter(moot, enrolment, score("0.5"), by=tutor, seen=0),
        lambda: enter(moot, enrolment, score("0.7"), by=coordinator, seen=0),
    )

    entry = GradeEntry.objects.get()
    (refused,) = [result for result in results if isinstance(result, CellChanged)]
    assert refused.entry == entry


def test_the_same_result_typed_in_two_tabs_is_entered_once(moot, enrolment, tutor):
    at_once(*[lambda: enter(moot, enrolment, score("0.5"), by=tutor, seen=0)] * 4)

    assert GradeEntry.objects.count() == 1


def test_a_release_and_an_entry_at_once_lose_neither(moot, enrolment, tutor, coordinator):
    results = at_once(
        lambda: release(moot.scheme, [moot], by=coordinator),
        lambda: enter(moot, enrolment, score("0.5"), by=tutor, seen=0),
        lambda: release(moot.scheme, [moot], by=coordinator),
    )

    moot.refresh_from_db()
    assert moot.released_at
    assert GradeEntry.objects.get().score == Decimal("0.5")
    assert sorted(result for result in results if isinstance(result, int)) == [0, 1]


def test_confirming_twice_at_once_enters_once(scheme, moot, enrolment, tutor):
    key, proposal = uuid.uuid4(), Proposal(enrolment.pk, moot.pk, score("0.5"), 0, None)

    def confirm():
        return apply_batch(scheme, [proposal], key=key, source=EntrySource.PASTED, by=tutor)

    batches = at_once(confirm, confirm, confirm)

    assert len(set(batches)) == 1
    assert GradeBatch.objects.count() == GradeEntry.objects.count() == 1


def test_a_batch_and_an_entry_at_once_never_overwrite_each_other(scheme, moot, enrolment, tutor, coordinator):
    proposal = Proposal(enrolment.pk, moot.pk, score("0.5"), 0, None)

    results = at_once(
        lambda: apply_batch(scheme, [proposal], key=uuid.uuid4(), source=EntrySource.PASTED, by=tutor),
        lambda: enter(moot, enrolment, score("0.7"), by=coordinator, seen=0),
    )

    assert GradeEntry.objects.count() == 1
    assert sum(isinstance(result, CellChanged | ChangedSincePreview) for result in results) == 1


def test_undoing_twice_at_once_takes_back_once(moot, enrolment, tutor):
    entry = enter(moot, enrolment, score("0.5"), by=tutor)

    at_once(lambda: undo(entry, by=tutor), lambda: undo(entry, by=tutor))

    assert GradeEntry.objects.count() == 2
    assert GradeEntry.objects.newest().get().kind == "cleared"


def test_two_beginnings_make_one_gradebook(edition):
    people = [make_staff(), make_staff()]

    begun = at_once(*[lambda person=person: create_scheme(edition, by=person) for person in people])

    assert len(set(begun)) == 1
    assert begun[0].items.count() == 2
