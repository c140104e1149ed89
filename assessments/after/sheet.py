"""One answer as a marker reads it: the question, what was answered, what to mind, what was said of it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from assessments import kinds
from assessments.after.queue import is_anonymous, who
from assessments.codes import code_of
from assessments.kinds.essay import count_words
from assessments.models import AnswerFile, AttemptItem, Mark
from assessments.outcomes import ItemOutcome, outcomes
from assessments.paper.wording import graded_content, words_in
from assessments.rubrics import RubricShown, rubric_shown

CENT = Decimal("0.01")


@dataclass(frozen=True)
class FileShown:
    """A file of an answer; a neutral name where names are hidden, as a file's own often holds one."""

    file: AnswerFile
    name: str


@dataclass(frozen=True)
class MarkShown:
    """One mark in points, with who gave it, and by which levels."""

    mark: Mark
    points: Decimal
    rubric: RubricShown | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything about one answer."""

    item: AttemptItem
    who: str
    is_anonymous: bool
    kind: str
    is_manual: bool
    stem: str
    case: str
    notes: str
    language: str
    answer_language: str
    text: str
    right: str
    words: int
    limits: tuple[str, ...]
    files: tuple[FileShown, ...]
    outcome: ItemOutcome
    marks: tuple[MarkShown, ...]

    @property
    def direction(self) -> str:
        """The direction the question is written in."""
        return direction_of(self.language)

    @property
    def points(self) -> Decimal | None:
        """What the answer has earned so far, in points."""
        return points_of(self.outcome.earned, self.item.points)

    @property
    def newest(self) -> Mark | None:
        """The mark that counts."""
        return self.marks[-1].mark if self.marks else None


def points_of(score: Decimal | None, points: Decimal) -> Decimal | None:
    """A score in points, to two decimals and without noughts at the end."""
    if score is None:
        return None
    shown = (score * points).quantize(CENT)
    return shown.quantize(Decimal(1)) if shown == shown.to_integral() else shown.normalize()


def direction_of(language: str) -> str:
    """Right to left or left to right."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def sheet_of(item: AttemptItem, language: str) -> Sheet:
    """One answer, for a marker who reads this language; what learners read stands in the language they answered in."""
    attempt = item.quiz_attempt.attempt
    return sheets_of([item], outcomes([attempt.pk])[attempt.pk], language)[0]


def sheets_of(items: Sequence[AttemptItem], found: Sequence[ItemOutcome], language: str) -> list[Sheet]:
    """Several answers of one attempt; two queries more, whatever their number."""
    by_item = {outcome.pk: outcome for outcome in found}
    files: dict[int, list[AnswerFile]] = {}
    for file in AnswerFile.objects.filter(item__in=items, removed_at=None):
        files.setdefault(file.item_id, []).append(file)
    marks: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(item__in=items).select_related("marker").order_by("marked_at", "pk"):
        marks.setdefault(mark.item_id, []).append(mark)
    return [
        _sheet(item, by_item[item.pk], files.get(item.pk, []), marks.get(item.pk, []), language)
        for item in items
    ]


def _sheet(item, outcome, files, marks, language):
    attempt, content = item.quiz_attempt.attempt, item.question_version.content
    kind, answer = kinds.get(content["kind"]), getattr(item, "answer", None)
    spoken_by_learner = answer.language if answer else attempt.language
    words, spoken = words_in(content, spoken_by_learner)
    response = answer.response if answer else kind.nothing()
    is_answered = kind.is_answered(response)
    return Sheet(
        item=item,
        who=who(attempt),
        is_anonymous=is_anonymous(attempt),
        kind=str(kind.label),
        is_manual=kind.is_manual,
        stem=words.get("stem", ""),
        case=_case_of(item, spoken_by_learner),
        notes=_notes(content, language),
        language=spoken,
        answer_language=spoken_by_learner,
        text=_text(kind, content, words, response) if is_answered else "",
        right="" if kind.is_manual else _right(item, kind, spoken),
        words=count_words(response.get("text", "")) if kind.is_manual and is_answered else 0,
        limits=tuple(kinds.KINDS["essay"].limits_missed(content, response)) if kind.is_manual else (),
        files=tuple(_files(attempt, files)),
        outcome=outcome,
        marks=tuple(_mark(mark, item, language) for mark in marks),
    )


def _mark(mark, item, language):
    pinned, rubric = item.question_version.rubric_version, None
    if pinned and mark.rubric_choices:
        said = {"choices": mark.rubric_choices, "comments": mark.rubric_comments}
        rubric = rubric_shown(pinned.content, language, **said)
    return MarkShown(mark, points_of(mark.score, item.points) or Decimal(0), rubric)


def _right(item, kind, language):
    """What the key that grades it holds for right."""
    content = graded_content(item)
    words, spoken = words_in(content, language)
    return kind.response_text(content, words, kind.right_response(content, spoken))


def _text(kind, content, words, response):
    return response.get("text", "") if kind.is_manual else kind.response_text(content, words, response)


def _case_of(item, language):
    if item.case_version is None:
        return ""
    words, _spoken = words_in(item.case_version.content, language)
    return words.get("stem", "")


def _notes(content, language):
    """What markers should mind, in their language or in the one the question was written in."""
    texts = content["texts"]
    for code in (language, content.get("source", "")):
        if notes := texts.get(code, {}).get("notes_for_markers"):
            return notes
    return ""


def _files(attempt, files):
    for number, file in enumerate(files, start=1):
        name = neutral_name(file, attempt.pk, number) if is_anonymous(attempt) else file.name
        yield FileShown(file, name)


def neutral_name(file: AnswerFile, attempt_id: int, number: int) -> str:
    """A name that says nothing of the learner: the code, a number and the ending."""
    ending = file.name.rpartition(".")[2].lower()
    ending = f".{ending}" if ending.isalnum() and len(ending) <= 5 else ""
    return _("%(code)s file %(number)s") % {"code": code_of(attempt_id), "number": number} + ending
