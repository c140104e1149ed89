"""What a document carries besides its page: attached files and the place of its signature.

Plain values without the drawing engine, so that whoever hands them in need not load it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file inside the document, such as the award as data for other people's software."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True)
class SignatureField:
    """An invisible field for one certifying signature; screen readers say its label."""

    label: str
    reserved: int  # bytes kept free for the signature


@dataclass(frozen=True)
class Enclosures:
    """Everything a document carries besides its page. A sample carries nothing."""

    attachments: tuple[Attachment, ...] = ()
    signature: SignatureField | None = None


NOTHING = Enclosures()
