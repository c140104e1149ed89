"""What a paper says: every word finished and localised, pictures as bytes. Knows nothing of how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from certificates.paper.text import left_to_right


@dataclass(frozen=True)
class Wording:
    """Everything that is printed in one language."""

    language: str
    institution: str
    title: str
    presented: str
    achievement: str
    course: str
    facts: tuple[str, ...]
    number_label: str
    code_label: str
    verify_label: str
    direction: str = "ltr"
    # Further merge fields: hours, dates, grade … Those that say nothing are left out.
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """What each merge field says in this language."""
        names = ("institution", "title", "presented", "achievement", "course", "number_label", "code_label")
        own = {name: getattr(self, name) for name in (*names, "verify_label")}
        return {**self.more, **own, "facts": " · ".join(self.facts)}


@dataclass(frozen=True)
class Signatory:
    """Who signs, with the office named once for each wording, and the picture of the signature if there is one."""

    name: str
    offices: tuple[str, ...]
    signature: bytes | None = None
    signature_alternative: str = ""


@dataclass(frozen=True)
class Mark:
    """The mark of a partner or donor."""

    picture: bytes
    alternative: str


@dataclass(frozen=True)
class CertificateData:
    """A paper ready to be printed; the first wording is the main one, a second stands below or beside it."""

    name: str
    wordings: tuple[Wording, ...]
    signatories: tuple[Signatory, ...]
    number: str
    code: str
    verify_url: str
    issued_at: datetime
    monogram: str = ""
    qr_alternative: str = "QR code that leads to the verification page"
    creator: str = "Learning platform"
    marks: tuple[Mark, ...] = ()
    # The pictures a design brings along, by their SHA-256.
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def __post_init__(self):
        if not 1 <= len(self.wordings) <= 2 or not 1 <= len(self.signatories) <= 3:
            raise ValueError("A certificate has one or two wordings and one to three signatories.")
        if self.issued_at.tzinfo is None:
            raise ValueError("The moment of issue needs a time zone.")

    @property
    def address(self) -> str:
        """The verification page as it is printed."""
        return self.verify_url.removeprefix("https://").removeprefix("http://").removesuffix("/")

    def fields(self, wording: Wording) -> dict[str, str]:
        """What each merge field says in a language."""
        return wording.fields | {
            "name": self.name,
            "number": left_to_right(self.number),
            "code": left_to_right(self.code),
            "verify_address": left_to_right(self.address),
        }
