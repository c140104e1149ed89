"""What waits to be marked: by quiz and edition, by question, by learner. As many queries whatever the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet

from assessments.codes import code_of
from assessments.models import Answer, AttemptItem, Quiz
from enrolments.models import Edition
from learning.models import Attempt

# Nobody has said what it is worth, and it counts.
WAITS = Q(item__marks=None, item__dropped_at=None, item__given_at=None)


def manual_answers(editions: Iterable[Edition]) -> QuerySet[Answer]:
    """The answers handed in that no key can grade."""
    return Answer.objects.filter(
        score=None,
        quiz_attempt__attempt__finished_at__isnull=False,
        quiz_attempt__attempt__enrolment__edition__in=editions,
    )


def waiting_answers(editions: Iterable[Edition]) -> QuerySet[Answer]:
    """Those that nobody has marked yet."""
    return manual_answers(editions).filter(WAITS)


@dataclass(frozen=True)
class Pile:
    """The answers to one quiz in one edition."""

    quiz: Quiz
    edition: Edition
    total: int
    waiting: int
    since: datetime | None

    @property
    def marked(self) -> int:
        """How many are marked."""
        return self.total - self.waiting


COUNTED = {
    "total": Count("pk", distinct=True),
    "waiting": Count("pk", filter=WAITS, distinct=True),
}


def piles(editions: Iterable[Edition]) -> list[Pile]:
    """Every quiz with answers to mark; the longest wait first, then those where nothing waits."""
    rows = (
        manual_answers(editions)
        .values(
            quiz=F("quiz_attempt__attempt__activity"), edition=F("quiz_attempt__attempt__enrolment__edition")
        )
        .annotate(**COUNTED, since=Min("quiz_attempt__attempt__finished_at", filter=WAITS))
    )
    found = list(rows)
    quizzes = Quiz.objects.in_bulk({row["quiz"] for row in found})
    known = Edition.objects.select_related("course").in_bulk({row["edition"] for row in found})
    made = [
        Pile(quizzes[row["quiz"]], known[row["edition"]], row["total"], row["waiting"], row["since"])
        for row in found
    ]
    return sorted(
        made, key=lambda pile: (not pile.waiting, pile.since and pile.since.timestamp(), -pile.quiz.pk)
    )


def quizzes_taken(edition: Edition) -> list[tuple[Quiz, int]]:
    """Every quiz that was handed in in an edition, with how many attempts."""
    finished = Attempt.objects.finished().filter(enrolment__edition=edition, quiz_attempt__isnull=False)
    counts = dict(finished.order_by().values_list("activity").annotate(Count("pk")))
    return [(quiz, counts[quiz.pk]) for quiz in Quiz.objects.filter(pk__in=counts).order_by("title", "pk")]


@dataclass(frozen=True)
class Heap:
    """The answers to one question, or of one attempt: what they are called, and the first one that waits (or any)."""

    label: str
    total: int
    waiting: int
    first_item: int
    attempt_id: int | None = None
    since: datetime | None = None

    @property
    def marked(self) -> int:
        """How many are marked."""
        return self.total - self.waiting


FIRST = {"first": Min("item"), "first_waiting": Min("item", filter=WAITS)}


def by_question(quiz: Quiz, edition: Edition) -> list[Heap]:
    """The answers to a quiz in an edition, question by question."""
    rows = (
        manual_answers([edition])
        .filter(quiz_attempt__attempt__activity=quiz)
        .values(
            name=F("item__question_version__question__name"), question=F("item__question_version__question")
        )
        .annotate(**COUNTED, **FIRST)
        .order_by("question")
    )
    return [
        Heap(row["name"], row["total"], row["waiting"], row["first_waiting"] or row["first"]) for row in rows
    ]


def by_learner(quiz: Quiz, edition: Edition) -> list[Heap]:
    """The same, attempt by attempt, the longest wait first; with codes for names where the quiz hides these."""
    rows = (
        manual_answers([edition])
        .filter(quiz_attempt__attempt__activity=quiz)
        .values("quiz_attempt")
        .annotate(**COUNTED, **FIRST)
    )
    found = list(rows)
    related = ("version", "enrolment__person")
    attempts = Attempt.objects.select_related(*related).in_bulk([row["quiz_attempt"] for row in found])
    heaps = [
        Heap(
            who(attempts[row["quiz_attempt"]]),
            row["total"],
            row["waiting"],
            row["first_waiting"] or row["first"],
            attempt_id=row["quiz_attempt"],
            since=attempts[row["quiz_attempt"]].finished_at,
        )
        for row in found
    ]
    return sorted(heaps, key=lambda heap: (not heap.waiting, heap.since, heap.label))


def is_anonymous(attempt: Attempt) -> bool:
    """Whether markers see a code in the place of the name: as the quiz said when the attempt began."""
    return bool(attempt.version and attempt.version.settings.get("anonymous_marking"))


def who(attempt: Attempt) -> str:
    """Whose attempt it is, as far as a marker may know."""
    return code_of(attempt.pk) if is_anonymous(attempt) else attempt.enrolment.person.full_name


@dataclass(frozen=True)
class Sequence:
    """The answers a marker goes through, and where this one stands among them."""

    items: tuple[int, ...]
    waiting: frozenset[int]
    here: int

    @property
    def place(self) -> int:
        """Counted from one."""
        return self.items.index(self.here) + 1 if self.here in self.items else 0

    @property
    def previous(self) -> int | None:
        """The one before, marked or not."""
        return self.items[self.place - 2] if self.place > 1 else None

    @property
    def following(self) -> int | None:
        """The one after, marked or not."""
        return self.items[self.place] if 0 < self.place < len(self.items) else None

    @property
    def next_waiting(self) -> int | None:
        """The next one that waits, after this one and then from the start."""
        later = [item for item in self.items if item in self.waiting and item > self.here]
        others = [item for item in self.items if item in self.waiting and item != self.here]
        return next(iter(later or others), None)


def sequence_of(item: AttemptItem, *, by_learner: bool) -> Sequence:
    """One learner's answers across questions, or one question's across the learners of an edition and quiz."""
    attempt = item.quiz_attempt.attempt
    answers = manual_answers([attempt.enrolment.edition_id])
    if by_learner:
        answers = answers.filter(quiz_attempt=item.quiz_attempt_id)
    else:
        answers = answers.filter(
            quiz_attempt__attempt__activity=attempt.activity_id,
            item__question_version__question=item.question_version.question_id,
        )
    rows = answers.order_by("item").values_list(
        "item", Count("item__marks"), "item__dropped_at", "item__given_at"
    )
    found = list(rows)
    waiting = frozenset(pk for pk, marks, dropped, given in found if not (marks or dropped or given))
    return Sequence(tuple(pk for pk, *_facts in found), waiting, item.pk)
