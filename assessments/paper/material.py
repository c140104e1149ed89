"""What a question is shown from: its content, the words of a language, the answer so far, and how much may be seen.

While nothing may be judged, nothing that is made from it carries the answer key.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessments.kinds import word
from assessments.kinds.base import ONE, ZERO
from assessments.models import AnswerFile
from assessments.models.sight import Sight
from assessments.rich_words import RichTextBatch, RichWords

RIGHT, PARTLY, WRONG = "right", "partly", "wrong"


@dataclass(frozen=True)
class Material:
    """Everything a question is shown from."""

    content: dict
    words: dict
    language: str
    response: Any
    sight: Sight
    rich: RichTextBatch = field(repr=False)
    seed: int = 1
    shuffles: bool = True
    image: Any = None
    files: Sequence[AnswerFile] = ()

    @property
    def settings(self) -> dict:
        """The rules of the kind."""
        return self.content.get("settings", {})

    def text(self, key: str) -> str:
        """The words of one part."""
        return word(self.words, key)

    def feedback(self, key: str, *, met: bool) -> RichWords:
        """The feedback on one part: on what was chosen, and on everything once the right answers are shown."""
        said = self.words.get("options", {}).get(key, {}).get("feedback", "")
        allowed = self.sight.feedback and (met or self.sight.right)
        return self.rich(said if allowed else "")

    def mark(self, earned: Decimal) -> str:
        """How one part is judged, or nothing while that may not be seen."""
        return judged(earned) if self.sight.marks or self.sight.right else ""

    def shuffled(self, parts: Sequence, salt: str = "") -> list:
        """The parts in an order of this attempt, the same each time it is shown."""
        order = list(parts)
        random.Random(f"{self.seed}{salt}").shuffle(order)  # noqa: S311 - an order to look at, not a secret
        return order

    def out_of_order(self, parts: Sequence, salt: str = "") -> list:
        """Shuffled, and never as the author has them where there are more than two."""
        order = self.shuffled(parts, salt)
        if len(order) > 2 and order == list(parts):
            order = [*order[1:], order[0]]
        return order


def judged(earned: Decimal) -> str:
    """A share between 0 and 1 in one word."""
    if earned >= ONE:
        return RIGHT
    return PARTLY if earned > ZERO else WRONG


@dataclass(frozen=True)
class Target:
    """What an item can be matched with, or a gap be filled with."""

    key: str
    text: str
