"""What a table would change, cell by cell, before anything is saved."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core import signing
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.models import Enrolment
from gradebook.book import Book
from gradebook.grades import ItemGrade
from gradebook.models import EntryKind, EntrySource, GradeScheme
from gradebook.proposals import Proposal, needs_reason
from gradebook.refusals import GradebookRefused
from gradebook.tables import Problem, Table
from gradebook.typed import Typed, cell_text, parse, points_text, same

MOST_CHANGES = 5_000
A_DAY = 24 * 60 * 60


class PreviewGone(GradebookRefused):
    """What came back is no preview of ours, or an old one."""

    def __init__(self):
        super().__init__(_("This preview can no longer be used. Paste the lines or choose the file again."))


@dataclass(frozen=True)
class Change:
    """One cell that would change."""

    enrolment: Enrolment
    item: ItemGrade
    typed: Typed
    before: str
    after: str

    @property
    def proposal(self) -> Proposal:
        """What is sent back to be confirmed."""
        entered = self.item.fact.entered
        return Proposal(
            enrolment=self.enrolment.pk,
            item=self.item.plan.key,
            typed=self.typed,
            seen=(entered.pk or 0) if entered else 0,
            derived=self.item.fact.derived,
        )

    @property
    def needs_reason(self) -> bool:
        """Whether it changes a result that is there."""
        return needs_reason(self.item.fact.entered, self.item.fact.derived, self.typed)


@dataclass
class Preview:
    """All that would change, what would not, and what was not understood."""

    key: uuid.UUID
    source: EntrySource
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    @property
    def overriding(self) -> int:
        """How many changes need a reason."""
        return sum(change.needs_reason for change in self.changes)


def preview_of(book: Book, learners: Iterable[Enrolment], table: Table, source: EntrySource) -> Preview:
    """Lay a table beside what counts now. An empty cell says nothing: it changes nothing."""
    preview = Preview(uuid.uuid4(), source, problems=list(table.problems))
    by_name = _by_name(learners)
    known = [
        (line, by_name[line.learner.casefold()]) for line in table.lines if line.learner.casefold() in by_name
    ]
    for line in table.lines:
        if line.learner.casefold() not in by_name:
            sentence = _("“%(learner)s” is not in this edition.") % {"learner": line.learner}
            preview.problems.append(Problem(line.number, sentence))
    grades = book.grades([enrolment for _line, enrolment in known])
    for line, enrolment in known:
        items = {item.plan.key: item for item in grades[enrolment.pk].items}
        for key, text in line.values.items():
            if text:
                _compare(preview, book, enrolment, items[key], text, line.number)
    preview.problems.sort(key=lambda problem: problem.line)
    if len(preview.changes) > MOST_CHANGES:
        raise GradebookRefused(
            _("More than %(most)d results would change at once. Split the table.") % {"most": MOST_CHANGES}
        )
    return preview


def _by_name(learners: Iterable[Enrolment]) -> Mapping[str, Enrolment]:
    found: dict[str, Enrolment] = {}
    for enrolment in learners:
        found[str(enrolment.key)] = enrolment
        found[enrolment.person.email.casefold()] = enrolment
    return found


def _compare(preview, book, enrolment, item, text, line):
    try:
        typed = parse(text, item.plan, book.plan.scale.bands)
    except GradebookRefused as refusal:
        sentence = _("%(person)s: %(sentence)s") % {"person": enrolment.person, "sentence": refusal}
        preview.problems.append(Problem(line, sentence))
        return
    if same(typed, item):
        preview.unchanged += 1
    else:
        preview.changes.append(change_of(enrolment, item, typed))


def change_of(enrolment: Enrolment, item: ItemGrade, typed: Typed) -> Change:
    """A change in words."""
    after = points_text(typed.score, item.plan) if typed.score is not None else str(typed.kind.label)
    return Change(enrolment, item, typed, cell_text(item) or "–", after)


# --- to the browser and back, signed: nobody confirms what was not shown to them ---


def pack(preview: Preview, scheme: GradeScheme, user: User) -> str:
    """The proposals of a preview, for a hidden field."""
    cells = [
        [
            one.enrolment,
            one.item,
            one.typed.kind.value,
            _as_text(one.typed.score),
            one.seen,
            _as_text(one.derived),
        ]
        for one in (change.proposal for change in preview.changes)
    ]
    value = {"key": str(preview.key), "source": preview.source, "cells": cells}
    return signing.dumps(value, salt=_salt(scheme, user), compress=True)


def unpack(text: str, scheme: GradeScheme, user: User) -> tuple[uuid.UUID, EntrySource, list[Proposal]]:
    """What `pack` made, or PreviewGone."""
    try:
        value = signing.loads(text, salt=_salt(scheme, user), max_age=A_DAY)
    except signing.BadSignature as error:
        raise PreviewGone from error
    proposals = [
        Proposal(enrolment, item, Typed(EntryKind(kind), _as_number(score)), seen, _as_number(derived))
        for enrolment, item, kind, score, seen, derived in value["cells"]
    ]
    return uuid.UUID(value["key"]), EntrySource(value["source"]), proposals


def renewed(
    book: Book,
    learners: Mapping[int, Enrolment],
    key: uuid.UUID,
    source: EntrySource,
    proposals: Sequence[Proposal],
) -> Preview:
    """The preview of the same proposals as things stand now."""
    preview = Preview(key, source)
    grades = book.grades([learners[pk] for pk in {one.enrolment for one in proposals} if pk in learners])
    for one in proposals:
        item = grades[one.enrolment].item(one.item) if one.enrolment in grades else None
        if item is None:
            continue
        if same(one.typed, item):
            preview.unchanged += 1
        else:
            preview.changes.append(change_of(learners[one.enrolment], item, one.typed))
    return preview


def _salt(scheme, user):
    return f"gradebook.preview.{scheme.pk}.{user.pk}"


def _as_text(number):
    return None if number is None else str(number)


def _as_number(text):
    return None if text is None else Decimal(text)
