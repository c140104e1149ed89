"""What a response is worth. Pure functions: question content in, a score from 0 to 1 out."""

from collections.abc import Collection
from decimal import Decimal

from assessments.models import QuestionKind

ONE, ZERO = Decimal(1), Decimal(0)


def right_keys(content: dict) -> set[str]:
    """The keys of the options that are right."""
    return {option["key"] for option in content["options"] if option["correct"]}


def clean_response(content: dict, response: Collection[str]) -> list[str]:
    """The response in the author's order, without what is no option; one at most unless several may be chosen."""
    chosen = [option["key"] for option in content["options"] if option["key"] in response]
    return chosen if content["kind"] == QuestionKind.MULTIPLE else chosen[:1]


def score(content: dict, response: Collection[str]) -> Decimal:
    """The score of a response, 0 to 1.

    One right answer: all or nothing. Several: each right option chosen earns its share, each wrong one chosen takes a
    share away, and the sum is never below zero.
    """
    right, chosen = right_keys(content), set(response)
    if not right:
        return ZERO
    if content["kind"] != QuestionKind.MULTIPLE:
        return ONE if chosen == right else ZERO
    points = len(chosen & right) - len(chosen - right)
    return max(ZERO, Decimal(points) / len(right)).quantize(Decimal("0.001"))


def total(scores_and_points: Collection[tuple[Decimal, Decimal]]) -> Decimal:
    """The score of a whole quiz, 0 to 1: scores weighed by points. Rounded down, so that 0.6996 is not 0.7."""
    worth = sum((points for _score, points in scores_and_points), ZERO)
    if not worth:
        return ZERO
    earned = sum((value * points for value, points in scores_and_points), ZERO)
    return (earned / worth).quantize(Decimal("0.001"), rounding="ROUND_DOWN")
