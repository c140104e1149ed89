"""An issued paper as a page: everything it says, in its order, for whoever reads or hears it instead of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certificates.models import Award
from certificates.paper.documents.content import (
    Block,
    Document,
    Heading,
    KeyValues,
    Notes,
    Paragraph,
    SignatureBlock,
    Table,
    plain,
)
from certificates.paper.documents.plain import from_plain


@dataclass(frozen=True)
class Part:
    """A part of the paper and what shows it."""

    kind: str
    said: Any


def paper_as_page(award: Award) -> dict[str, Any] | None:
    """The paper's document and its parts; None for what is no paper."""
    if "document" not in award.snapshot:
        return None
    document: Document = from_plain(award.snapshot["document"])
    parts = [part for block in document.blocks if (part := _part(block, document))]
    return {"document": document, "parts": parts}


def _part(block: Block, document: Document) -> Part | None:
    if isinstance(block, Heading):
        return Part("smaller heading" if block.level > 1 else "heading", plain(block.text))
    if isinstance(block, Paragraph):
        return Part("paragraph", plain(block.text))
    if isinstance(block, KeyValues):
        return Part("facts", [(label, plain(words)) for label, words in block.items])
    if isinstance(block, Notes):
        return Part("notes", [(sign, plain(words)) for sign, words in block.items])
    if isinstance(block, Table):
        return Part("table", _table(block, document))
    return Part("signatures", block.signatories) if isinstance(block, SignatureBlock) else None


def _table(table: Table, document: Document) -> dict[str, Any]:
    """A table for people who move through it cell by cell: each group has its title across."""
    return {
        "caption": table.summary or document.title,
        "heads": [plain(column.title) for column in table.columns],
        "groups": [
            {
                "title": plain(group.title),
                "rows": [
                    [
                        (plain(words), column.names_row)
                        for words, column in zip(row.cells, table.columns, strict=True)
                    ]
                    for row in group.rows
                ],
            }
            for group in table.groups
        ],
    }
