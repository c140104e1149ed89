"""Texts of other systems as the rich text authors have here: the same marks, nothing else.

What comes in twice is the same as what came in once: rich text in the database's own form passes unchanged. Pictures
stand as `<embed … id="file:<SHA-1>"/>` until they are saved.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext as _

from assessments.exchange.limits import MAX_MARKS_DEEP, MAX_TAGS, MAX_TEXT
from assessments.exchange.markdown import markdown_html
from assessments.exchange.values import NotUnderstood
from assessments.models.questions import OPTION_FEATURES, STEM_FEATURES

# The marks each feature of the editor writes.
MARKS = {
    "bold": {"b"},
    "italic": {"i"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "superscript": {"sup"},
    "subscript": {"sub"},
    "link": {"a"},
    "image": {"embed"},
}
INLINE = {"b", "i", "sup", "sub"}
VOID = {"br", "img", "hr", "wbr"}
LONG, SHORT = (
    frozenset({"p", "br"}.union(*(MARKS.get(feature, ()) for feature in features)))
    for features in (STEM_FEATURES, OPTION_FEATURES)
)
SAME_AS = {"strong": "b", "em": "i", "cite": "i", "var": "i", "dfn": "i"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "th", "legend"}
BLOCKS = HEADINGS | set(
    "p div blockquote pre section article aside header footer main nav address center dl dt dd figure figcaption hr "
    "table thead tbody tfoot tr fieldset details summary form".split()
)
CELLS = {"td", "th"}
QUIET = BLOCKS - {"table", "fieldset", "form", "details"} | set(
    "span font br li ol ul a img tbody td b i strong em sup sub small big u html body wbr label abbr tt kbd code "
    "head meta title o:p".split()
)
DROPPED = {
    "script",
    "style",
    "iframe",
    "object",
    "video",
    "audio",
    "svg",
    "canvas",
    "noscript",
    "template",
    "math",
}
KEPT = BLOCKS | CELLS | set(SAME_AS) | {"b", "i", "sup", "sub", "a", "ul", "ol", "li", "br", "img"}
ADDRESSES = {"http", "https", "mailto"}
TAG_NAME = re.compile(r"<([a-zA-Z][\w:-]*)")
# A sign for “less”, typed as in plain text: no name of a mark follows it.
NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(KEPT | DROPPED | QUIET))})\b)", re.IGNORECASE)
# What most texts are: nothing to clean.
ONE_PARAGRAPH = re.compile(r'(?:<p(?: [a-z]+="[^"<>]*")*>)?([^<>&]*)(?:</p>)?', re.IGNORECASE)
LINE_END = re.compile(r"</(?:p|div|li|h\d|tr)>\s*|<br\s*/?>\s*", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Picture:
    """Where a picture's bytes are known: the SHA-1 it is found by."""

    sha1: str


@dataclass(frozen=True)
class RichText:
    """A text in the form the site keeps, and sentences on what it had that does not come in."""

    html: str
    notes: tuple[str, ...] = ()


FindPicture = Callable[[str], Picture | None]


def no_picture(_address: str) -> None:
    """Where a file brings no pictures."""
    return


def rich_text(
    text: str, form: str = "html", find_picture: FindPicture = no_picture, allowed: frozenset[str] = LONG
) -> RichText:
    """A text in one of the forms Moodle knows (html, moodle_auto_format, plain_text, markdown) as rich text.

    `allowed`: LONG for what a question says, SHORT for the words of its options.
    """
    if len(text) > MAX_TEXT or text.count("<") > MAX_TAGS:
        raise NotUnderstood(_("One of its texts is too long or has too many marks."))
    html = as_html(text, form)
    if one := ONE_PARAGRAPH.fullmatch(html.strip()):
        words = SPACES.sub(" ", one.group(1)).strip(" ")
        return RichText(f"<p>{words}</p>" if words.strip("\xa0") else "", tuple(lost_marks(html, allowed)))
    clean = nh3.clean(
        html,
        tags=KEPT,
        clean_content_tags=DROPPED,
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes=ADDRESSES | {"data"},
        link_rel=None,
    )
    composer = Composer(find_picture, allowed)
    composer.feed(clean)
    composer.close()
    return RichText(composer.html(), (*lost_marks(html, allowed), *composer.notes))


def plain_text(text: str, form: str = "html") -> str:
    """A text without marks, on one line."""
    return " ".join(plain_lines(text, form).split())


def plain_lines(text: str, form: str = "html") -> str:
    """A text without marks, a paragraph a line."""
    if len(text) > MAX_TEXT or text.count("<") > MAX_TAGS:
        raise NotUnderstood(_("One of its texts is too long or has too many marks."))
    if form == "html" and ("<" in text or "&" in text):
        lines = LINE_END.sub("\n", SPACES.sub(" ", text))
        text = unescape(nh3.clean(lines, tags=set(), clean_content_tags=DROPPED))
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip()


def as_html(text: str, form: str) -> str:
    """The text as HTML, unclean. Moodle's own form is HTML in which a line break is one."""
    if form == "html":
        return text
    if form == "markdown":
        return markdown_html(text)
    text = escape(text, quote=False) if form == "plain_text" else NO_TAG.sub("&lt;", text)
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def lost_marks(html: str, allowed: frozenset[str]) -> list[str]:
    """A sentence that names the marks which do not come in as they were."""
    used = {name.lower() for name in TAG_NAME.findall(html)}
    lost = sorted(used - QUIET - allowed - SAME_AS.keys())
    notes = []
    if lost:
        notes.append(_("Simplified or left out: %(marks)s.") % {"marks": ", ".join(lost[:8])})
    if "\\(" in html or html.count("$$") > 1:
        notes.append(_("A formula in TeX comes in as it is typed."))
    return notes


class Composer(HTMLParser):
    """Writes cleaned HTML anew, as the editor would have written it: paragraphs, lists, pictures, and marks in them."""

    def __init__(self, find_picture, allowed):
        super().__init__(convert_charrefs=True)
        self.find_picture, self.allowed = find_picture, allowed
        self.notes, self.parts = [], []
        self.block = []  # the parts of the paragraph or list item being written
        self.lists, self.items = [], []  # open lists; for each whether an item of it is open
        self.wanted, self.written = [], []  # marks that hold where we stand; marks open in the block
        self.verbatim = 0

    def handle_starttag(self, tag, attributes):
        """Begin a block or a mark."""
        name = SAME_AS.get(tag, tag)
        self.begin(name, dict(attributes))
        self.verbatim += name == "pre"
        if len(self.wanted) >= MAX_MARKS_DEEP:
            raise NotUnderstood(_("The marks in one of its texts stand in each other too deep."))
        if tag not in VOID:
            self.wanted.append((tag, self.mark(name, dict(attributes))))

    def begin(self, name, attributes):
        """Begin what stands apart: a list, an item, a picture, a line, a cell, a paragraph."""
        if name in ("ul", "ol"):
            self.open_list(name)
        elif name == "li":
            self.open_item()
        elif name == "img":
            self.picture(attributes)
        elif name == "br":
            self.line_break()
        elif name in CELLS:
            self.cell()
        elif name in BLOCKS:
            self.end_block()

    def handle_endtag(self, tag):
        """End a block or a mark."""
        name = SAME_AS.get(tag, tag)
        if name in ("ul", "ol"):
            self.close_list()
        elif name == "li":
            self.close_item()
        elif name in BLOCKS and name not in CELLS:
            self.end_block()
        self.verbatim -= name == "pre"
        for place in range(len(self.wanted) - 1, -1, -1):
            if self.wanted[place][0] == tag:
                del self.wanted[place:]
                break

    def handle_data(self, data):
        """Words, with the marks that hold."""
        if self.verbatim:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self.line_break()
                self.words(line)
        else:
            self.words(SPACES.sub(" ", data))

    def words(self, text):
        """Add words to the block; one does not begin with a space."""
        text = text if self.block else text.lstrip(" ")
        if text:
            self.match_marks()
            self.block.append(escape(text, quote=False))

    def mark(self, name, attributes):
        """What an element writes around its words: a mark, or nothing."""
        if name in HEADINGS:
            return "b"
        if name != "a":
            return name if name in self.allowed & INLINE else ""
        address = attributes.get("href") or ""
        if address.startswith("@@PLUGINFILE@@"):
            self.notes.append(
                _("The file “%(name)s” is left out.") % {"name": address.rsplit("/", 1)[-1][:80]}
            )
        known = address.split(":")[0].lower() in ADDRESSES and "a" in self.allowed
        return f'a href="{escape(address)}"' if known else ""

    def match_marks(self):
        """Close and open marks in the block until it has those that hold."""
        wanted = list(dict.fromkeys(mark for _tag, mark in self.wanted if mark))
        if wanted == self.written:
            return
        same = 0
        while same < min(len(wanted), len(self.written)) and wanted[same] == self.written[same]:
            same += 1
        self.close_marks(same)
        self.block += [f"<{mark}>" for mark in wanted[same:]]
        self.written = wanted

    def close_marks(self, down_to=0):
        """Close the marks open in the block, the innermost first."""
        self.block += [f"</{mark.split(' ')[0]}>" for mark in reversed(self.written[down_to:])]
        self.written = self.written[:down_to]

    def line_break(self):
        """A new line in the block."""
        if self.block:
            self.block.append("<br/>")

    def cell(self):
        """The next cell of a row."""
        if self.block:
            self.block.append(" | ")

    def end_block(self):
        """The paragraph, or the words of a list item, are complete."""
        self.strip_end()
        if any(part[0] != "<" and part.strip(" \xa0") for part in self.block):
            self.close_marks()
            self.parts.append(self.placed("".join(self.block)))
        self.block, self.written = [], []

    def strip_end(self):
        """Take away spaces, line breaks and empty marks at the end of the block."""
        while self.block:
            last = self.block.pop()
            if last == f"<{next(reversed(self.written), '')}>":
                self.written = self.written[:-1]
            elif last not in ("<br/>", " | ") and (last := last.rstrip(" ")):
                self.block.append(last)
                return

    def placed(self, text):
        """A block where it stands: a paragraph, or words of an item, the second block of which is on a new line."""
        if not self.lists:
            return f"<p>{text}</p>"
        if not self.items[-1]:
            self.items[-1] = True
            return f"<li>{text}"
        return text if self.parts[-1] == "<li>" else f"<br/>{text}"

    def open_list(self, tag):
        """A list begins, inside an item where there is a list already."""
        self.end_block()
        if tag not in self.allowed:
            return
        if self.lists and not self.items[-1]:
            self.open_item()
        self.lists.append(tag)
        self.items.append(False)
        self.parts.append(f"<{tag}>")

    def close_list(self):
        """A list ends; one without items was none."""
        self.close_item()
        if self.lists:
            self.items.pop()
            tag = self.lists.pop()
            if self.parts[-1] == f"<{tag}>":
                self.parts.pop()
            else:
                self.parts.append(f"</{tag}>")

    def open_item(self):
        """An item begins; where there are no lists it is a paragraph with a dash."""
        self.close_item()
        if not self.lists:
            self.block.append("– ")
        else:
            self.items[-1] = True
            self.parts.append("<li>")

    def close_item(self):
        """An item ends; one without words was none."""
        self.end_block()
        if self.items and self.items[-1]:
            self.items[-1] = False
            if self.parts[-1] == "<li>":
                self.parts.pop()
            else:
                self.parts.append("</li>")

    def picture(self, attributes):
        """A picture stands between paragraphs; inside a list it ends the list, and another begins after it."""
        address, alt = attributes.get("src") or "", SPACES.sub(" ", attributes.get("alt") or "").strip()
        found = self.find_picture(address) if "embed" in self.allowed else None
        if found is None:
            name = "data:" if address.startswith("data:") else address.rsplit("/", 1)[-1][:80]
            self.notes.append(_("The picture “%(name)s” is left out.") % {"name": alt[:80] or name})
            return
        if not alt:
            self.notes.append(_("A picture has no alternative text."))
        lists = list(self.lists)
        self.close_lists()
        self.parts.append(embed(found, alt))
        for tag in lists:
            self.open_list(tag)

    def close_lists(self):
        """Close whatever is open."""
        self.end_block()
        while self.lists:
            self.close_list()

    def html(self):
        """What was written."""
        self.close_lists()
        return "".join(self.parts)


def embed(picture: Picture, alt: str) -> str:
    """A picture as rich text holds it, until it is saved."""
    return f'<embed alt="{escape(alt)}" embedtype="image" format="fullwidth" id="file:{picture.sha1}"/>'
