"""Whether a field shows: the rules of `showWhen`, which look at the values of other fields."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ShowWhen:
    """A field shows when any of the rules holds, or all of them."""

    rules: tuple[tuple[str, tuple], ...]
    all_must_hold: bool = False
    # Whether the value goes when the field is hidden.
    null_when_hidden: bool = False


def read_show_when(raw: dict) -> ShowWhen | None:
    """The rules of a field, or None where it always shows."""
    said = raw.get("showWhen")
    rules = said.get("rules") if isinstance(said, dict) else None
    if not isinstance(rules, list):
        return None
    read = [
        (rule["field"], as_tuple(rule.get("equals")))
        for rule in rules
        if isinstance(rule, dict) and isinstance(rule.get("field"), str)
    ]
    if not read:
        return None
    return ShowWhen(tuple(read), said.get("type") == "and", said.get("nullWhenHidden") is True)


def as_tuple(value: object) -> tuple:
    """One value or several, as several."""
    return tuple(value) if isinstance(value, list) else (value,)


def is_visible(show_when: ShowWhen | None, value_at: Callable[[str], object]) -> bool:
    """Whether the field shows. `value_at` gives the value of another field by its path: "behaviour/mode", "../type"."""
    if show_when is None:
        return True
    held = [any(is_equal(value_at(path), wanted) for wanted in equals) for path, equals in show_when.rules]
    return all(held) if show_when.all_must_hold else any(held)


def is_equal(value: object, wanted: object) -> bool:
    """Compare a value with what a rule wants; content is compared by its type, with or without the version."""
    if isinstance(value, dict):
        name = value.get("library")
        return isinstance(name, str) and wanted in (name, name.partition(" ")[0])
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
