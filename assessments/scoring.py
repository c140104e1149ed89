"""What a whole quiz is worth. `assessments.kinds` says what one response is worth."""

from collections.abc import Collection
from decimal import Decimal

from assessments import kinds
from assessments.models import Answer, AttemptItem, Mark

ONE, ZERO = Decimal(1), Decimal(0)
# Marks are kept as shares: 1 of 3 points is not quite a third. What is lost below this never costs a pass.
MILLIONTH = Decimal("0.000001")


def clean_response(content: dict, response):
    """The response in its one normal form, without what does not belong to the question."""
    return kinds.get(content["kind"]).clean(content, response)


def score(content: dict, response) -> Decimal | None:
    """The score of a response, 0 to 1; None where a person has to mark it.

    What does not belong to this version of the question is left out first: a later version may grade an answer.
    """
    kind = kinds.get(content["kind"])
    response = kind.clean(content, response)
    return kind.score(content, response) if kind.is_answered(response) else ZERO


def total(scores_and_points: Collection[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The score of a whole quiz, 0 to 1: scores weighed by points. None while one of them waits for its mark.

    Rounded down, so that 0.6996 is not 0.7.
    """
    marked = [(value, points) for value, points in scores_and_points if value is not None]
    if len(marked) < len(scores_and_points):
        return None
    worth = sum((points for _value, points in marked), ZERO)
    if not worth:
        return ZERO
    reached = sum((value * points for value, points in marked), ZERO)
    return (reached / worth).quantize(MILLIONTH).quantize(Decimal("0.001"), rounding="ROUND_DOWN")


def earned(item: AttemptItem, answer: Answer | None, mark: Mark | None) -> Decimal | None:
    """What one question of an attempt earned, 0 to 1; None while it waits.

    A person's mark comes first, then points given to everybody, then what the key says.
    """
    if mark:
        return mark.score
    if item.given_at:
        return ONE
    if answer is None:
        return ZERO
    return score(item.key_version.content, answer.response)


def newest_marks(attempt_id: int) -> dict[int, Mark]:
    """The mark that counts for each question of an attempt, by item."""
    marks = Mark.objects.filter(item__quiz_attempt=attempt_id).order_by("marked_at", "pk")
    return {mark.item_id: mark for mark in marks}


def attempt_score(
    items: Collection[AttemptItem], answers: dict[int, Answer], marks: dict[int, Mark]
) -> Decimal | None:
    """The score of an attempt from its questions, answers and marks; what was dropped counts nowhere."""
    counted = [item for item in items if item.dropped_at is None]
    return total([(earned(item, answers.get(item.pk), marks.get(item.pk)), item.points) for item in counted])
