"""What all fields of a form can do: begin with a value or with what was sent, tell their value, check it, be drawn."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from h5p.authoring.around import Around, Place
from h5p.authoring.names import WAS
from h5p.authoring.posted import Posted, as_json
from h5p.core.markup import words_of
from h5p.core.sanitize import MISSING
from h5p.core.semantics import Field
from h5p.core.visibility import is_visible


class Node(ABC):
    """A field in a form."""

    template = ""
    # What scripts call it.
    kind = ""

    def __init__(self, field: Field, place: Place, around: Around, parent: "Node | None" = None):
        self.field = field
        self.place = place
        self.around = around
        self.parent = parent
        self.problems: list[str] = []

    @abstractmethod
    def fill(self, value: Any, *, fresh: bool = False) -> None:
        """Begin with a value. What is MISSING begins with its default; `fresh` content also with its first items."""

    @abstractmethod
    def take(self, posted: Posted) -> None:
        """Begin with what was sent."""

    @property
    @abstractmethod
    def value(self) -> Any:
        """The value as content keeps it, or MISSING."""

    @property
    def compared(self) -> Any:
        """What rules of other fields compare."""
        return None

    @property
    def summary(self) -> str:
        """Its words, for the heading of what it is in."""
        return ""

    @property
    def children(self) -> "list[Node]":
        """The fields inside."""
        return []

    def walk(self) -> "Iterator[Node]":
        """This field and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def check(self) -> None:
        """Note what is wrong. What is hidden is not looked at."""
        if self.is_shown:
            self.examine()
            for child in self.children:
                child.check()

    def examine(self) -> None:  # noqa: B027 (most fields have nothing to check)
        """Note what is wrong with this field itself."""

    def refuse(self, sentence: str) -> None:
        """Note a sentence."""
        self.problems.append(sentence)

    @cached_property
    def has_problems(self) -> bool:
        """Whether anything is wrong here or inside. Ask once everything is checked."""
        return any(node.problems for node in self.walk())

    @cached_property
    def is_shown(self) -> bool:
        """Whether the rules of `showWhen` let it be seen. Ask once everything is filled."""
        if self.parent is not None and not self.parent.is_shown:
            return False
        return is_visible(self.field.show_when, self.compared_at)

    def compared_at(self, path: str) -> Any:
        """What another field has, by its path from here."""
        found = self.look_up(path)
        return found.compared if found else None

    def look_up(self, path: str) -> "Node | None":
        """Another field, by its path from the group that this one is in."""
        found: Node | None = self.parent
        for step in path.split("/"):
            if found is None:
                return None
            found = found.parent if step == ".." else found.named(step)
        return found

    def control_at(self, path: str) -> "Node | None":
        """The field whose control decides: a group that is stored as its only field stands for that one."""
        found = self.look_up(path)
        while found is not None and getattr(found, "is_collapsed", False):
            found = found.children[0]
        return found

    def named(self, name: str) -> "Node | None":
        """A field inside, by its name."""
        return next((child for child in self.children if child.field.name == name), None)

    @property
    def where(self) -> str:
        """The items of lists that it is in, outermost first."""
        return self.parent.where_of(self) if self.parent else ""

    def where_of(self, child: "Node") -> str:
        """The items that a field inside is in."""
        return self.where

    @property
    def name(self) -> str:
        """The name of its control."""
        return self.place.name

    @property
    def id(self) -> str:
        """The id of its control."""
        return self.place.id

    @cached_property
    def label(self) -> str:
        """What it is called."""
        return readable(self.field.label) or self.field.name

    @cached_property
    def description(self) -> str:
        """The words beneath its label."""
        return readable(self.field.description)

    @property
    def is_required(self) -> bool:
        """Whether it may not stay empty."""
        return not self.field.optional

    @property
    def rules(self) -> str:
        """When it shows, for scripts: [whether all must hold, [[name, kind, values], …]]; "" where it always does."""
        if self.field.show_when is None:
            return ""
        found = [(self.control_at(path), values) for path, values in self.field.show_when.rules]
        rules = [
            [node.name if node else "", node.kind if node else "", list(values)] for node, values in found
        ]
        return as_json([self.field.show_when.all_must_hold, rules])

    @cached_property
    def important(self) -> dict:
        """What the type wants authors to know, and an example."""
        said = self.field.raw.get("important")
        if not isinstance(said, dict):
            return {}
        return {
            key: readable(said[key])
            for key in ("description", "example")
            if isinstance(said.get(key), str) and readable(said[key])
        }

    def render(self) -> SafeString:
        """Draw it."""
        return render_to_string(self.template, {"node": self})


class Leaf(Node):
    """A field with one control. `typed` is the text in it; `kept` a value that no control can show exactly."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.typed = ""
        self.kept: Any = MISSING

    @abstractmethod
    def shown_as(self, value: Any) -> str:
        """The text that shows a value."""

    @abstractmethod
    def read(self) -> Any:
        """The value that the text means, or MISSING."""

    def first(self) -> Any:
        """The value of new content."""
        return MISSING

    def fill(self, value, *, fresh=False):
        """Show the value; remember it where reading the control would give another one."""
        value = self.first() if value is MISSING else value
        self.typed = "" if value is MISSING else one_line_end(self.shown_as(value))
        self.kept = value if not is_same(self.read(), value) else MISSING

    def take(self, posted):
        """Take the text; where it is as it was drawn, so is the value."""
        self.typed = posted.text(self.name)
        was = posted.json(self.name + WAS)
        if was is not MISSING and one_line_end(self.shown_as(was)) == self.typed:
            self.kept = was

    @property
    def value(self):
        """The value of the text."""
        return self.read() if self.kept is MISSING else self.kept

    @property
    def compared(self):
        """The value itself."""
        return None if self.value is MISSING else self.value

    @property
    def was(self) -> str:
        """What the hidden field carries; nothing where there is no need."""
        return "" if self.kept is MISSING else as_json(self.kept)

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the control."""
        parts = (("help", self.description), ("errors", self.problems))
        return " ".join(f"{self.id}:{part}" for part, there in parts if there)

    def need(self) -> None:
        """Refuse to stay empty."""
        if self.is_required:
            self.refuse(_("“%(label)s” is empty. It is needed.") % {"label": self.label})


def readable(text: str) -> str:
    """Words of a library without their markup."""
    return words_of(text).strip() if "<" in text or "&" in text else text.strip()


def one_line_end(text: str) -> str:
    """Text as it comes back from a browser: with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_same(one: Any, other: Any) -> bool:
    """Equal and of one type: 1, 1.0 and true are three values."""
    return type(one) is type(other) and one == other
