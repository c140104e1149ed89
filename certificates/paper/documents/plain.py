"""Documents as plain data and back, so that what was issued can be kept and drawn again."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from certificates.paper.documents import content

FORMAT = 1
KINDS = {
    kind.__name__: kind
    for kind in (
        content.Run, content.Institution, content.Heading, content.Paragraph, content.KeyValues, content.Column,
        content.Row, content.RowGroup, content.Table, content.Notes, content.Rule, content.Spacer,
        content.PageBreak, content.Signatory, content.SignatureBlock, content.Code, content.Verification,
        content.Document,
    )
}  # fmt: skip


class NotADocument(ValueError):
    """The data is no document, or one that a newer version wrote."""


def to_plain(document: content.Document) -> dict[str, Any]:
    """The document as values that JSON holds."""
    return {"format": FORMAT, "document": _plain(document)}


def from_plain(data: dict[str, Any]) -> content.Document:
    """The document in this data. Raises NotADocument."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NotADocument("This is not a document of this system, or one of a newer version.")
    try:
        document = _read(data["document"])
    except (KeyError, TypeError, ValueError) as problem:
        raise NotADocument(f"This document cannot be read: {problem}") from problem
    if not isinstance(document, content.Document):
        raise NotADocument("This is only a part of a document.")
    return document


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__} | said
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if not isinstance(value, dict):
        return value
    if "at" in value:
        return datetime.fromisoformat(value["at"])
    said = {name: _read(one) for name, one in value.items() if name != "is"}
    return KINDS[value["is"]](**said)
