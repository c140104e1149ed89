"""What every question of many finished attempts earned, read in as many queries whatever their number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import AttemptItem, Mark
from assessments.scoring import ONE, ZERO, total


@dataclass(frozen=True)
class ItemOutcome:
    """One question of one attempt: how it was graded, and what that comes to."""

    pk: int
    attempt_id: int
    sort_order: int
    # Where the author put it, whatever the order it was asked in.
    place: int
    question_id: int
    version_id: int
    graded_by_id: int | None
    points: Decimal
    is_dropped: bool
    is_given: bool
    is_answered: bool
    # What the key says; None while a person has to.
    key_score: Decimal | None
    language: str
    seconds: int
    # What a person says; the newest mark.
    mark: Decimal | None = None

    @property
    def earned(self) -> Decimal | None:
        """0 to 1; None while it waits. A person's mark comes first, then points given to everybody, then the key."""
        if self.mark is not None:
            return self.mark
        return ONE if self.is_given else self.key_score

    @property
    def waits(self) -> bool:
        """Whether somebody has to mark it before the attempt has a score."""
        return not self.is_dropped and self.earned is None


FIELDS = (
    "pk",
    "quiz_attempt_id",
    "sort_order",
    "version_item__sort_order",
    "question_version__question_id",
    "question_version_id",
    "graded_by_id",
    "points",
    "dropped_at",
    "given_at",
    "answer__pk",
    "answer__score",
    "answer__language",
    "answer__seconds",
)


def outcomes(attempt_ids: Collection[int]) -> dict[int, list[ItemOutcome]]:
    """The questions of each attempt in the order they were asked."""
    marks = dict(
        Mark.objects.filter(item__quiz_attempt__in=attempt_ids)
        .order_by("marked_at", "pk")
        .values_list("item", "score")
    )
    rows = AttemptItem.objects.filter(quiz_attempt__in=attempt_ids).order_by("quiz_attempt", "sort_order")
    found: dict[int, list[ItemOutcome]] = {pk: [] for pk in attempt_ids}
    for (
        pk,
        attempt,
        order,
        place,
        question,
        version,
        key,
        points,
        dropped,
        given,
        answer,
        score,
        language,
        seconds,
    ) in rows.values_list(*FIELDS):
        found[attempt].append(
            ItemOutcome(
                pk=pk,
                attempt_id=attempt,
                sort_order=order,
                place=place,
                question_id=question,
                version_id=version,
                graded_by_id=key,
                points=points,
                is_dropped=dropped is not None,
                is_given=given is not None,
                is_answered=answer is not None,
                key_score=score if answer is not None else ZERO,
                language=language or "",
                seconds=seconds or 0,
                mark=marks.get(pk),
            )
        )
    return found


def score_of(items: Iterable[ItemOutcome]) -> Decimal | None:
    """The score of an attempt; None while a question waits for its mark."""
    return total([(item.earned, item.points) for item in items if not item.is_dropped])
