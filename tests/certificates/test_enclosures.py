"""What a paper carries besides its page, and the place where it is signed."""

from datetime import UTC, datetime

import page
import pytest

from certificates.paper import signature
from certificates.paper.certificate import draw
from certificates.paper.enclosures import Attachment, Enclosures, SignatureField
from tests.certificates.test_paper import certificate

BADGE = Attachment("badge.json", "application/ld+json", "The award as an Open Badge", b'{"name": "Amina"}')
FIELD = SignatureField("Signature of the institution", 500)
MOMENT = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


def drawn(enclosures):
    return draw(certificate(), enclosures=enclosures)


@pytest.mark.parametrize("enclosures", [Enclosures(), Enclosures((BADGE,)), Enclosures((BADGE,), FIELD)])
@pytest.mark.parametrize("profile", ["pdfa-3a", "pdfua-1"])
def test_what_it_carries_leaves_it_archival_and_accessible(enclosures, profile):
    pdf = drawn(enclosures)
    if enclosures.signature:
        pdf = signature.fill(pdf, MOMENT, lambda covered: b"S" * 300)

    report = page.validate_pdf_bytes(pdf, profile=profile)

    assert [failure.message for failure in report.failures] == []


def test_a_signature_covers_every_byte_but_itself():
    handed_in = []

    pdf = signature.fill(
        drawn(Enclosures((), FIELD)), MOMENT, lambda covered: handed_in.append(covered) or b"S" * 9
    )

    found = signature.find(pdf)
    assert found.covered == handed_in[0]
    assert found.signature.rstrip(b"\0") == b"S" * 9
    assert len(found.covered) + 2 * FIELD.reserved + 2 == len(pdf)
    assert b"D:20261125123000Z" in found.covered


@pytest.mark.parametrize(
    "change", [lambda pdf: pdf + b"\n", lambda pdf: pdf[:-1], lambda pdf: b" " + pdf, lambda pdf: b"%PDF-1.7"]
)
def test_a_document_that_grew_or_shrank_has_no_signature_over_all_of_it(change):
    pdf = signature.fill(drawn(Enclosures((), FIELD)), MOMENT, lambda covered: b"S" * 9)

    assert signature.find(change(pdf)) is None


def test_a_paper_without_a_place_cannot_be_signed():
    with pytest.raises(signature.NoSignaturePlace):
        signature.fill(drawn(Enclosures()), MOMENT, lambda covered: b"S")


def test_a_signature_larger_than_its_place_is_refused():
    with pytest.raises(signature.NoSignaturePlace):
        signature.fill(drawn(Enclosures((), FIELD)), MOMENT, lambda covered: b"S" * 501)
