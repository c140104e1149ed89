"""Rearranging the elements of a draft: what the designer's buttons ask for."""

from certificates.paper.design import MOST_ELEMENTS
from certificates.paper.elements import KINDS


def rearranged(content: dict, asked: str) -> tuple[dict, int | None]:
    """The design after a step such as "up:3", "add:text" or "remove:0", and the element to look at next.

    What makes no sense changes nothing.
    """
    step, _colon, which = asked.partition(":")
    elements = list(content["elements"])
    if step == "add":
        if which not in KINDS or len(elements) >= MOST_ELEMENTS:
            return content, None
        return content | {"elements": [*elements, _beginning(which)]}, len(elements)
    if not which.isdecimal() or int(which) >= len(elements):
        return content, None
    place = int(which)
    moved = _moved(elements, step, place)
    return content | {"elements": elements}, moved


def _beginning(kind: str) -> dict:
    """A new element that can be seen at once."""
    return {"kind": kind} | ({"text": "{facts}"} if kind == "text" else {})


def _moved(elements: list[dict], step: str, place: int) -> int | None:
    """Do the step; the place of the element it was about, or None once it is gone."""
    if step == "remove":
        del elements[place]
        return None
    if step == "copy" and len(elements) < MOST_ELEMENTS:
        elements.insert(place + 1, dict(elements[place]))
        return place + 1
    target = {"up": place - 1, "down": place + 1}.get(step, place)
    if 0 <= target < len(elements):
        elements[place], elements[target] = elements[target], elements[place]
        return target
    return place
