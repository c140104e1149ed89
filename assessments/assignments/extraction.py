"""The words of a file, where they can be read: plain text, Word, OpenDocument. Nothing is run or unpacked to disk."""

import zipfile

from defusedxml import DefusedXmlException, ElementTree
from django.core.files import File

# More than the longest thesis; a part that claims to be shorter and is not is cut off here.
MOST_BYTES = 30 * 1024 * 1024
MOST_LETTERS = 1_000_000
MOST_MARKS = 3_000_000
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
PARAGRAPHS = {"p", "h"}
UNREADABLE = (
    *(zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, OSError),
    *(ElementTree.ParseError, DefusedXmlException, UnicodeDecodeError),
)


def words_of_file(file: File, kind: str) -> str | None:
    """The text of a file, or None where it cannot be read."""
    try:
        if kind == "txt":
            return _plain(file.read(MOST_BYTES))[:MOST_LETTERS]
        if kind in PARTS:
            return _from_package(file, PARTS[kind])[:MOST_LETTERS]
    except UNREADABLE:
        return None
    return None


def _plain(content):
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content.decode(encoding, errors="ignore")


def _from_package(file, part):
    with zipfile.ZipFile(file) as package, package.open(part) as content:
        xml = content.read(MOST_BYTES + 1)
    if len(xml) > MOST_BYTES or xml.count(b"<") > MOST_MARKS:
        raise ValueError(part)
    lines = "".join(_in_paragraphs(ElementTree.fromstring(xml, forbid_dtd=True))).split("\n")
    return "\n".join(line for line in lines if line.strip())


def _in_paragraphs(root):
    """The text of all paragraphs, each on lines of its own; each letter once, however deep they stand in each other."""
    left = [(root, False)]
    while left:
        part, inside = left.pop()
        if isinstance(part, str):
            yield part
            continue
        if isinstance(part.tag, str) and part.tag.rpartition("}")[2] in PARAGRAPHS:
            inside = True
            yield "\n"
            left.append(("\n", True))
        if inside and part.text:
            yield part.text
        for child in reversed(part):
            if inside and child.tail:
                left.append((child.tail, True))
            left.append((child, inside))
