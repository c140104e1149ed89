"""What grading some questions anew would do, before anything is done: whose score changes, from what to what.

The same pure function says what a question earns afterwards, here and when the regrade is applied.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wagtail import hooks

from assessments import kinds
from assessments.models import Answer, Question, QuestionVersion, Quiz, RegradeAction
from assessments.outcomes import ItemOutcome, outcomes, score_of
from assessments.scoring import ONE, ZERO, score
from enrolments.models import Edition
from learning.models import Attempt

# Read at a time, so that an edition of thousands does not stand in memory at once.
WINDOW = 500
# Hooks answer with what rests on scores: {enrolment id: [sentence, …]}, for some enrolments.
AWARDS_GIVEN = "awards_given"


@dataclass(frozen=True)
class Choice:
    """What is decided about one question."""

    question_id: int
    action: str
    key_version_id: int | None = None


@dataclass(frozen=True)
class Change:
    """What a regrade makes of one finished attempt."""

    attempt_id: int
    enrolment_id: int
    number: int
    pass_mark: Decimal
    before: Decimal | None
    after: Decimal | None

    @property
    def is_one(self) -> bool:
        """Whether the score changes at all."""
        return self.before != self.after

    @property
    def passes_now(self) -> bool:
        """Whether it did not reach its pass mark and then does."""
        return not self._passes(self.before) and self._passes(self.after)

    @property
    def fails_now(self) -> bool:
        """Whether it reached its pass mark and then does not."""
        return self._passes(self.before) and not self._passes(self.after)

    def _passes(self, value):
        return value is not None and value >= self.pass_mark


@dataclass(frozen=True)
class Preview:
    """A regrade before it is applied. `fingerprint` stands for all of it, so that a stale one is told apart."""

    changes: tuple[Change, ...]
    unchanged: int
    under_way: int
    waiting: int
    marks_kept: int
    nothing_left: bool
    fingerprint: str

    @property
    def passing(self) -> int:
        """How many attempts pass that did not."""
        return sum(change.passes_now for change in self.changes)

    @property
    def failing(self) -> int:
        """How many attempts no longer reach their pass mark."""
        return sum(change.fails_now for change in self.changes)

    @property
    def total(self) -> int:
        """How many finished attempts were looked at."""
        return len(self.changes) + self.unchanged


def attempts_of(quiz: Quiz, editions: Iterable[Edition]):
    """Every attempt at the quiz in these editions, open ones too."""
    attempts = Attempt.objects.filter(activity=quiz, enrolment__edition__in=editions)
    return attempts.filter(quiz_attempt__isnull=False).order_by("pk")


def regrade_preview(quiz: Quiz, editions: Collection[Edition], choices: Mapping[int, Choice]) -> Preview:
    """What these choices would do, worked out now."""
    attempts = attempts_of(quiz, editions)
    finished = list(
        attempts.finished().values_list("pk", "enrolment", "number", "pass_mark", "score", named=True)
    )
    contents = contents_of(choices)
    changes, unchanged, waiting, marks, nothing_left = [], 0, 0, 0, False
    for start in range(0, len(finished), WINDOW):
        window = finished[start : start + WINDOW]
        pks = [row.pk for row in window]
        found, given = outcomes(pks), responses(pks, choices)
        for row in window:
            items = list(regraded(found[row.pk], choices, given, contents))
            change = Change(row.pk, row.enrolment, row.number, row.pass_mark, row.score, score_of(items))
            if change.is_one:
                changes.append(change)
            else:
                unchanged += 1
            waiting += change.after is None
            marks += sum(item.mark is not None and item.question_id in choices for item in items)
            nothing_left = nothing_left or not any(not item.is_dropped and item.points for item in items)
    return Preview(
        changes=tuple(changes),
        unchanged=unchanged,
        under_way=attempts.filter(finished_at=None).count(),
        waiting=waiting,
        marks_kept=marks,
        nothing_left=nothing_left and bool(finished),
        fingerprint=_fingerprint(changes, unchanged, editions, choices),
    )


def contents_of(choices: Mapping[int, Choice]) -> dict[int, dict]:
    """The contents by whose keys these questions are graded, by version: new ones, and for going back their own."""
    keys = {choice.key_version_id for choice in choices.values() if choice.key_version_id}
    own = [pk for pk, choice in choices.items() if choice.action == RegradeAction.OWN]
    versions = QuestionVersion.objects.filter(pk__in=keys) | QuestionVersion.objects.filter(question__in=own)
    return dict(versions.values_list("pk", "content"))


def responses(attempt_ids: Collection[int], choices: Collection[int]) -> dict[int, Any]:
    """What was answered to these questions in these attempts, by item."""
    answers = Answer.objects.filter(
        quiz_attempt__in=attempt_ids, item__question_version__question__in=list(choices)
    )
    return dict(answers.values_list("item", "response"))


def regraded(
    items: Iterable[ItemOutcome],
    choices: Mapping[int, Choice],
    given: Mapping[int, Any],
    contents: Mapping[int, dict],
) -> Iterator[ItemOutcome]:
    """The questions of an attempt as they stand after a regrade. Marks of people are never touched."""
    for item in items:
        choice = choices.get(item.question_id)
        yield regraded_item(item, choice, given.get(item.pk), contents) if choice else item


def regraded_item(item: ItemOutcome, choice: Choice, response, contents: Mapping[int, dict]) -> ItemOutcome:
    """One question as it stands after what was decided about it."""
    match choice.action:
        case RegradeAction.DROP:
            return replace(item, is_dropped=True)
        case RegradeAction.GIVE:
            return replace(item, is_dropped=False, is_given=True, key_score=ONE)
    version = choice.key_version_id or item.version_id
    return replace(
        item,
        is_dropped=False,
        is_given=False,
        graded_by_id=choice.key_version_id,
        key_score=score(contents[version], response) if item.is_answered else ZERO,
    )


def _fingerprint(changes, unchanged, editions, choices) -> str:
    """A number for what a preview shows and what it was asked."""
    asked = sorted((choice.question_id, choice.action, choice.key_version_id) for choice in choices.values())
    said = [(change.attempt_id, str(change.before), str(change.after)) for change in changes]
    value = repr([asked, sorted(edition.pk for edition in editions), unchanged, said])
    return hashlib.sha256(value.encode()).hexdigest()


def newer_keys(questions: Iterable[Question]) -> dict[int, QuestionVersion]:
    """The newest version of each question, by question."""
    found: dict[int, QuestionVersion] = {}
    for version in QuestionVersion.objects.filter(question__in=questions).order_by("number"):
        found[version.question_id] = version
    return found


def same_kind(version: QuestionVersion, kind: str) -> bool:
    """Whether answers to a question of this kind can be graded by the version's key."""
    return version.content["kind"] == kind and kinds.get(kind).is_answerable


def awards_given(enrolment_ids: Collection[int]) -> dict[int, list[str]]:
    """What was awarded already in these enrolments, as sentences; it stays whatever a regrade does."""
    found: dict[int, list[str]] = {}
    for ask in hooks.get_hooks(AWARDS_GIVEN):
        for enrolment, sentences in ask(enrolment_ids).items():
            found.setdefault(enrolment, []).extend(sentences)
    return found
