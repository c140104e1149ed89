"""Puts attached files and the place of a signature into a document, as PDF/A-3 and PDF/UA want them."""

from __future__ import annotations

import hashlib

from reportlab.pdfbase import pdfdoc

from certificates.paper.enclosures import Attachment, SignatureField
from certificates.paper.signature import dictionary
from certificates.paper.streams import Stream

FIELD_NAME = "Signature"
PRINT, LOCKED = 4, 128
SIGNATURES_EXIST, APPEND_ONLY = 1, 2


class SignatureDictionary(pdfdoc.PDFObject):
    """The object that will hold the signature; its bytes are exact, because they are filled in place."""

    __RefOnly__ = 1

    def __init__(self, reserved: int):
        self.reserved = reserved

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as it stands in the file."""
        return dictionary(self.reserved)


def add_signature_field(
    document: pdfdoc.PDFDocument, page: pdfdoc.PDFObjectReference, field: SignatureField, parent_key: int
) -> pdfdoc.PDFObjectReference:
    """Add the field with its empty signature; its place in the structure tree is the caller's to make."""
    signature = document.Reference(SignatureDictionary(field.reserved))
    widget = document.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Widget"),
                "FT": pdfdoc.PDFName("Sig"),
                "T": pdfdoc.PDFString(FIELD_NAME),
                "TU": pdfdoc.PDFString(field.label),
                "F": PRINT | LOCKED,
                "Rect": pdfdoc.PDFArray([0, 0, 0, 0]),
                "P": page,
                "StructParent": parent_key,
                "V": signature,
            }
        )
    )
    form = {"Fields": pdfdoc.PDFArray([widget]), "SigFlags": SIGNATURES_EXIST | APPEND_ONLY}
    document.Catalog.AcroForm = pdfdoc.PDFDictionary(form)
    document.Catalog.Perms = pdfdoc.PDFDictionary({"DocMDP": signature})
    return widget


def add_attachments(
    document: pdfdoc.PDFDocument, attachments: tuple[Attachment, ...], moment: pdfdoc.PDFString
) -> None:
    """Add files that belong to the whole document (AF)."""
    if not attachments:
        return
    files = [document.Reference(_specification(document, each, moment)) for each in attachments]
    names: list[object] = []
    for attachment, file in zip(attachments, files, strict=True):
        names += [pdfdoc.PDFString(attachment.name), file]
    embedded = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": embedded})
    document.Catalog.AF = pdfdoc.PDFArray(files)


def _specification(document, attachment: Attachment, moment: pdfdoc.PDFString) -> pdfdoc.PDFDictionary:
    check = (
        hashlib.md5(attachment.content, usedforsecurity=False).hexdigest().upper()
    )  # what the format asks for
    stream = Stream(
        attachment.content,
        {
            "Type": pdfdoc.PDFName("EmbeddedFile"),
            "Subtype": "/" + attachment.media_type.replace("/", "#2F").replace("+", "#2B"),
            "Params": pdfdoc.PDFDictionary(
                {"Size": len(attachment.content), "ModDate": moment, "CheckSum": f"<{check}>"}
            ),
        },
    )
    file = document.Reference(stream)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(attachment.name),
            "UF": pdfdoc.PDFString(attachment.name),
            "Desc": pdfdoc.PDFString(attachment.description),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": file, "UF": file}),
        }
    )
