"""A quiz attempt as a learner may see it: questions in order, options as shuffled for this attempt, and, once it is
handed in, what was right. While it is open nothing here carries the answer key."""

import random
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments.models import QuestionKind, QuizAttempt
from learning.models import Attempt


@dataclass(frozen=True)
class OptionShown:
    """One option as shown; `is_right` and `feedback` are None and empty until they may be seen."""

    key: str
    text: str
    chosen: bool
    is_right: bool | None = None
    feedback: str = ""


@dataclass(frozen=True)
class QuestionShown:
    """One question as shown."""

    item_id: int
    number: int
    kind: str
    stem: str
    options: tuple[OptionShown, ...]
    language: str
    saved_at: datetime | None
    score: Decimal | None = None
    points: Decimal = Decimal(1)
    feedback: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether any option is chosen."""
        return any(option.chosen for option in self.options)

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind == QuestionKind.MULTIPLE

    @property
    def name(self) -> str:
        """The name of its form fields."""
        return f"item-{self.item_id}"


def questions_shown(quiz_attempt: QuizAttempt, language: str, *, reveal_right: bool = False) -> list[QuestionShown]:
    """The questions of an attempt in a language (the source language's words where it has none).

    Feedback and marks come only with an attempt handed in; which options were right, only with `reveal_right` too.
    """
    attempt = quiz_attempt.attempt
    items = attempt.version.quiz_items.select_related("question_version")
    answers = {answer.item_id: answer for answer in quiz_attempt.answers.all()}
    shuffle = attempt.version.settings.get("shuffle_options", False)
    order = random.Random(quiz_attempt.seed)
    shown = []
    for number, item in enumerate(items, start=1):
        content = item.question_version.content
        options = list(content["options"])
        if shuffle and content["kind"] != QuestionKind.TRUE_FALSE:
            order.shuffle(options)
        words, spoken = _words(content, language)
        answer = answers.get(item.pk)
        chosen = set(answer.response) if answer else set()
        finished = attempt.finished_at is not None
        shown.append(
            QuestionShown(
                item_id=item.pk,
                number=number,
                kind=content["kind"],
                stem=words["stem"],
                options=tuple(_option(option, words, chosen, finished, reveal_right) for option in options),
                language=spoken,
                saved_at=answer.saved_at if answer else None,
                score=(answer.score if answer else Decimal(0)) if finished else None,
                points=item.points,
                feedback=words["feedback"] if finished else "",
            )
        )
    return shown


def _words(content, language):
    texts = content["texts"]
    spoken = language if language in texts else next(iter(texts))
    return texts[spoken], spoken


def _option(option, words, chosen, finished, reveal_right):
    text = words["options"].get(option["key"], {})
    is_chosen = option["key"] in chosen
    may_judge = finished and (is_chosen or reveal_right)
    return OptionShown(
        key=option["key"],
        text=text.get("text", ""),
        chosen=is_chosen,
        is_right=option["correct"] if may_judge else None,
        feedback=text.get("feedback", "") if may_judge else "",
    )


def may_reveal_right(attempt: Attempt, attempts_left: int | None) -> bool:
    """Whether right answers may be shown: the attempt is handed in, and it passed or no attempt is left."""
    return attempt.finished_at is not None and (attempt.passed or attempts_left == 0)
