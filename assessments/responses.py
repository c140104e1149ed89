"""What was answered, as a table: a row for each attempt handed in, three columns for each question."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments import kinds
from assessments.codes import code_of
from assessments.models import Answer, QuestionVersion, Quiz
from assessments.outcomes import ItemOutcome, outcomes
from assessments.regrades import WINDOW, attempts_of
from enrolments.models import Edition

Cell = Any


class Responses:
    """The table of a quiz in some editions; with names, or with codes in their place.

    Rows are read in windows: the number of queries grows with thousands of attempts, never with questions or learners.
    """

    def __init__(self, quiz: Quiz, editions: Iterable[Edition], *, named: bool):
        self.named = named
        attempts = attempts_of(quiz, editions).finished()
        self.attempts = attempts.select_related("enrolment__person", "enrolment__edition")
        asked = attempts.values_list(
            "quiz_attempt__items__question_version__question", "quiz_attempt__items__question_version"
        )
        versions = QuestionVersion.objects.filter(pk__in={version for _question, version in asked.distinct()})
        self.versions = {
            version.pk: version for version in versions.select_related("question").order_by("pk")
        }
        self.questions = {one.question_id: one.question for one in self.versions.values()}

    @property
    def headings(self) -> list[str]:
        """What stands above the columns."""
        person = [_("Family name"), _("Given names"), _("E-mail")] if self.named else [_("Code")]
        facts = [_("Edition"), _("Attempt"), _("Language"), _("Begun"), _("Handed in"), _("Score")]
        return [*person, *facts, *self._headings_of_questions()]

    def _headings_of_questions(self) -> Iterator[str]:
        for number, question in enumerate(self.questions.values(), start=1):
            name = _("%(number)s. %(question)s") % {"number": number, "question": question.name}
            yield name
            yield _("%(number)s. Points") % {"number": number}
            yield _("%(number)s. Seconds") % {"number": number}

    def rows(self) -> Iterator[list[Cell]]:
        """The attempts, one after the other."""
        pks = list(self.attempts.values_list("pk", flat=True))
        for start in range(0, len(pks), WINDOW):
            window = pks[start : start + WINDOW]
            found = outcomes(window)
            answers = Answer.objects.filter(quiz_attempt__in=window)
            given = dict(answers.values_list("item", "response"))
            for attempt in self.attempts.filter(pk__in=window):
                yield [*self._person(attempt), *facts_of(attempt), *self._answers(found[attempt.pk], given)]

    def _person(self, attempt) -> list[Cell]:
        if not self.named:
            return [code_of(attempt.pk)]
        person = attempt.enrolment.person
        return [person.last_name, person.first_name, person.email]

    def _answers(self, items: list[ItemOutcome], given: dict[int, Any]) -> Iterator[Cell]:
        of_question = {item.question_id: item for item in items}
        for question in self.questions:
            item = of_question.get(question)
            if item is None:
                yield from ("", "", "")
                continue
            earned = None if item.is_dropped or item.earned is None else item.earned * item.points
            yield self._text(item, given.get(item.pk))
            yield as_number(earned)
            yield item.seconds or ""

    def _text(self, item, response):
        content = self.versions[item.version_id].content
        kind, texts = kinds.get(content["kind"]), content["texts"]
        if not kind.is_answered(response):
            return ""
        words = (
            texts.get(item.language) or texts.get(content.get("source", "")) or next(iter(texts.values()), {})
        )
        return kind.response_text(content, words, response)


def facts_of(attempt) -> list[Cell]:
    """When it was taken, and what it came to."""
    return [
        attempt.enrolment.edition.code,
        attempt.number,
        attempt.language,
        attempt.started_at,
        attempt.finished_at,
        as_number(attempt.score),
    ]


def as_number(value: Decimal | None) -> float | str:
    """A number a spreadsheet can reckon with; nothing for none."""
    return "" if value is None else round(float(value), 4)
