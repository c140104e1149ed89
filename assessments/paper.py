"""Questions as a learner may see them: in a language, and no more of them than may be seen.

Options stand as shuffled for this attempt. While an attempt is open nothing here carries the answer key.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import get_language_info

from assessments import kinds
from assessments.models import QuestionKind, QuizAttempt


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
    # The response as it is saved.
    chosen: tuple = ()
    sequence: int = 0
    saved_at: datetime | None = None
    score: Decimal | None = None
    feedback: str = ""
    lesson_id: int | None = None

    @property
    def is_answered(self) -> bool:
        """Whether any option is chosen."""
        return any(option.chosen for option in self.options)

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_right(self) -> bool:
        """Whether it earned everything it is worth; only known once handed in."""
        return self.score == 1

    @property
    def name(self) -> str:
        """The name of its form fields."""
        return f"item-{self.item_id}"

    @property
    def chosen_keys(self) -> str:
        """The options chosen, so that a form can tell what was changed in it."""
        return kinds.canonical(list(self.chosen))

    @property
    def direction(self) -> str:
        """The direction its words are written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


@dataclass(frozen=True)
class Sight:
    """How much may be seen: nothing is judged; or what was chosen is; or everything, right options included."""

    judged: bool = False
    revealed: bool = False


def questions_shown(
    quiz_attempt: QuizAttempt, language: str, *, reveal_right: bool = False
) -> list[QuestionShown]:
    """The questions of an attempt in a language (the source language's words where it has none).

    Feedback and marks come only with an attempt handed in; which options were right, only with `reveal_right` too.
    """
    attempt = quiz_attempt.attempt
    shuffle = attempt.version.settings.get("shuffle_options", False)
    finished = attempt.finished_at is not None
    sight = Sight(judged=finished, revealed=finished and reveal_right)
    items = quiz_attempt.items.select_related("question_version", "answer")
    shown = []
    for number, item in enumerate(items, start=1):
        content, answer = item.question_version.content, getattr(item, "answer", None)
        options = arranged(content, quiz_attempt.seed + item.sort_order if shuffle else None)
        shown.append(
            question_shown(
                content,
                options,
                language,
                sight,
                chosen=answer.response if answer else (),
                item_id=item.pk,
                number=number,
                sequence=answer.sequence if answer else 0,
                saved_at=answer.saved_at if answer else None,
                score=answer.score if answer else Decimal(0),
                lesson_id=item.question_version.lesson_id if finished else None,
            )
        )
    return shown


def question_shown(
    content: dict,
    options: list[dict],
    language: str,
    sight: Sight,
    *,
    chosen: Collection[str] = (),
    score: Decimal | None = None,
    **facts,
) -> QuestionShown:
    """One question in a language, with as much as may be seen of it."""
    words, spoken = words_in(content, language)
    return QuestionShown(
        kind=content["kind"],
        stem=words["stem"],
        options=tuple(_option(option, words, option["key"] in chosen, sight) for option in options),
        language=spoken,
        chosen=tuple(chosen),
        # It explains the answer, so it waits like the answer where the question was not answered rightly.
        feedback=words["feedback"] if sight.revealed or (sight.judged and score == 1) else "",
        score=score if sight.judged else None,
        **facts,
    )


def arranged(content: dict, seed: int | None) -> list[dict]:
    """The options in the author's order, or shuffled by a seed; true and false always stand as they are."""
    options = list(content["options"])
    if seed is not None and content["kind"] != QuestionKind.TRUE_FALSE:
        random.Random(seed).shuffle(options)  # noqa: S311 - an order to look at, not a secret
    return options


def words_in(content: dict, language: str) -> tuple[dict, str]:
    """The words in a language if it has all of them, else in the language the question was written in; and which."""
    texts, source = content["texts"], content.get("source", "")
    for spoken in (language, source):
        if spoken in texts and _is_whole(content, texts[spoken]):
            return texts[spoken], spoken
    spoken = source if source in texts else min(texts)
    return texts[spoken], spoken


def _is_whole(content, words):
    wanted = kinds.get(content["kind"]).words_wanted(content)
    return bool(words["stem"]) and all(words["options"].get(key, {}).get("text") for key in wanted)


def _option(option, words, is_chosen, sight):
    text = words["options"].get(option["key"], {})
    may_judge = sight.revealed or (sight.judged and is_chosen)
    return OptionShown(
        key=option["key"],
        text=text.get("text", ""),
        chosen=is_chosen,
        is_right=option["correct"] if may_judge else None,
        feedback=text.get("feedback", "") if may_judge else "",
    )
