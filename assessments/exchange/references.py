"""What rich text points at: pictures, pages, documents; in the site by id, outside by a name that holds anywhere.

`file:<SHA-1>` is a picture, `document:<SHA-1>` a document, `page:<translation key>/<language>` a page.
"""

import re
from collections.abc import Callable, Iterator

from assessments.exchange.parts import map_rich, rich_texts

TAG = re.compile(r"<(?:embed|a)\b[^<>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
NAME = re.compile(r"(?:file|document):[0-9a-f]{40}|page:[0-9a-f-]{36}/[a-z]{2,3}(?:-[a-z]{2,8})?")

Reference = tuple[str, str]


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag of rich text."""
    return dict(ATTRIBUTE.findall(tag))


def reference_of(tag: str) -> Reference | None:
    """What a tag points at, as kind and id: ("image", "3"); None for a link to elsewhere."""
    attributes = attributes_of(tag)
    kind = attributes.get("embedtype") or attributes.get("linktype")
    return (kind, attributes.get("id", "")) if kind in ("image", "page", "document") else None


def references(content: dict) -> Iterator[Reference]:
    """Everything the words of a question point at."""
    for html in rich_texts(content):
        for tag in TAG.findall(html):
            if reference := reference_of(tag):
                yield reference


def renamed(content: dict, name: Callable[[Reference], str | None]) -> dict:
    """The content with what it points at named anew; what has no name goes: a picture, or the link around words."""
    return map_rich(content, lambda html: renamed_html(html, name))


def renamed_html(html: str, name: Callable[[Reference], str | None]) -> str:
    """One text with what it points at named anew."""
    unlinking = False

    def rename(found):
        nonlocal unlinking
        tag = found.group()
        if tag == "</a>":
            unlinking, was = False, unlinking
            return "" if was else tag
        reference = reference_of(tag)
        if reference is None:
            return tag
        if (new := name(reference)) is not None:
            return re.sub(r'(\sid=)"[^"]*"', rf'\1"{new}"', tag, count=1)
        unlinking = tag.startswith("<a")
        return ""

    return re.sub(r"<(?:embed|a)\b[^<>]*>|</a>", rename, html) if "<embed" in html or "<a" in html else html
