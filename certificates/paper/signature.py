"""The place of a signature in a document's bytes: kept free when it is drawn, filled when it is signed, found again.

The signature stands in the first and only revision and covers every byte but itself, so whatever is changed, added or
cut off afterwards breaks it. Knows bytes and nothing of keys: what signs is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from certificates.paper.errors import PaperError

RANGE_LENGTH = 48
EMPTY_RANGE = b"/ByteRange [0 0 0 0]".ljust(RANGE_LENGTH)
EMPTY_MOMENT = b"/M (D:00000000000000Z)"
RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
HOLE = re.compile(rb"<([0-9a-f]+)>")  # small letters, as we write them: another letter is another byte


class NoSignaturePlace(PaperError):
    """The document was drawn without a place for a signature, or the signature is larger than it."""


@dataclass(frozen=True)
class Signed:
    """A signature found in a document: the bytes it covers, and itself."""

    covered: bytes
    signature: bytes  # with the zeros that fill its place


def dictionary(reserved: int) -> bytes:
    """The signature's object with everything empty: a certifying signature that allows no changes at all."""
    return (
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n"
        + EMPTY_MOMENT
        + b"\n/Reference [ << /Type /SigRef /TransformMethod /DocMDP\n"
        b"/TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >> ]\n"
        + EMPTY_RANGE
        + b"\n/Contents <"
        + b"0" * (2 * reserved)
        + b"> >>"
    )


def fill(pdf: bytes, moment: datetime, sign: Callable[[bytes], bytes]) -> bytes:
    """The document with its signature; `sign` makes it from the bytes to be covered. Raises NoSignaturePlace."""
    if pdf.count(EMPTY_RANGE) != 1 or pdf.count(EMPTY_MOMENT) != 1:
        raise NoSignaturePlace("The paper has no place for a signature.")
    start = pdf.index(b"/Contents <0", pdf.index(EMPTY_RANGE)) + len(b"/Contents ")
    end = pdf.index(b">", start) + 1
    numbers = f"/ByteRange [0 {start} {end} {len(pdf) - end}]".encode().ljust(RANGE_LENGTH)
    stamp = f"/M (D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z)".encode()
    before = pdf[:start].replace(EMPTY_MOMENT, stamp).replace(EMPTY_RANGE, numbers)
    signature = sign(before + pdf[end:]).hex().encode()
    if len(signature) > end - start - 2:
        raise NoSignaturePlace("The signature is larger than the place kept for it on the paper.")
    return before + b"<" + signature.ljust(end - start - 2, b"0") + b">" + pdf[end:]


def find(pdf: bytes) -> Signed | None:
    """The signature that covers every byte of the document but itself, or None. Reads anything without harm."""
    for first, second, length in (map(int, match) for match in RANGE.findall(pdf)):
        if not first < second or second + length != len(pdf):
            continue
        hole = HOLE.fullmatch(pdf, first, second)
        if hole and len(hole[1]) % 2 == 0:
            return Signed(pdf[:first] + pdf[second:], bytes.fromhex(hole[1].decode("ascii")))
    return None


def has_signature(pdf: bytes) -> bool:
    """Whether the document claims to be signed at all, by whomever and however much of it."""
    return RANGE.search(pdf) is not None
