"""A dossier as one PDF: a cover with what the applicant said, then the accepted documents and letters, page by page."""

import io
from dataclasses import dataclass
from importlib import import_module

import pikepdf
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import formats, timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from PIL import Image

from certificates.paper.documents.content import (
    Column,
    Document,
    Heading,
    Institution,
    KeyValues,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from programmes.applications.inspection import PICTURES, has_too_many_pixels
from programmes.models import Application, DocumentState, DocumentVersion, RefereeLetter

# A sheet of A4 with 300 dots per inch, upright or not.
A4_PIXELS = (3508, 3508)
UNREADABLE = (pikepdf.PdfError, OSError, ValueError, SyntaxError)


@dataclass(frozen=True)
class Dossier:
    """A printed dossier and the files that are in it."""

    content: bytes
    versions: list[DocumentVersion]
    letters: list[RefereeLetter]


def dossier_of(application: Application) -> Dossier:
    """The dossier in the reader's language. What cannot be printed is named on the cover."""
    versions = [
        document.current
        for document in application.documents.select_related("current", "wanted")
        if document.state == DocumentState.ACCEPTED and not document.current.erased_at
    ]
    letters = list(
        RefereeLetter.objects.filter(referee__application=application, erased_at=None).select_related(
            "referee"
        )
    )
    labelled = [(version.document.wanted.label, version) for version in versions]
    labelled += [(_("Letter of %(name)s") % {"name": letter.referee.name}, letter) for letter in letters]
    parts = [(label, kept, _as_pdf(kept)) for label, kept in labelled]
    # Heavy: loaded by whoever draws.
    draw = import_module("certificates.paper.documents.drawing").draw
    cover = draw(_cover(application, parts))
    with pikepdf.open(io.BytesIO(cover)) as whole:
        for _label, _kept, content in parts:
            if content is not None:
                with pikepdf.open(io.BytesIO(content)) as part:
                    whole.pages.extend(part.pages)
        output = io.BytesIO()
        whole.save(output)
    printed = {id(kept) for _label, kept, content in parts if content is not None}
    return Dossier(
        output.getvalue(),
        [one for one in versions if id(one) in printed],
        [one for one in letters if id(one) in printed],
    )


def _as_pdf(kept) -> bytes | None:
    """The file as PDF, or None where it cannot be printed here."""
    try:
        with default_storage.open(kept.file.name) as content:
            if kept.kind in PICTURES:
                return _picture(content)
            if kept.kind != "pdf":
                return None
            with pikepdf.open(io.BytesIO(content.read())) as document:
                output = io.BytesIO()
                document.save(output)
                return output.getvalue()
    except UNREADABLE:
        return None


def _picture(content) -> bytes | None:
    if has_too_many_pixels(content):
        return None
    output = io.BytesIO()
    with Image.open(content) as image:
        image.thumbnail(A4_PIXELS)
        image.convert("RGB").save(output, "PDF", resolution=150)
    return output.getvalue()


def _cover(application, parts):
    receipt = getattr(application, "receipt", None)
    blocks = [
        KeyValues(tuple(_facts(application, receipt)), columns=2),
        *_answers(application),
        *_references(application),
        *_contents(parts),
    ]
    return Document(
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        title=_("Dossier of %(name)s") % {"name": application.full_name},
        subtitle=f"{application.call.programme_edition.name} · {application.call.label}",
        holder=application.full_name,
        institutions=(Institution(settings.SITE_NAME),),
        blocks=tuple(blocks),
        issued_at=timezone.now(),
        page_label=_("Page {page} of {pages}"),
    )


def _facts(application, receipt):
    facts = [
        (_("Number"), receipt.reference if receipt else ""),
        (_("State"), application.state.label),
        (_("Date of birth"), _day(application.born_on)),
        (_("Gender"), application.get_gender_display()),
        (_("Country of nationality"), application.country.label if application.country else ""),
        (_("Country of residence"), application.residence.label if application.residence else ""),
        (_("Profession"), application.profession.label if application.profession else ""),
        (_("Institution"), application.institution),
        (_("Position"), application.position),
        (_("Mode"), application.get_mode_display()),
    ]
    return [(label, str(value)) for label, value in facts if value]


def _day(day):
    return formats.date_format(day, "j F Y") if day else ""


def _answers(application):
    answers = application.answers.select_related("question", "option")
    if answers:
        yield Heading(_("Answers"))
    for answer in answers:
        yield Heading(answer.question.label, level=2)
        yield Paragraph(answer.option.label if answer.option else answer.text or "–")


def _references(application):
    answered = [one for one in application.referees.all() if one.answered_at and not one.revoked_at]
    if answered:
        yield Heading(_("References"))
    for referee in answered:
        yield Heading(referee.name, level=2)
        if referee.recommendation:
            yield Paragraph(referee.get_recommendation_display())
        if referee.comments:
            yield Paragraph(referee.comments)


def _contents(parts):
    if not parts:
        return
    yield Heading(_("Files"))
    columns = (
        Column(_("Document"), 3, names_row=True),
        Column(_("File"), 3),
        Column(_("In this dossier"), 2),
    )
    rows = [
        Row((label, kept.name, _("yes") if content else _("no: open it on the site")))
        for label, kept, content in parts
    ]
    yield Table(columns, (RowGroup(tuple(rows)),), summary=_("The files of this dossier"))
