"""What a design that can be drawn still lacks before awards may be printed with it."""

from __future__ import annotations

from certificates.paper.design import Design
from certificates.paper.merging import fields_in
from certificates.paper.sentences import Sentence, gettext_noop

READABLE = 4.5  # contrast of text with the paper, as WCAG 2.2 asks


def unfinished(design: Design) -> list[str]:
    """What keeps a design that can be drawn from being published: sentences."""
    kinds = {element.kind for element in design.elements}
    texts = [element for element in design.elements if element.kind == "text"]
    fields = {name for element in texts for name in fields_in(element["text"])}
    missing = {
        gettext_noop("No text prints the name: add one with the field {name}."): "name" not in fields,
        gettext_noop("Exactly one text must be the main heading, for those who have the paper read aloud."): [
            element["tag"] for element in texts
        ].count("H1")
        != 1,
        gettext_noop("There is no QR code: whoever holds the paper could not verify it."): "qr" not in kinds,
        gettext_noop("The registry number and the verification code are printed nowhere."): (
            "numbers" not in kinds and not {"number", "code"} <= fields
        ),
        gettext_noop("There is no place for signatures."): "signatures" not in kinds,
    }
    return [
        *(Sentence(words) for words, is_missing in missing.items() if is_missing),
        *_without_picture(design),
        *_too_pale(design),
    ]


def _without_picture(design: Design) -> list[str]:
    empty = [
        number
        for number, element in enumerate(design.elements, 1)
        if element.kind == "image" and not element["asset"]
    ]
    words = gettext_noop("Element %(number)d: no picture has been chosen.")
    return [Sentence(words, number=number) for number in empty]


def _too_pale(design: Design) -> list[str]:
    names = {element["colour"] for element in design.elements if element.kind == "text"}
    words = gettext_noop("The colour “%(name)s” is too pale to be read on paper.")
    return [
        Sentence(words, name=name)
        for name in sorted(names - {"white"})
        if contrast(design.colours[name], "#FFFFFF") < READABLE
    ]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
