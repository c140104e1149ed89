"""HTML and text of parameters: what may stay in them. Given its own result, every function changes nothing."""

import html
import re

import nh3

BLOCKS = ("div", "span", "p", "br")
TABLE = {
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "col",
    "colgroup",
    "figure",
    "figcaption",
    "caption",
}
# Elements that bring others along: both spellings, and what they are made of.
COMPANIONS = {
    "table": TABLE,
    "strong": {"b"},
    "b": {"strong"},
    "em": {"i"},
    "i": {"em"},
    "ul": {"li"},
    "ol": {"li"},
    "del": {"s"},
    "strike": {"s"},
}
# Whatever semantics ask for, nothing else reaches a page.
POSSIBLE = frozenset(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp section small span strike "
    "strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"class", "dir", "lang", "title", "style"},
    "a": {"href", "target", "rel"},
    "col": {"span"},
    "ol": {"start", "type", "reversed"},
    "table": {"border", "cellpadding", "cellspacing", "summary"},
    "td": {"colspan", "rowspan", "headers", "align", "valign"},
    "th": {"colspan", "rowspan", "headers", "scope", "align", "valign"},
    "time": {"datetime"},
}
PROTOCOLS = {"ftp", "http", "https", "mailto"}
STYLED = frozenset("span p div h1 h2 h3 table col figure td th li".split())
LENGTH = r"[0-9]{1,4}(?:\.[0-9]{1,4})?(?:px|em|rem|pt|%)"
COLOUR = (
    r"(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\([0-9]{1,3}%?(?:deg)?(?:,\s?|\s)[0-9]{1,3}%?(?:,\s?|\s)"
    r"[0-9]{1,3}%?(?:(?:,\s?|\s/\s)[0-9.]{1,6}%?)?\))"
)
FAMILY = r"[-\w\s,'\"]{1,200}"
LINE = r"(?:solid|dotted|dashed|double|none)"
FONT_STYLES = {
    "size": {"font-size": rf"{LENGTH}|[a-z-]{{3,10}}"},
    "family": {"font-family": FAMILY},
    "color": {"color": COLOUR},
    "background": {"background-color": COLOUR, "background": COLOUR},
    "spacing": {"letter-spacing": LENGTH},
    "height": {"line-height": rf"{LENGTH}|[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?"},
}
ALIGN = {"text-align": "left|right|center|justify|start|end"}
TABLE_STYLES = {
    "width": LENGTH,
    "height": LENGTH,
    "padding": LENGTH,
    "float": "left|right|none",
    "margin-left": rf"{LENGTH}|auto",
    "margin-right": rf"{LENGTH}|auto",
    "vertical-align": "top|middle|bottom",
    "border": rf"{LENGTH}\s{LINE}(?:\s{COLOUR})?",
    "border-style": LINE,
    "border-width": LENGTH,
    "border-color": COLOUR,
    "border-collapse": "collapse|separate",
    "background-color": COLOUR,
}
LONGEST_STYLE = 2000
AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)")
QUOTES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
MOST_PASSES = 4


def escape(text: str) -> str:
    """Plain text for a page; what is escaped already stays as it is."""
    return AMPERSAND.sub("&amp;", text).translate(QUOTES)


def plain(text: str, max_length: int | None = None) -> str:
    """Plain text, escaped and cut; an escaped letter counts as one."""
    escaped = escape(text)
    if max_length is None or len(escaped) <= max_length:
        return escaped
    readable = html.unescape(escaped)
    if len(readable) <= max_length:
        return escaped
    return readable[:max_length].replace("&", "&amp;").translate(QUOTES)


def clean_html(text: str, tags: tuple[str, ...], fonts: frozenset[str] = frozenset(), max_length=None) -> str:
    """HTML with the elements that semantics allow and nothing that runs."""
    if max_length is not None and len(text) > max_length:
        readable = words_of(text)
        if len(readable) > max_length:
            text = html.escape(readable[:max_length], quote=False)
    allowed = allowed_elements(tags)
    for _ in range(MOST_PASSES):
        cleaned = clean_once(text, allowed, fonts)
        if cleaned == text:
            return cleaned
        text = cleaned
    # Nothing honest takes so long to settle.
    return clean_once(html.escape(words_of(text), quote=False), allowed, fonts)


def words_of(text: str) -> str:
    """What somebody reads of HTML."""
    return html.unescape(nh3.clean(text, tags=set()))


def clean_once(text: str, allowed: set[str], fonts: frozenset[str]) -> str:
    """One pass."""
    may_style_tables = "table" in allowed
    attributes = {element: names for element, names in ATTRIBUTES.items() if element in ("*", *allowed)}

    def keep(element, attribute, value):
        if attribute != "style":
            return value
        return safe_style(value, fonts, may_style_tables) or None if element in STYLED else None

    return nh3.clean(
        text,
        tags=allowed,
        clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "svg", "math"},
        attributes=attributes,
        attribute_filter=keep,
        url_schemes=PROTOCOLS,
        link_rel=None,
        strip_comments=True,
    )


def allowed_elements(tags: tuple[str, ...]) -> set[str]:
    """The elements of semantics with those that always may be there and those that belong to them."""
    wanted = {*BLOCKS, *tags}
    for tag in tags:
        wanted |= COMPANIONS.get(tag, set())
    return wanted & POSSIBLE


def safe_style(value: str, fonts: frozenset[str], may_style_tables: bool) -> str:
    """The declarations that are allowed, each with a value of a known form."""
    allowed = dict(ALIGN)
    for font in fonts:
        allowed |= FONT_STYLES.get(font, {})
    if may_style_tables:
        allowed |= TABLE_STYLES
    kept = []
    for declaration in value[:LONGEST_STYLE].split(";"):
        name, _colon, wanted = declaration.partition(":")
        name, wanted = name.strip().lower(), " ".join(wanted.split())
        if name in allowed and re.fullmatch(allowed[name], wanted, re.IGNORECASE):
            kept.append(f"{name}: {wanted}")
    return "; ".join(kept)
