"""Fields with one control: text, HTML, numbers, yes or no, choices."""

import re
from abc import abstractmethod
from decimal import Decimal, InvalidOperation
from html import unescape

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from h5p.authoring.names import WAS
from h5p.authoring.nodes.base import Leaf, Node, one_line_end
from h5p.authoring.posted import as_json
from h5p.core.markup import COLOUR, QUOTES, allowed_elements, clean_html, words_of
from h5p.core.sanitize import MISSING, as_text, matches

LONG = 255
COLOUR_PATTERN = re.compile(COLOUR, re.IGNORECASE)
LEAST_EXPONENT = -20
MOST_DIGITS = 15
DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
NO_BREAK = "\u00a0"


class WithWords(Leaf):
    """Text or HTML, for which the type may have words of its own in the language of the content."""

    @abstractmethod
    def as_kept(self, default: str) -> str:
        """The type's words as content keeps them."""

    def first(self):
        """The type's own words in the language of the content."""
        default = self.field.default
        return self.as_kept(default) if isinstance(default, str) and default else MISSING

    def follow(self, before: object) -> bool:
        """Say in this language what it says in another one, where that is what the type says; whether it changed."""
        first = self.first()
        if (
            not isinstance(before, str)
            or first is MISSING
            or self.value != self.as_kept(before)
            or self.value == first
        ):
            return False
        self.fill(first)
        return True


class Text(WithWords):
    """Plain text. Content keeps it escaped, as the format has it; people see and type it plain."""

    template = "h5p/authoring/text.html"
    kind = "text"

    def shown_as(self, value):
        """Text as people write it."""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return ""
        return unescape(str(value))

    def read(self):
        """Escaped. A text with a default that was emptied stays empty."""
        text = self.typed.strip()
        if text:
            return escaped(text)
        return "" if isinstance(self.field.default, str) and self.field.default else MISSING

    def as_kept(self, default):
        """Escaped."""
        return escaped(default)

    def examine(self):
        """Compare it with what the type asks for."""
        text = self.typed.strip()
        most = self.field.max_length
        if not text:
            self.need()
        elif most is not None and len(text) > most:
            words = {"label": self.label, "most": most, "length": len(text)}
            self.refuse(
                ngettext(
                    "“%(label)s” may have at most %(most)s character. It has %(length)s.",
                    "“%(label)s” may have at most %(most)s characters. It has %(length)s.",
                    most,
                )
                % words
            )
        elif self.field.regexp and not matches(self.field.regexp, text):
            self.refuse(self.pattern_sentence())

    def pattern_sentence(self) -> str:
        """What a pattern asks for can only be said by the type's own description."""
        words = {"label": self.label, "pattern": self.field.regexp[0], "description": self.description}
        if self.description:
            return _("“%(label)s” is not written as the type asks for: %(description)s") % words
        return _("“%(label)s” is not written as the type asks for. It has to match %(pattern)s.") % words

    @property
    def is_long(self) -> bool:
        """Whether it gets several lines."""
        most = self.field.max_length or 0
        return self.field.widget == "textarea" or most > LONG or "\n" in self.typed

    @property
    def summary(self) -> str:
        """Its words, for the heading of an item."""
        return self.typed.strip()


class Said(Text):
    """Text about content, which is kept plain."""

    def shown_as(self, value):
        """As it is."""
        return value if isinstance(value, str) else ""

    def read(self):
        """As it is; nothing where there is none."""
        return self.typed.strip() or MISSING


class Colour(Text):
    """A colour, written as in style sheets, with a picker beside it."""

    template = "h5p/authoring/colour.html"

    def examine(self):
        """It has to be one."""
        super().examine()
        text = self.typed.strip()
        if text and not COLOUR_PATTERN.fullmatch(text):
            self.refuse(_("“%(label)s” is not a colour. Write it like #00557f.") % {"label": self.label})

    @property
    def summary(self):
        """Colours say nothing in a heading."""
        return ""


class Rich(WithWords):
    """HTML with exactly the elements that the type allows."""

    template = "h5p/authoring/rich.html"
    kind = "rich"

    def shown_as(self, value):
        """What may stay of it: an author's browser is as careful as a learner's."""
        return self.clean(str(value)) if isinstance(value, str | int | float) else ""

    def clean(self, text: str) -> str:
        """Sanitized by the rules of the field."""
        return clean_html(one_line_end(text), self.field.tags or (), self.field.fonts)

    def take(self, posted):
        """Take the text, cleaned before anything else is done with it."""
        super().take(posted)
        self.typed = self.clean(self.typed)
        was = posted.json(self.name + WAS)
        if was is not MISSING and self.shown_as(was) == self.typed:
            self.kept = was

    def read(self):
        """What was written; an editor with no word in it holds nothing."""
        if self.says_something:
            return self.typed.strip()
        return "" if isinstance(self.field.default, str) and self.field.default else MISSING

    def as_kept(self, default):
        """Cleaned."""
        return self.clean(default)

    @property
    def says_something(self) -> bool:
        """Whether there is a word, a line or a table in it."""
        return bool(self.summary) or re.search(r"<(?:hr|td|th)\b", self.typed) is not None

    @property
    def summary(self) -> str:
        """Its words on one line."""
        return " ".join(words_of(self.typed.replace("<", " <")).replace(NO_BREAK, " ").split())

    def examine(self):
        """It may be too long."""
        most = self.field.max_length
        if not self.says_something:
            self.need()
        elif most is not None and len(words_of(self.typed)) > most:
            words = {"label": self.label, "most": most}
            self.refuse(_("“%(label)s” may have at most %(most)s characters.") % words)

    @property
    def elements(self) -> str:
        """The elements that may be in it, for the editor's buttons."""
        return " ".join(sorted(allowed_elements(self.field.tags or ())))


class Number(Leaf):
    """A number."""

    template = "h5p/authoring/number.html"
    kind = "number"

    def shown_as(self, value):
        """In plain digits; browsers show no other text."""
        if isinstance(value, str):
            return value if DIGITS.fullmatch(value) else ""
        return number_text(value) if is_number(value) else ""

    def read(self):
        """A number, whole where it can be."""
        number = as_number(self.typed)
        if number is None:
            return MISSING
        return int(number) if number == number.to_integral_value() else float(number)

    def first(self):
        """The default."""
        return self.field.default if is_number(self.field.default) else MISSING

    def examine(self):
        """Compare it with the bounds, steps and decimals that the type asks for."""
        number = as_number(self.typed)
        if not self.typed.strip():
            self.need()
        elif number is None:
            words = {"label": self.label, "typed": self.typed[:40]}
            self.refuse(_("“%(label)s”: “%(typed)s” is not a number.") % words)
        else:
            self.examine_bounds(number)

    def examine_bounds(self, number: Decimal) -> None:
        """Bounds first, then steps."""
        field, words = self.field, {"label": self.label, "typed": number_text(number)}
        if field.min is not None and number < exact(field.min):
            self.refuse(_("“%(label)s” must be %(min)s or more.") % (words | {"min": number_text(field.min)}))
        elif field.max is not None and number > exact(field.max):
            self.refuse(_("“%(label)s” must be %(max)s or less.") % (words | {"max": number_text(field.max)}))
        elif field.step and (number - exact(field.min or 0)) % exact(field.step):
            words |= {"step": number_text(field.step), "start": number_text(field.min or 0)}
            self.refuse(_("“%(label)s” goes in steps of %(step)s from %(start)s.") % words)
        elif not field.step and field.decimals is not None and places(number) > field.decimals:
            self.refuse(self.decimals_sentence())

    def decimals_sentence(self) -> str:
        """How many decimals there may be."""
        if self.field.decimals == 0:
            return _("“%(label)s” must be a whole number.") % {"label": self.label}
        words = {"label": self.label, "decimals": self.field.decimals}
        return (
            ngettext(
                "“%(label)s” may have at most %(decimals)s decimal.",
                "“%(label)s” may have at most %(decimals)s decimals.",
                self.field.decimals,
            )
            % words
        )

    @property
    def least(self) -> str:
        """The lower bound for the control."""
        return "" if self.field.min is None else number_text(self.field.min)

    @property
    def most(self) -> str:
        """The upper bound for the control."""
        return "" if self.field.max is None else number_text(self.field.max)

    @property
    def step(self) -> str:
        """The step of the control."""
        if self.field.step:
            return number_text(self.field.step)
        decimals = self.field.decimals
        return "any" if decimals is None else number_text(Decimal(1).scaleb(-min(decimals, 10)))


class Boolean(Leaf):
    """Yes or no."""

    template = "h5p/authoring/boolean.html"
    kind = "boolean"

    def shown_as(self, value):
        """A tick or none."""
        return "1" if value is True or value in ("true", "1", 1) else ""

    def read(self):
        """Whether it is ticked."""
        return self.typed == "1"

    def first(self):
        """The default, or no."""
        return self.field.default is True

    @property
    def is_required(self):
        """No is an answer."""
        return False


class Select(Leaf):
    """One of several."""

    template = "h5p/authoring/select.html"
    kind = "select"

    def shown_as(self, value):
        """The value as text."""
        return as_text(value) if isinstance(value, str | int | float) else ""

    def read(self):
        """The option that was chosen. None is no option where nothing has to be chosen."""
        if not self.typed and self.field.optional:
            return MISSING
        return next((one.value for one in self.field.options if as_text(one.value) == self.typed), MISSING)

    def first(self):
        """The default, where it is an option."""
        values = [option.value for option in self.field.options]
        return self.field.default if self.field.default in values else MISSING

    def examine(self):
        """It has to be an option."""
        if not self.typed:
            self.need()
        elif self.read() is MISSING:
            words = {"label": self.label, "value": self.typed[:80]}
            self.refuse(_("“%(label)s”: “%(value)s” is not offered any more. Choose another one.") % words)

    def need(self):
        """An option of no value is a choice too."""
        if self.read() is MISSING:
            super().need()

    @property
    def as_radios(self) -> bool:
        """Whether all options are shown at once."""
        return self.field.widget in ("radioGroup", "imageRadioButtonGroup", "radioSelector")

    @property
    def has_empty_option(self) -> bool:
        """Whether nothing may or must be chosen at first."""
        return (self.field.optional or not self.typed) and all(
            as_text(one.value) for one in self.field.options
        )

    @cached_property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Headings with their options: value, label, whether it is chosen."""
        found: dict[str, list] = {}
        for option in self.field.options:
            value = as_text(option.value)
            found.setdefault(option.group, []).append((value, option.label, value == self.typed))
        return list(found.items())

    @property
    def unknown(self) -> str:
        """The value that is not offered any more."""
        return self.typed if self.typed and self.read() is MISSING else ""


class Kept(Node):
    """A value that no form shows."""

    template = "h5p/authoring/kept.html"
    kind = "kept"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = MISSING

    def fill(self, value, *, fresh=False):
        """Keep it; new content has its default."""
        self.kept = (
            self.field.default if value is MISSING and fresh and self.field.default is not None else value
        )

    def take(self, posted):
        """Take it as it was."""
        self.kept = posted.json(self.name + WAS)

    @property
    def value(self):
        """As it was."""
        return self.kept

    @property
    def compared(self):
        """As it was."""
        return None if self.kept is MISSING else self.kept

    @property
    def was(self) -> str:
        """What the hidden field carries."""
        return "" if self.kept is MISSING else as_json(self.kept)


def escaped(text: str) -> str:
    """Text as content keeps it."""
    return text.replace("&", "&amp;").translate(QUOTES)


def is_number(value: object) -> bool:
    """Whether it is one; true is none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def as_number(text: str) -> Decimal | None:
    """The number that was typed, or None. A comma may stand for the point."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if is_writable(number) else None


def is_writable(number: Decimal) -> bool:
    """Whether it has a length at which it can be calculated with and written out."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and LEAST_EXPONENT <= exponent <= MOST_DIGITS > number.adjusted()


def exact(value: float) -> Decimal:
    """A bound as it is written."""
    return Decimal(repr(value))


def number_text(value: object) -> str:
    """A number in plain digits, without zeros at the end."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def places(number: Decimal) -> int:
    """How many decimals there are."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
