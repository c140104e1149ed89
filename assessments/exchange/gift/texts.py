"""Texts of a GIFT question: how they are written, and what of them is lost."""

import re

from assessments.exchange.gift.blocks import shown
from assessments.exchange.rich_text import LONG, SHORT, plain_text, rich_text

FORMS = {"html": "html", "moodle": "moodle_auto_format", "plain": "plain_text", "markdown": "markdown"}
MARKED = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")


class Texts:
    """Reads the texts of one question; what was lost gathers in `notes`."""

    def __init__(self, language):
        self.language = language
        self.form = FORMS["moodle"]
        self.notes = []

    def rich(self, text: str, allowed=LONG) -> str:
        """A text, signs still hidden, as rich text; a form of its own in brackets goes before the question's."""
        form, text = self.own_form(text)
        # A line break of the file is a space; one that is meant is written \n. Only Markdown lives by its lines.
        text = text if form == "markdown" else text.replace("\n", " ")
        read = rich_text(shown(text).strip(), form, allowed=allowed)
        self.notes += read.notes
        return read.html

    def short(self, text: str) -> str:
        """The words of an option, or what is said to it."""
        return self.rich(text, SHORT)

    def plain(self, text: str) -> str:
        """A text, signs still hidden, without marks."""
        form, text = self.own_form(text)
        return plain_text(shown(text.replace("\n", " ")), form)

    def own_form(self, text):
        """The form a text is in, and the text without its name."""
        if found := MARKED.match(text):
            return FORMS[found.group(1)], text[found.end() :]
        return self.form, text
