"""What every kind of question promises."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any, ClassVar

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

ONE, ZERO = Decimal(1), Decimal(0)
STEP = Decimal("0.001")
# Exponents beyond it are no number anybody means, and would overflow when multiplied.
WIDEST = 1000

# What no database keeps, or no screen shows: control characters but line breaks and tabs, and halves of characters.
UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
PICTURE = re.compile(r"<embed\b[^>]*?\balt=\"([^\"]*)\"[^>]*>")
BLOCK = re.compile(r"<(?=/?(?:p|br|h[1-6]|hr|ul|ol|li|div|blockquote|table|tr|td|th|embed)\b)", re.IGNORECASE)

Posted = Mapping[str, Sequence[str]]
Response = Any


def plain(html: str) -> str:
    """Rich text without its marks, on one line; a picture is its alternative text."""
    marked = BLOCK.sub(" <", PICTURE.sub(r" \1 ", html))
    return " ".join(unescape(strip_tags(marked)).split())


def says_something(html: str) -> bool:
    """Whether rich text holds words or a picture."""
    return bool(plain(html)) or "<embed" in html


def number(value: object, otherwise: Decimal = ZERO) -> Decimal:
    """A number as content keeps it: a string read as a Decimal."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return otherwise
    return found if found.is_finite() and abs(found.adjusted()) < WIDEST else otherwise


def typed(value: object, longest: int) -> str:
    """What somebody typed on one line, without spaces around it; nothing where it is no text."""
    return UNKEEPABLE.sub("", value).strip()[:longest].strip() if isinstance(value, str) else ""


def listed(response: object) -> Collection:
    """A response that should be a list; an empty one where it is something else."""
    return response if isinstance(response, list | tuple | set | frozenset) else ()


def mapped(response: object) -> Mapping:
    """A response that should be a mapping; an empty one where it is something else."""
    return response if isinstance(response, dict) else {}


def canonical(response: object) -> str:
    """An answer in its one written form, as a hidden field of a page carries it."""
    return json.dumps(response, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def share(score: Decimal) -> Decimal:
    """A score held between 0 and 1, to three decimals."""
    return min(max(score, ZERO), ONE).quantize(STEP)


def wanting(sentence, count: int) -> list[str]:
    """A sentence (from `ngettext_lazy`, by "count") about so many things, or none when there are none."""
    return [sentence % {"count": count}] if count else []


class Kind:
    """One kind of question. A subclass says how it is answered, scored and what it lacks."""

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    description: ClassVar[str] = ""
    # A person marks it; `score` is None.
    is_manual: ClassVar[bool] = False
    # It is answered at all: a case is only read.
    is_answerable: ClassVar[bool] = True
    # What a response is: a list of keys, or a mapping.
    empty: ClassVar[type] = list

    def nothing(self) -> Response:
        """The response of somebody who did not answer."""
        return self.empty()

    def clean(self, content: dict, response: Response) -> Response:
        """The response in its one normal form; what does not belong to the question is left out."""
        raise NotImplementedError

    def from_post(self, content: dict, posted: Posted) -> Response:
        """The response a form sends. `posted` maps the end of a field's name ("" for the plain one) to its values."""
        raise NotImplementedError

    def is_answered(self, response: Response) -> bool:
        """Whether anything was answered."""
        return bool(response)

    def score(self, content: dict, response: Response) -> Decimal | None:
        """What the response earns, 0 to 1; None when a person has to mark it."""
        raise NotImplementedError

    def right_response(self, content: dict, language: str) -> Response:
        """A response that earns everything, where the kind knows one."""
        raise NotImplementedError

    def words_wanted(self, content: dict) -> list[str]:
        """The keys of the parts that need words in every language."""
        return [option["key"] for option in content.get("options", ())]

    def problems(self, content: dict, language: str) -> list[str]:
        """What is missing in structure and words of one language: sentences without the name."""
        return [*self.structure_problems(content), *self.word_problems(content, language)]

    def structure_problems(self, content: dict) -> list[str]:
        """What is missing whatever the language."""
        return []

    def word_problems(self, content: dict, language: str) -> list[str]:
        """What is missing in the words of one language."""
        words = content.get("texts", {}).get(language)
        if not words or not says_something(words.get("stem", "")):
            return [_("It has no words in this language.")]
        without = [key for key in self.words_wanted(content) if not says_something(word(words, key))]
        return wanting(
            ngettext_lazy("%(count)s part has no words.", "%(count)s parts have no words.", "count"),
            len(without),
        )

    def response_text(self, content: dict, words: dict, response: Response) -> str:
        """The response in plain words, for review pages, markers and spreadsheets."""
        raise NotImplementedError


def word(words: dict, key: str) -> str:
    """The text of one part in the words of a language."""
    return words.get("options", {}).get(key, {}).get("text", "")
