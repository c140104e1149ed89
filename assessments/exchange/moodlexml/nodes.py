"""A Moodle XML file as a stream of questions: one question in memory at a time.

A document type or an entity of the file's own is refused before it is looked at.
"""

from collections.abc import Iterator
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from assessments.exchange.decoding import Source, letters
from assessments.exchange.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_QUESTION
from assessments.exchange.values import Unreadable


class Node:
    """An element with its line, attributes, text and children."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag, attributes, line):
        self.tag, self.attributes, self.line = tag, attributes, line
        self.children, self.text = [], ""

    def __repr__(self):
        return f"<{self.tag}> on line {self.line}"

    def all(self, tag: str) -> list["Node"]:
        """The children of that name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, *path: str) -> "Node | None":
        """The first child of that name, or child of a child."""
        node = self
        for tag in path:
            node = next((child for child in node.children if child.tag == tag), None)
            if node is None:
                return None
        return node

    def said(self, *path: str) -> str:
        """The text of a child, without the spaces around it; empty where there is none."""
        node = self.first(*path)
        return node.text.strip() if node else ""


class Questions:
    """Builds a tree for each question as the parser meets it, and hands it out when it is whole."""

    def __init__(self):
        self.parser = None
        self.ready = []
        self.open, self.depth = [], 0
        self.elements = self.letters = 0
        self.parts = []

    @property
    def line(self):
        """The line the parser is at."""
        return self.parser.parser.CurrentLineNumber

    def start(self, tag, attributes):
        """An element begins."""
        self.depth += 1
        if self.depth == 1 and tag != "quiz":
            raise self.refused(
                _("This is no Moodle XML file: it begins with <%(name)s>, not <quiz>."), name=tag[:60]
            )
        if self.depth > MAX_DEPTH:
            raise self.refused(
                _("Its elements stand in each other more than %(count)s deep."), count=MAX_DEPTH
            )
        if self.depth == 2 and tag == "question":
            self.elements = self.letters = 0
        elif not self.open:
            return
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self.refused(_("One question has more than %(count)s elements."), count=MAX_ELEMENTS)
        self.keep_text()
        node = Node(tag, attributes, self.line)
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)

    def refused(self, sentence, **names):
        """The file is refused where the parser is."""
        return Unreadable(self.line, sentence % names)

    def data(self, text):
        """Text of the element that is open."""
        if not self.open:
            return
        self.letters += len(text)
        if self.letters > MAX_QUESTION:
            size = {"size": MAX_QUESTION // 1024 // 1024}
            raise Unreadable(self.open[0].line, _("One question is larger than %(size)s MB.") % size)
        self.parts.append(text)

    def end(self, _tag):
        """An element ends."""
        self.depth -= 1
        if not self.open:
            return
        self.keep_text()
        node = self.open.pop()
        if not self.open:
            self.ready.append(node)

    def keep_text(self):
        """Give the open element the text gathered since."""
        if self.parts and self.open:
            self.open[-1].text += "".join(self.parts)
        self.parts = []

    def close(self):
        """The file ended."""

    def taken(self):
        """The questions that are whole."""
        ready, self.ready = self.ready, []
        return ready


def question_nodes(file: Source) -> Iterator[Node]:
    """The questions of a file, one after another. Raises Unreadable with line and reason."""
    target = Questions()
    parser = target.parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        for text in letters(file, declares=True):
            parser.feed(text)
            yield from target.taken()
        parser.close()
    except ParseError as error:
        raise Unreadable(error.position[0], sentence(error)) from error
    except DefusedXmlException as error:
        raise Unreadable(
            target.line, _("The file defines a document type or entities of its own. Such files are refused.")
        ) from error
    yield from target.taken()


def sentence(error: ParseError) -> str:
    """What is wrong with the XML."""
    said = {
        errors.codes[errors.XML_ERROR_NO_ELEMENTS]: _("The file ends before it is complete, or it is empty."),
        errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN]: _("The file ends in the middle of an element."),
        errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: _("The file ends in the middle of a text."),
        errors.codes[errors.XML_ERROR_TAG_MISMATCH]: _(
            "An element ends here that is not the one begun last."
        ),
        errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]: _(
            "An entity is used that XML does not know, such as &nbsp;."
        ),
        errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]: _("A prefix is used that is not declared."),
        errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: _(
            "Something stands after the end of the questions."
        ),
        errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: _("An attribute stands twice."),
    }
    return said.get(error.code) or _("This is not well-formed XML: a sign stands where it may not.")
