"""What can stop a paper from being drawn. Each message is one sentence that staff can act on."""

from __future__ import annotations

import unicodedata

from certificates.paper.sentences import Sentence, gettext_noop


class PaperError(Exception):
    """A paper cannot be drawn; nothing was made."""


class FontMissing(PaperError):
    """A font that this paper needs is not installed."""


class DoesNotFit(PaperError):
    """A text is too long for its place, even at the smallest size allowed."""

    def __init__(self, text: str):
        self.text = text
        words = gettext_noop("“%(text)s” is too long to be printed. Shorten it, or use a shorter form.")
        super().__init__(Sentence(words, text=text))


class DesignRefused(PaperError):
    """A design cannot be drawn; `problems` are sentences, one for each thing that is wrong."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(problems[0] if len(problems) == 1 else " ".join(problems))


class MissingGlyph(PaperError):
    """No installed font can print a character; a box is never printed instead."""

    def __init__(self, character: str, text: str):
        self.character = character
        self.name = unicodedata.name(character, "unnamed")
        self.text = text
        words = gettext_noop(
            "The character “%(character)s” (U+%(code)s %(name)s) in “%(text)s” cannot be printed: "
            "no installed font has it. Spell the text without it, or install a font that has it."
        )
        code = f"{ord(character):04X}"
        super().__init__(Sentence(words, character=character, code=code, name=self.name, text=text))
