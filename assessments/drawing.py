"""Draws the questions of an attempt: fixed ones and random ones, in sections, shuffled by a seed, on pages."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from assessments.models import AttemptItem, ItemKind, QuestionKind, QuestionVersion, Quiz, QuizVersionItem
from courses.models import ActivityVersion
from enrolments.models import Enrolment

# Questions that stay together: one, or a case with all of its own.
Unit = list[AttemptItem]


@dataclass
class Section:
    """What stands under one heading; the first questions of a quiz may have none."""

    head: QuizVersionItem | None
    places: list[QuizVersionItem]


def draw_items(version: ActivityVersion, seed: int, *, avoid: Iterable[int] = ()) -> list[AttemptItem]:
    """The questions of an attempt at this version, in order and on pages, not saved.

    `avoid` names questions (by primary key) that random draws leave out as long as the pool is large enough.
    """
    chance = random.Random(seed)  # noqa: S311 - an order to look at, not a secret
    places = version.quiz_items.select_related("question_version").prefetch_related(
        "question_version__parts__question_version"
    )
    sections = list(in_sections(places))
    draws = Draws(chance, used=set(questions_placed(places)), avoid=set(avoid))
    rules = version.settings
    drawn = []
    for section in sections:
        units = [unit for place in section.places for unit in units_of(place, draws)]
        if rules.get("shuffle_questions") or (section.head and section.head.shuffle):
            chance.shuffle(units)
        drawn.append((section, units))
    return list(on_pages(drawn, rules.get("questions_per_page") or 0))


def questions_placed(places: Iterable[QuizVersionItem]) -> Iterator[int]:
    """The questions that stand in a quiz by themselves or in a case, by primary key; no draw may pick them again."""
    for place in places:
        if place.question_version:
            yield place.question_version.question_id
            yield from (part.question_version.question_id for part in place.question_version.parts.all())


def in_sections(places: Iterable[QuizVersionItem]) -> Iterator[Section]:
    """The places of a quiz under their headings."""
    section = Section(None, [])
    for place in places:
        if place.kind == ItemKind.SECTION:
            if section.places or section.head:
                yield section
            section = Section(place, [])
        else:
            section.places.append(place)
    if section.places or section.head:
        yield section


class Draws:
    """Random questions, none twice in one attempt."""

    def __init__(self, chance, *, used, avoid):
        self.chance = chance
        self.used = used
        self.avoid = avoid

    def versions(self, place: QuizVersionItem) -> list[QuestionVersion]:
        """The newest published versions of as many questions as the place draws; fewer only if the pool is smaller."""
        published = place.pool().filter(versions__isnull=False)
        pool = set(published.values_list("pk", flat=True)) - self.used
        fresh, met = sorted(pool - self.avoid), sorted(pool & self.avoid)
        picked = self.chance.sample(fresh, min(place.draw_count, len(fresh)))
        missing = min(place.draw_count - len(picked), len(met))
        picked += self.chance.sample(met, missing)
        self.used.update(picked)
        newer = QuestionVersion.objects.filter(question=OuterRef("question"), number__gt=OuterRef("number"))
        newest = QuestionVersion.objects.filter(~Exists(newer), question__in=picked)
        by_question = {version.question_id: version for version in newest}
        return [by_question[pk] for pk in picked]


def units_of(place: QuizVersionItem, draws: Draws) -> Iterator[Unit]:
    """What learners are asked at one place of the quiz."""
    if place.kind == ItemKind.DRAW:
        for version in draws.versions(place):
            yield [AttemptItem(version_item=place, question_version=version, points=place.points)]
    elif place.question_version.content["kind"] == QuestionKind.CASE:
        yield [
            AttemptItem(
                version_item=place,
                question_version=part.question_version,
                case_version=place.question_version,
                points=part.points,
            )
            for part in place.question_version.parts.all()
        ]
    else:
        yield [AttemptItem(version_item=place, question_version=place.question_version, points=place.points)]


def on_pages(drawn: Iterable[tuple[Section, list[Unit]]], per_page: int) -> Iterator[AttemptItem]:
    """Give every question its order and page: a section begins a page, a case is never torn apart."""
    order, page, on_page = 0, 0, 0
    for section, units in drawn:
        if section.head and on_page:
            page, on_page = page + 1, 0
        for unit in units:
            if per_page and on_page and on_page + len(unit) > per_page:
                page, on_page = page + 1, 0
            for item in unit:
                item.section, item.sort_order, item.page = section.head, order, page
                order, on_page = order + 1, on_page + 1
                yield item


def questions_met(enrolment: Enrolment, quiz: Quiz) -> set[int]:
    """The questions this enrolment met in the quiz's pre-test."""
    if not quiz.pretest_id:
        return set()
    met = AttemptItem.objects.filter(
        quiz_attempt__attempt__enrolment=enrolment, quiz_attempt__attempt__activity=quiz.pretest_id
    )
    return set(met.values_list(F("question_version__question"), flat=True))
