"""Drafts drawn with what draws them for learners."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, groupby

from django.db.models import prefetch_related_objects

from assessments import kinds
from assessments.models import ItemKind, Question, QuestionKind, Quiz, QuizItem
from assessments.models.sight import EVERYTHING, NOTHING
from assessments.paper import GroupShown, QuestionShown, SectionShown, question_shown, words_in
from assessments.paper.papers import CaseShown
from assessments.rich_words import RichTextBatch


@dataclass(frozen=True)
class Asked:
    """One question of a draft, with what stands around it. A case that has no questions yet is asked by itself."""

    question: Question | None
    case: Question | None = None
    points: Decimal = Decimal(1)
    section: QuizItem | None = None


@dataclass(frozen=True)
class Sample:
    """One draw of a quiz: what is asked, and how much of it came by chance."""

    asked: list[Asked]
    by_chance: int = 0
    languages: list[str] = field(default_factory=list)


def sample_of(draft: Quiz) -> Sample:
    """The questions of a quiz as one learner might get them, fixed ones as drafted and random ones as approved."""
    asked, by_chance, section, used = [], 0, None, set()
    items = draft.items_to_read()
    used.update(item.question_id for item in items if item.question_id)
    for item in items:
        if item.kind == ItemKind.SECTION:
            section = item
        elif item.kind == ItemKind.DRAW and item.draw_bank_id:
            picked = pick(item, used)
            by_chance += len(picked)
            asked += [Asked(question, points=item.points, section=section) for question in picked]
        elif item.shown:
            parts = [(part.shown, part.points) for part in item.parts]
            asked += one_or_case(item.shown, parts, item.points, section)
    return Sample([one for one in asked if has_words(one)], by_chance, languages_of(asked))


def pick(item: QuizItem, used: set[int]) -> list[Question]:
    """As many questions as the place draws, none that was used."""
    pool = [question for question in item.pool().distinct() if question.pk not in used]
    picked = random.sample(pool, min(item.draw_count, len(pool)))
    used.update(question.pk for question in picked)
    prefetch_related_objects(picked, "bank__course__source_locale", "texts", "image")
    return picked


def one_or_case(question, parts, points, section=None) -> list[Asked]:
    """A question, or the questions of a case."""
    if question.kind != QuestionKind.CASE:
        return [Asked(question, points=points, section=section)]
    if not parts:
        return [Asked(None, question, section=section)]
    return [Asked(part, question, its_points, section) for part, its_points in parts]


def asked_in(question: Question) -> list[Asked]:
    """A question by itself, as drafted; a case with its questions."""
    parts = list(question.parts.all()) if question.kind == QuestionKind.CASE else []
    prefetch_related_objects(parts, "question__bank__course__source_locale", "question_revision")
    found = one_or_case(
        question, [(part.question_as_pinned, part.points) for part in parts], points=Decimal(1)
    )
    return [one for one in found if has_words(one)]


def has_words(asked: Asked) -> bool:
    """Whether there is anything to draw."""
    return all(question.texts.all() for question in (asked.question, asked.case) if question)


def languages_of(asked: Iterable[Asked]) -> list[str]:
    """The languages anything is worded in."""
    questions = [question for one in asked for question in (one.question, one.case) if question]
    return sorted({text.language for question in questions for text in question.texts.all()})


def drawn(
    asked: Iterable[Asked], language: str, *, answers: bool, shuffles: bool = False
) -> list[SectionShown]:
    """What is asked, for the templates learners get; on request answered rightly, with all feedback."""
    rich, numbers = RichTextBatch(), count(1)
    sections = []
    for section, group in groupby(asked, key=lambda one: one.section):
        groups = tuple(groups_of(group, language, rich, numbers, answers=answers, shuffles=shuffles))
        words = (section.words.get(language) or next(iter(section.words.values()), {})) if section else {}
        sections.append(SectionShown(words.get("title", ""), words.get("instructions", ""), groups))
    return sections


def groups_of(asked, language, rich, numbers, **how) -> Iterator[GroupShown]:
    """Questions by themselves, and those about a case behind it."""
    for case, group in groupby(asked, key=lambda one: one.case):
        shown = None
        if case:
            words, spoken = words_in(case.content, language)
            shown = CaseShown(rich(words["stem"]), spoken)
        questions = [
            question_drawn(one, language, rich, next(numbers), **how) for one in group if one.question
        ]
        yield GroupShown(shown, tuple(questions))


def question_drawn(asked: Asked, language, rich, number, *, answers, shuffles) -> QuestionShown:
    """One question; with `answers` as somebody sees it afterwards who knew the answer."""
    question = asked.question
    content, kind = question.content, kinds.get(question.kind)
    known = answers and not kind.is_manual
    return question_shown(
        content,
        language,
        EVERYTHING if answers else NOTHING,
        rich=rich,
        response=kind.right_response(content, language) if known else None,
        score=Decimal(1) if known else None,
        seed=number,
        shuffles=shuffles,
        image=question.image,
        points=asked.points,
        item_id=number,
        number=number,
    )
