"""The lines of a preview, sorted by what becomes of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.exchange.preview import CATEGORY, NEW, SKIPPED, THERE


@dataclass(frozen=True)
class Group:
    """Lines one may look at alone."""

    name: str
    label: str
    count: int
    is_chosen: bool


def lines_in(lines: list[dict], name: str) -> list[dict]:
    """The lines of a group; all of them for a name that is none."""
    if name == "noted":
        return [line for line in lines if line.get("notes") and line["state"] == NEW]
    return [line for line in lines if line["state"] == name] if name in (NEW, THERE, SKIPPED) else lines


def groups_of(lines: list[dict], chosen: str, *, is_done: bool) -> list[Group]:
    """The groups that hold anything, all lines first."""
    labels = {
        "": _("All"),
        NEW: _("Came in") if is_done else _("Will come in"),
        "noted": _("With notes"),
        THERE: _("Already there"),
        SKIPPED: _("Not understood"),
    }
    found = []
    for name, label in labels.items():
        held = lines_in(lines, name)
        count = sum(line["state"] != CATEGORY for line in held)
        if count or not name:
            found.append(Group(name, label, count, chosen == name))
    return found
