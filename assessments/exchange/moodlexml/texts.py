"""Texts of a question in Moodle XML: their form, the pictures inside them, and what of them is lost."""

import base64
import binascii
import re
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.exchange.limits import MAX_FILES
from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.pictures import read_picture
from assessments.exchange.rich_text import LONG, SHORT, Picture, plain_lines, plain_text, rich_text

FORMS = {"html", "moodle_auto_format", "plain_text", "markdown"}
INLINE_FILE = re.compile(r"data:image/[a-z.+-]+;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)


class Texts:
    """Reads the texts of one question; pictures gather in `files` by their SHA-1, what is lost in `notes`."""

    def __init__(self, language):
        self.language = language
        self.files, self.notes, self.used = {}, [], set()

    def rich(self, node: Node | None) -> str:
        """An element with <text> as rich text; empty where there is none."""
        return self.rich_words(words_of(node), node) if node else ""

    def short(self, node: Node | None) -> str:
        """The words of an option, or what is said to it."""
        return self.rich_words(words_of(node), node, SHORT) if node else ""

    def rich_words(self, text: str, node: Node, allowed=LONG) -> str:
        """A text as rich text, with the form and the files of the element it is in."""
        files = {file.attributes.get("name", ""): file for file in node.all("file")[:MAX_FILES]}
        read = rich_text(text, form_of(node), lambda address: self.picture(address, files), allowed)
        self.notes += read.notes
        unused = [name for name in files if name not in self.used]
        self.notes += [_("The file “%(name)s” is left out.") % {"name": name[:80]} for name in unused]
        return read.html

    def plain(self, node: Node | None) -> str:
        """An element with <text> without marks, on one line."""
        return plain_text(words_of(node), form_of(node)) if node else ""

    def lines(self, node: Node | None) -> str:
        """An element with <text> without marks, a paragraph a line."""
        return plain_lines(words_of(node), form_of(node)) if node else ""

    def picture(self, address, files):
        """The picture an address of the text leads to, of those that came with it, or None."""
        if address.startswith("@@PLUGINFILE@@"):
            name = unquote(address.split("?")[0].rsplit("/", 1)[-1])
            file = files.get(name)
            data = decoded(file.text) if file else b""
        else:
            name = _("picture")
            inline = INLINE_FILE.fullmatch(address.strip())
            data = decoded(inline.group(1)) if inline else b""
        read = read_picture(name, data) if data else None
        if read is None:
            return None
        self.used.add(name)
        self.files.setdefault(read.sha1, read)
        return Picture(read.sha1)


def words_of(node: Node) -> str:
    """What an element says: its <text>, or, as in older files, what stands in it directly."""
    text = node.first("text")
    return (text if text is not None else node).text.strip()


def form_of(node: Node) -> str:
    """The form a text is written in."""
    form = node.attributes.get("format", "html")
    return form if form in FORMS else "html"


def decoded(text: str) -> bytes:
    """The bytes of a file written as letters; none where it is damaged."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
