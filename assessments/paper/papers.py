"""All questions of an attempt: on pages, under their headings, beside their cases, and with all of them at a glance.

The number of queries does not grow with the questions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language_info

from assessments import kinds
from assessments.kinds import plain
from assessments.kinds.gaps import MARK
from assessments.models import AnswerFile, AttemptItem, Mark, QuestionVersion, QuizAttempt, QuizVersionItem
from assessments.models.sight import EVERYTHING, NOTHING, Sight
from assessments.paper.choices import PICTURE_SPEC
from assessments.paper.questions import QuestionShown, question_shown
from assessments.paper.wording import graded_content, words_in
from assessments.rich_words import RichTextBatch, RichWords
from assessments.rubrics import rubric_shown
from assessments.scoring import earned
from cms.models import LmsImage
from learning.models import Attempt

IN_SHORT = 160


@dataclass(frozen=True)
class CaseShown:
    """What several questions are about."""

    stimulus: RichWords
    language: str

    @property
    def direction(self) -> str:
        """The direction it is written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


@dataclass(frozen=True)
class GroupShown:
    """Questions that stand together: about a case, or by themselves."""

    case: CaseShown | None
    questions: tuple[QuestionShown, ...]


@dataclass(frozen=True)
class SectionShown:
    """Groups under one heading; the heading may be empty."""

    title: str
    instructions: str
    groups: tuple[GroupShown, ...]

    @property
    def question_level(self) -> int:
        """The level of the heading of its questions, on a page of questions."""
        return 3 if self.title else 2

    @property
    def answer_level(self) -> int:
        """The same in a result, under its own heading."""
        return self.question_level + 1


@dataclass(frozen=True)
class Glance:
    """One question among all of them."""

    item_id: int
    number: int
    page: int
    is_answered: bool
    is_flagged: bool

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"question-{self.number}"


@dataclass(frozen=True)
class QuestionLine:
    """One question with the answer given, in plain words, to look over."""

    glance: Glance
    stem: str
    answer: str
    language: str
    missing: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """The direction its words are written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


class Paper:
    """The questions of one attempt in a language, as its learner may see them.

    While an attempt is open nothing is judged but what was checked in practice.
    """

    def __init__(self, quiz_attempt: QuizAttempt, language: str, sight: Sight = NOTHING):
        self.quiz_attempt = quiz_attempt
        self.language = language
        self.sight = sight
        self.items = list(_items(quiz_attempt))
        self._marks = _marks(quiz_attempt) if sight.anything and self._has_essays() else {}
        self._rich = RichTextBatch()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max((item.page for item in self.items), default=0) + 1

    @property
    def is_sequential(self) -> bool:
        """Whether a page that was left cannot be opened again."""
        return bool(self.quiz_attempt.rules.get("sequential"))

    @property
    def is_practice(self) -> bool:
        """Whether each question can be checked at once."""
        return bool(self.quiz_attempt.rules.get("practice"))

    @property
    def says_points(self) -> bool:
        """Whether the questions are worth different points, so that it is worth saying how many."""
        return len({item.points for item in self.items}) > 1

    def page_to_show(self, wanted: int | None) -> int:
        """The page asked for, or where the learner is; only that one where the quiz goes only forwards."""
        if self.is_sequential or wanted is None:
            return min(self.quiz_attempt.page_reached, self.pages - 1)
        return min(max(wanted, 0), self.pages - 1)

    def glances(self) -> list[Glance]:
        """All questions in order."""
        return [
            Glance(
                item_id=item.pk,
                number=number,
                page=item.page,
                is_answered=is_answered(item),
                is_flagged=item.flagged_at is not None,
            )
            for number, item in enumerate(self.items, start=1)
        ]

    def sections(self, page: int | None = None) -> list[SectionShown]:
        """What stands on one page, or on all of them."""
        numbered = [
            (number, item) for number, item in enumerate(self.items, start=1) if page in (None, item.page)
        ]
        sections = []
        for _key, group in groupby(numbered, key=lambda pair: pair[1].section_id):
            found = list(group)
            first = found[0][1]
            source = first.question_version.content.get("source", "")
            title, instructions = section_words(first.section, self.language, source)
            sections.append(SectionShown(title, instructions, tuple(self._groups(found))))
        return sections

    def questions(self, page: int | None = None) -> list[QuestionShown]:
        """The same without headings and cases."""
        return [
            question
            for section in self.sections(page)
            for group in section.groups
            for question in group.questions
        ]

    def lines(self) -> list[QuestionLine]:
        """Every question with its answer in plain words; what is asked on pages that lie ahead is not said yet."""
        met = self.quiz_attempt.page_reached if self.is_sequential else self.pages
        return [
            _line(item, glance, self.language, is_met=item.page <= met)
            for item, glance in zip(self.items, self.glances(), strict=True)
        ]

    def _groups(self, numbered) -> Iterator[GroupShown]:
        for case_version, group in groupby(numbered, key=lambda pair: pair[1].case_version):
            shown = tuple(self._question(number, item) for number, item in group)
            yield GroupShown(self._case(case_version), shown)

    def _case(self, version: QuestionVersion | None):
        if version is None:
            return None
        words, spoken = words_in(version.content, self.language)
        return CaseShown(self._rich(words["stem"]), spoken)

    def _question(self, number: int, item: AttemptItem) -> QuestionShown:
        answer, mark = answer_of(item), self._marks.get(item.pk)
        rules = self.quiz_attempt.rules
        sight = EVERYTHING if answer and answer.checked_at and not self.sight.anything else self.sight
        facts: dict[str, Any] = {}
        if answer:
            facts = {
                "sequence": answer.sequence,
                "seconds": answer.seconds,
                "saved_at": answer.saved_at,
                "checked_at": answer.checked_at,
            }
        return question_shown(
            graded_content(item) if sight.anything else item.question_version.content,
            self.language,
            sight,
            rich=self._rich,
            response=answer.response if answer else None,
            score=earned(item, answer, mark) if sight.anything else None,
            seed=self.quiz_attempt.seed + item.sort_order,
            shuffles=bool(rules.get("shuffle_options")),
            image=item.question_version.image,
            files=item.kept_files,
            comments=[mark.comment] if mark and mark.comment else [],
            rubric=_rubric(item, mark, self.language, sight),
            lesson_id=item.question_version.lesson_id,
            is_dropped=item.dropped_at is not None,
            is_given=item.given_at is not None,
            points=item.points,
            item_id=item.pk,
            number=number,
            page=item.page,
            is_flagged=item.flagged_at is not None,
            **facts,
        )

    def _has_essays(self):
        return any(item.question_version.behaviour.is_manual for item in self.items)


def answer_of(item: AttemptItem):
    """The answer to one question, or None."""
    return getattr(item, "answer", None)


def is_answered(item: AttemptItem) -> bool:
    """Whether one question is answered."""
    answer = answer_of(item)
    return bool(answer) and item.question_version.behaviour.is_answered(answer.response)


def _items(quiz_attempt):
    pictures = LmsImage.objects.prefetch_renditions(PICTURE_SPEC)
    items = list(
        quiz_attempt.items.select_related(
            "question_version__rubric_version", "case_version", "graded_by", "section", "answer"
        ).prefetch_related(Prefetch("question_version__image", pictures))
    )
    essays = [item.pk for item in items if item.question_version.content["kind"] == "essay"]
    files: dict[int, list[AnswerFile]] = defaultdict(list)
    if essays:
        for file in AnswerFile.objects.filter(item__in=essays, removed_at=None):
            files[file.item_id].append(file)
    for item in items:
        item.kept_files = files[item.pk]
    return items


def _marks(quiz_attempt) -> dict[int, Mark]:
    """The marks that may be shown: none before the attempt has its score."""
    if quiz_attempt.attempt.score is None:
        return {}
    marks = Mark.objects.filter(item__quiz_attempt=quiz_attempt.pk).order_by("marked_at", "pk")
    return {mark.item_id: mark for mark in marks}


def _rubric(item, mark, language, sight):
    """The rubric with the levels of a mark; what was said of each criterion is feedback."""
    pinned = item.question_version.rubric_version
    if pinned is None or mark is None or not mark.rubric_choices:
        return None
    comments = mark.rubric_comments if sight.feedback else {}
    return rubric_shown(pinned.content, language, choices=mark.rubric_choices, comments=comments)


def section_words(section: QuizVersionItem | None, language: str, source: str) -> tuple[str, str]:
    """Title and instructions of a section in a language, else in the source language, else in one it has."""
    if section is None or not section.words:
        return "", ""
    # A database keeps the order of languages or not: what is shown must not depend on it.
    words = section.words.get(language) or section.words.get(source) or section.words[min(section.words)]
    return words.get("title", ""), words.get("instructions", "")


def _line(item, glance, language, *, is_met):
    content, answer = item.question_version.content, answer_of(item)
    words, spoken = words_in(content, language)
    kind = kinds.get(content["kind"])
    response = answer.response if answer else kind.nothing()
    missing: Collection[str] = ()
    if glance.is_answered and content["kind"] == "essay":
        missing = kind.limits_missed(content, response)
    return QuestionLine(
        glance=glance,
        stem=in_short(MARK.sub("____", plain(words["stem"])), IN_SHORT) if is_met else "",
        answer=in_short(kind.response_text(content, words, response), 3 * IN_SHORT),
        language=spoken,
        missing=tuple(missing),
    )


def in_short(text: str, length: int) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= length:
        return text
    return f"{text[:length].rsplit(' ', 1)[0]} …"


def answered(glances: Iterable[Glance]) -> int:
    """How many questions are answered."""
    return sum(glance.is_answered for glance in glances)


def nonce_of(attempt: Attempt) -> str:
    """A name for what a browser keeps of an attempt; nobody else's page can come by it."""
    return salted_hmac("assessments.attempt", f"{attempt.pk}:{attempt.enrolment.person_id}").hexdigest()[:24]
