"""The words of a template: paragraphs, headings, points, bold and italic; merge fields filled in or found wanting.

An empty line ends a paragraph. `# ` begins a heading, `## ` a smaller one, `- ` a point; `**bold**`, `*italic*`; `---`
is a line across the page. What is filled in is taken as it is: an asterisk in a name is no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from certificates.paper.documents.content import Block, Heading, Notes, Paragraph, Rule, Run, Words
from certificates.paper.merging import FIELD, fields_in, unclosed

PIECE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*", re.DOTALL)
BLOCK = re.compile(r"\{(\w+)\}")
POINT = "•"


class FieldsMissing(ValueError):
    """A sentence asks for something that is not known; `names` are the fields."""

    def __init__(self, names: list[str]):
        self.names = names
        super().__init__(", ".join(names))


def text_problems(text: str, fields: Mapping[str, object], blocks: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with the words of a template: sentences, with the fields there are."""
    if unclosed(text):
        return [_("A brace is left over. Merge fields stand between two of them, as in {name}.")]
    alone = {found[1] for found in map(BLOCK.fullmatch, _chunks(text)) if found}
    unknown = [name for name in dict.fromkeys(fields_in(text)) if name not in fields and name not in blocks]
    problems = [
        _("There is no field {%(field)s}. The fields of this paper are: %(known)s.")
        % {"field": name, "known": ", ".join(f"{{{known}}}" for known in (*fields, *blocks))}
        for name in unknown
    ]
    return problems + [
        _("{%(field)s} stands for more than words: put it on a line of its own, between empty lines.")
        % {"field": name}
        for name in dict.fromkeys(fields_in(text))
        if name in blocks and (name not in alone or text.count(f"{{{name}}}") > 1)
    ]


def blocks_of(
    text: str, values: Mapping[str, str], blocks: Mapping[str, tuple[Block, ...]]
) -> tuple[Block, ...]:
    """The words as blocks. A paragraph none of whose fields is known is left out; raises FieldsMissing otherwise."""
    made: list[Block] = []
    for chunk in _chunks(text):
        alone = BLOCK.fullmatch(chunk)
        if alone and alone[1] in blocks:
            made += blocks[alone[1]]
        elif not _says_nothing(chunk, values):
            made.append(_block(chunk, values))
    return tuple(
        block
        for block, following in zip(made, [*made, None][1:], strict=True)
        if not _is_empty(block, following)
    )


def _is_empty(block: Block, following: Block | None) -> bool:
    """Whether it is a heading with nothing below it."""
    if not isinstance(block, Heading):
        return False
    return following is None or (isinstance(following, Heading) and following.level <= block.level)


def merged(text: str, values: Mapping[str, str]) -> str:
    """One line with its fields filled in; empty where none of them is known. Raises FieldsMissing."""
    if _says_nothing(text, values):
        return ""
    return FIELD.sub(lambda found: values[found[1]], text).strip()


def _chunks(text: str) -> Iterator[str]:
    yield from (chunk.strip() for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if chunk.strip())


def _says_nothing(text: str, values: Mapping[str, str]) -> bool:
    """Whether it asks for fields of which none is known; where only some are, nobody may guess what is meant."""
    asked = list(dict.fromkeys(fields_in(text)))
    missing = [name for name in asked if not values.get(name)]
    if asked and missing == asked:
        return True
    if missing:
        raise FieldsMissing(missing)
    return False


def _block(chunk: str, values: Mapping[str, str]) -> Block:
    lines = chunk.split("\n")
    if chunk == "---":
        return Rule()
    if chunk.startswith("#"):
        level = 2 if chunk.startswith("##") else 1
        return Heading(_words(" ".join(lines).lstrip("# "), values), level)
    if all(line.startswith("- ") for line in lines):
        return Notes(tuple((POINT, _words(line[2:], values)) for line in lines), small=False)
    return Paragraph(_words(chunk, values))


def _words(text: str, values: Mapping[str, str]) -> Words:
    runs, end = [], 0
    for found in PIECE.finditer(text):
        runs.append(Run(text[end : found.start()]))
        runs.append(Run(found[1], bold=True) if found[1] else Run(found[2], italic=True))
        end = found.end()
    runs.append(Run(text[end:]))
    filled = [
        Run(FIELD.sub(lambda at: values[at[1]], run.text), run.bold, run.italic) for run in runs if run.text
    ]
    if len(filled) == 1 and not (filled[0].bold or filled[0].italic):
        return filled[0].text
    return tuple(filled)
