"""Questions answered by typing, as shown: short answers, numbers, gaps and essays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import kinds
from assessments.file_types import endings_of, types_in_words
from assessments.kinds.base import ONE
from assessments.kinds.gaps import MARK
from assessments.models import AnswerFile
from assessments.paper.material import Material, Target
from assessments.rich_words import RichWords


@dataclass(frozen=True)
class ShortAnswerShown:
    """A field for a few words."""

    template: ClassVar[str] = "short_answer"
    value: str
    mark: str = ""
    right_text: str = ""
    feedback: RichWords | None = None

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return _("Type a word or a few.")


def short_answer(material: Material) -> ShortAnswerShown:
    """What was typed; the feedback is that of the variant it matched."""
    kind, content, response = kinds.get("short_answer"), material.content, material.response or {}
    matched = kind.matched(content, response)
    return ShortAnswerShown(
        value=response.get("text", ""),
        mark=material.mark(kind.score(content, response)),
        right_text=right_text(material),
        feedback=material.feedback(matched["key"], met=True) if matched else None,
    )


def right_text(material: Material) -> str:
    """The right answer in words, once it may be shown and was not given."""
    kind, content = kinds.get(material.content["kind"]), material.content
    if not material.sight.right or kind.score(content, material.response or kind.nothing()) == ONE:
        return ""
    return kind.response_text(content, material.words, kind.right_response(content, material.language))


@dataclass(frozen=True)
class NumberShown:
    """A field for a number, and one for its unit."""

    template: ClassVar[str] = "numeric"
    value: str
    unit: str
    asks_unit: bool
    unit_is_required: bool
    units: tuple[str, ...] = ()
    mark: str = ""
    right_text: str = ""
    feedback: RichWords | None = None

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return (
            _("Type a number and its unit.")
            if self.asks_unit and self.unit_is_required
            else _("Type a number.")
        )


def numeric(material: Material) -> NumberShown:
    """What was typed; the feedback is that of the accepted number it matched."""
    kind, content, response = kinds.get("numeric"), material.content, material.response or {}
    asks = kind.asks_unit(content)
    matched = kind.matched(content, response)
    return NumberShown(
        value=response.get("value", ""),
        unit=response.get("unit", ""),
        asks_unit=asks,
        unit_is_required=material.settings.get("unit") == "required",
        units=tuple(sorted(unit["symbol"] for unit in material.settings.get("units", ()))) if asks else (),
        mark=material.mark(kind.score(content, response)),
        right_text=right_text(material),
        feedback=material.feedback(matched["key"], met=True) if matched else None,
    )


@dataclass(frozen=True)
class GapShown:
    """One gap of a text."""

    key: str
    number: int
    total: int
    mode: str
    value: str
    value_text: str
    choices: tuple[Target, ...] = ()
    mark: str = ""
    right_text: str = ""
    feedback: RichWords | None = None


@dataclass(frozen=True)
class GapsShown:
    """A text with gaps in it."""

    template: ClassVar[str] = "gaps"
    stem: RichWords
    gaps: tuple[GapShown, ...]

    @property
    def pieces(self) -> Iterator[tuple[SafeString, GapShown | None]]:
        """What stands before each gap, with the gap; the last without one."""
        by_key = {gap.key: gap for gap in self.gaps}
        for before, key in self.stem.pieces(MARK):
            yield before, by_key.get(key)

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return _("Fill the gaps in the text.")


def gaps(material: Material) -> GapsShown:
    """Gaps are numbered as they stand in the text of this language."""
    kind, content = kinds.get("gaps"), material.content
    by_key = {gap["key"]: gap for gap in content["options"]}
    standing = [key for key in dict.fromkeys(MARK.findall(material.words["stem"])) if key in by_key]
    right = kind.right_response(content, material.language) if material.sight.right else {}
    shown = []
    for place, key in enumerate(standing, start=1):
        gap, given = by_key[key], (material.response or {}).get(key, "")
        earned = kind.gap_score(content, gap, material.response or {})
        matched = kind.matched(content, gap, given) if given else None
        chosen = gap["mode"] == "chosen"
        choices = material.shuffled(gap["choices"], key) if chosen else ()
        best = right.get(key, "") if earned < ONE else ""
        shown.append(
            GapShown(
                key=key,
                number=place,
                total=len(standing),
                mode=gap["mode"],
                value=given,
                value_text=material.text(given) if chosen and given else given,
                choices=tuple(Target(one["key"], material.text(one["key"])) for one in choices),
                mark=material.mark(earned),
                right_text=material.text(best) if chosen and best else best,
                feedback=material.feedback(matched["key"], met=True) if matched else None,
            )
        )
    return GapsShown(material.rich(material.words["stem"]), tuple(shown))


@dataclass(frozen=True)
class EssayShown:
    """A text to write, files to add, and their limits."""

    template: ClassVar[str] = "essay"
    text: str
    asks_text: bool
    limits: tuple[str, ...]
    words: int
    min_words: int
    max_words: int
    files: tuple[AnswerFile, ...] = ()
    files_allowed: int = 0
    file_types: tuple[str, ...] = ()
    file_mb: int = 10

    @property
    def types_in_words(self) -> str:
        """The types of files that are taken."""
        return types_in_words(self.file_types)

    @property
    def endings(self) -> str:
        """The same for the field of a browser."""
        return endings_of(self.file_types)

    @property
    def may_add_file(self) -> bool:
        """Whether another file fits."""
        return len(self.files) < self.files_allowed

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return " ".join(self.limits) or _("Write your answer.")


def essay(material: Material) -> EssayShown:
    """What was written so far, else the template to begin from."""
    rules, response = material.settings, material.response or {}
    asks = rules.get("text", "required") != "none"
    text = response.get("text", "")
    if asks and not response:
        text = material.words.get("template", "")
    return EssayShown(
        text=text,
        asks_text=asks,
        limits=tuple(essay_limits(rules)),
        words=kinds.count_words(text),
        min_words=rules.get("min_words") or 0,
        max_words=rules.get("max_words") or 0,
        files=tuple(material.files),
        files_allowed=rules.get("files") or 0,
        file_types=tuple(rules.get("file_types") or ()),
        file_mb=rules.get("file_mb") or 10,
    )


def essay_limits(rules: dict) -> Iterator[str]:
    """What is asked for, one sentence each."""
    least, most = rules.get("min_words") or 0, rules.get("max_words") or 0
    if rules.get("text", "required") == "optional":
        yield _("You may write a text.")
    if least and most:
        yield _("Write between %(least)s and %(most)s words.") % {"least": least, "most": most}
    elif least:
        yield _("Write at least %(least)s words.") % {"least": least}
    elif most:
        yield _("Write at most %(most)s words.") % {"most": most}
    allowed, required = rules.get("files") or 0, rules.get("files_required") or 0
    if required:
        yield ngettext("Add at least %(count)s file.", "Add at least %(count)s files.", required) % {
            "count": required
        }
    if allowed > required:
        yield ngettext("You may add %(count)s file.", "You may add up to %(count)s files.", allowed) % {
            "count": allowed
        }
