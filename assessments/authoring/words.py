"""The words of a question one by one, so that another language can be written beside them, whatever the kind."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from assessments.models import Question, QuestionKind, QuestionText

Sort = Literal["rich", "line", "plain", "lines"]


@dataclass(frozen=True)
class Slot:
    """One place for words: where it is kept, what it is called, how it is written.

    `path` is ("stem",), ("options", key, "text") or ("extra", "image_alt").
    """

    path: tuple[str, ...]
    label: str
    sort: Sort
    note: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return "-".join(("words", *self.path))

    def read(self, text: QuestionText | None) -> str:
        """What stands there."""
        if text is None:
            return ""
        found = getattr(text, self.path[0])
        for step in self.path[1:]:
            found = found.get(step) or {}
        return found if isinstance(found, str) else ""

    def write(self, text: QuestionText, words: str) -> None:
        """Put words there."""
        if len(self.path) == 1:
            setattr(text, self.path[0], words)
            return
        holder = getattr(text, self.path[0])
        for step in self.path[1:-1]:
            holder = holder.setdefault(step, {})
        holder[self.path[-1]] = words


def slots(question: Question) -> list[Slot]:
    """Every place for words of a question, in the order they are read."""
    label = _("Case") if question.kind == QuestionKind.CASE else _("Question")
    found = [Slot(("stem",), label, "rich"), *_parts(question)]
    if question.kind == QuestionKind.CASE:
        return found
    return [*found, Slot(("feedback",), _("Explanation"), "rich"), Slot(("hint",), _("Hint"), "rich")]


def _parts(question) -> list[Slot]:
    find = PARTS.get(question.kind)
    return find(question) if find else []


def _choices(question):
    return _options(question, "line")


def _true_or_false(question):
    return _options(question, "plain")


def _steps(question):
    return [_text(step["key"], _("Step"), "line") for step in question.options]


def _pairs(question):
    items = [_text(item["key"], _("Item"), "line") for item in question.options]
    return items + [_text(key, _("Answer"), "plain") for key in question.settings.get("targets", ())]


def _variants(question):
    return _options(question, "plain", _("Accepted answer"))


def _numbers(question):
    return [_feedback(option["key"], option.get("value", "")) for option in question.options]


def _gaps(question):
    return [slot for gap in question.options for slot in _gap(gap)]


def _areas(question):
    alt = Slot(("extra", "image_alt"), _("What the picture shows"), "lines")
    return [alt, *_options(question, "plain", _("Name of the area"))]


def _essay(question):
    return [
        Slot(("extra", "template"), _("Text to begin from"), "lines"),
        Slot(("extra", "notes_for_markers"), _("Notes for markers"), "rich"),
    ]


PARTS = {
    QuestionKind.SINGLE: _choices,
    QuestionKind.MULTIPLE: _choices,
    QuestionKind.TRUE_FALSE: _true_or_false,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _steps,
    QuestionKind.SHORT_ANSWER: _variants,
    QuestionKind.NUMERIC: _numbers,
    QuestionKind.GAPS: _gaps,
    QuestionKind.HOTSPOT: _areas,
    QuestionKind.ESSAY: _essay,
}


def _options(question, sort, label="") -> list[Slot]:
    found = []
    for option in question.options:
        note = _("right") if option.get("correct") else ""
        found.append(_text(option["key"], label or _("Option"), sort, note))
        found.append(_feedback(option["key"]))
    return found


def _gap(gap) -> list[Slot]:
    found = []
    for choice in gap["choices"]:
        note = f"[[{gap['key']}]]"
        if gap["mode"] != "number":
            found.append(_text(choice["key"], _("Answer"), "plain", note))
        found.append(_feedback(choice["key"], f"{note} {choice.get('value', '')}".strip()))
    return found


def _text(key, label, sort, note="") -> Slot:
    return Slot(("options", key, "text"), label, sort, note)


def _feedback(key, note="") -> Slot:
    return Slot(("options", key, "feedback"), _("Feedback"), "line", note)
