"""Whether a text is rich text just as the editor keeps it, so that it may stay letter for letter.

It looks at everything a text says: only known marks, in each other as they must be, no attribute but those the editor
writes, and nothing pointed at by an id of the database.
"""

import re

from assessments.exchange.limits import MAX_MARKS_DEEP
from assessments.exchange.references import NAME, attributes_of
from assessments.exchange.rich_text import ADDRESSES

TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:\s[\w-]+=\"[^\"<>]*\")*)\s?(/?)>|[^<]+")
BLOCK_KEY = re.compile(r"[a-z0-9]{1,12}")
FORMATS = {"fullwidth", "left", "right"}
EMPTY = {"br", "embed"}


def is_database_form(html: str, allowed: frozenset[str]) -> bool:
    """Whether the text could have been written with the editor that allows these marks."""
    place, open_tags = 0, []
    while place < len(html):
        token = TOKEN.match(html, place)
        if token is None or not (token.group(2) is None or fits(token, open_tags, allowed)):
            return False
        place = token.end()
    return not open_tags


def fits(token, open_tags, allowed):
    """Whether a tag may stand where it stands; keeps account of those that are open."""
    closing, tag, said, empty = token.groups()
    if tag not in allowed or bool(empty) != (tag in EMPTY):
        return False
    if closing:
        return not said and bool(open_tags) and open_tags.pop() == tag
    if not empty:
        open_tags.append(tag)
    return len(open_tags) < MAX_MARKS_DEEP and attributes_fit(tag, attributes_of(said))


def attributes_fit(tag, attributes):
    """Whether a tag has the attributes the editor gives it and no others."""
    if tag == "embed":
        named = NAME.fullmatch(attributes.get("id", "")) and attributes["id"].startswith("file:")
        return (
            attributes.keys() == {"alt", "embedtype", "format", "id"}
            and attributes["embedtype"] == "image"
            and attributes["format"] in FORMATS
            and bool(named)
        )
    if tag == "a":
        return link_fits(attributes)
    return not attributes or (
        attributes.keys() == {"data-block-key"} and bool(BLOCK_KEY.fullmatch(attributes["data-block-key"]))
    )


def link_fits(attributes):
    """Whether a link leads to an address, or to a page or document by its name."""
    if attributes.keys() == {"href"}:
        return attributes["href"].split(":")[0].lower() in ADDRESSES
    if attributes.keys() != {"id", "linktype"} or attributes["linktype"] not in ("page", "document"):
        return False
    return bool(NAME.fullmatch(attributes["id"])) and attributes["id"].startswith(attributes["linktype"])
