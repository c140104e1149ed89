"""A PDF without what names its authors: properties, XMP, attachments, scripts, names on notes, signatures.

The pages stay as they are. What authors wrote into the text itself is theirs to leave out.
"""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import UploadedFile
from pikepdf import Dictionary, Name, Stream

from moots.refusals import MootRefused, Refusal

ABOUT = ("/Metadata", "/PieceInfo", "/LastModified", "/AF")
ABOUT_NOTES = ("/T", "/RC", "/M", "/CreationDate", "/NM")
OF_THE_DOCUMENT = ("/OpenAction", "/AA", "/AF", "/Collection", "/Perms", "/DSS")


@dataclass(frozen=True)
class CleanPdf:
    """The bytes of the cleaned file and how many pages it has."""

    content: bytes
    pages: int


def cleaned(file: UploadedFile, *, title: str) -> CleanPdf:
    """The same pages under a title that gives nothing away. Raises MootRefused for a locked or broken PDF."""
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                raise MootRefused(Refusal.PASSWORD)
            pages = len(pdf.pages)
            _clean(pdf, title)
            written = BytesIO()
            pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError:
        raise MootRefused(Refusal.PASSWORD) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise MootRefused(Refusal.BROKEN_PDF) from None
    finally:
        file.seek(0)
    if not pages:
        raise MootRefused(Refusal.BROKEN_PDF)
    return CleanPdf(written.getvalue(), pages)


def _clean(pdf, title):
    for found in pdf.objects:
        if isinstance(found, Dictionary | Stream):
            _clean_object(found)
    _drop(pdf.Root, OF_THE_DOCUMENT)
    names = pdf.Root.get("/Names")
    if names is not None:
        _drop(names, ("/EmbeddedFiles", "/JavaScript"))
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            _clean_note(note)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = title


def _clean_object(found):
    _drop(found, ABOUT)
    if found.get("/Type") == Name.Sig:
        _drop(found, [key for key in list(found.keys()) if key != "/Type"])


def _clean_note(note):
    if note.get("/Subtype") == Name.FileAttachment:
        _drop(note, ("/FS",))
    if note.get("/Subtype") != Name.Widget:
        _drop(note, ABOUT_NOTES)


def _drop(found, keys):
    for key in keys:
        if key in found:
            del found[key]
