"""The little of Markdown that questions are written in: paragraphs, lists, bold, italic, code and links."""

import re
from html import escape

ITEM = re.compile(r"\s*(?:([-*+])|\d{1,4}[.)])\s+(.*)")
HEADING = re.compile(r"#{1,6}\s")
SPANS = [
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"!\[([^\]\n]{0,300})\]\(([^)\s]{1,500})\)"), r'<img alt="\1" src="\2">'),
    (re.compile(r"\[([^\]\n]{1,300})\]\(([^)\s]{1,500})\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_\n]+?)(?<=\S)__(?!\w)"), r"<b>\1\2</b>"),
    (re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"), r"<i>\1\2</i>"),
]


def markdown_html(text: str) -> str:
    """The text as HTML; marks of HTML in it are words."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n"))
    return "".join(block_html(block.split("\n")) for block in blocks if block.strip())


class Blocks:
    """Writes lines as paragraphs, headings and lists."""

    def __init__(self):
        self.html, self.words, self.items, self.bullets = [], [], [], False

    def end(self):
        """The paragraph or list before is complete."""
        if self.items:
            tag = "ul" if self.bullets else "ol"
            items = "".join(f"<li>{spans(item)}</li>" for item in self.items)
            self.html.append(f"<{tag}>{items}</{tag}>")
        if self.words:
            self.html.append(f"<p>{spans(' '.join(self.words))}</p>")
        self.items, self.words = [], []

    def add(self, line):
        """The next line."""
        if HEADING.match(line):
            self.end()
            self.html.append(f"<h3>{spans(line.strip('# '))}</h3>")
        elif item := ITEM.match(line):
            if self.words or (self.items and self.bullets != bool(item.group(1))):
                self.end()
            self.bullets = bool(item.group(1))
            self.items.append(item.group(2))
        elif self.items:
            self.items[-1] += f" {line.strip()}"
        else:
            self.words.append(line.rstrip() + "<br>" if line.endswith("  ") else line.strip())


def block_html(lines: list[str]) -> str:
    """One block of lines."""
    blocks = Blocks()
    for line in lines:
        blocks.add(line)
    blocks.end()
    return "".join(blocks.html)


def spans(text: str) -> str:
    """Marks inside a line."""
    text = escape(text, quote=False).replace("&lt;br&gt;", "<br>").replace('"', "&quot;")
    for pattern, written in SPANS:
        text = pattern.sub(written, text)
    return text
