"""Looking at files of applications: whoever does is written down, before a byte is sent."""

from django.db import transaction

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications.printing import dossier_of
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.models import Application, DocumentVersion, FileView, RefereeLetter


def open_version(version: DocumentVersion, *, by: User) -> DocumentVersion:
    """The file of a document for somebody who may decide; every view is appended. Raises ApplicationRefused."""
    if version.erased_at:
        raise ApplicationRefused(Refusal.NO_FILE)
    if version.document.wanted.is_sensitive:
        FileView.objects.create(application_id=version.document.application_id, version=version, by=by)
    return version


def open_letter(letter: RefereeLetter, *, by: User) -> RefereeLetter:
    """A referee's letter for somebody who may decide; every view is appended. Raises ApplicationRefused."""
    if letter.erased_at:
        raise ApplicationRefused(Refusal.NO_FILE)
    FileView.objects.create(application_id=letter.referee.application_id, letter=letter, by=by)
    return letter


def print_dossier(application: Application, *, by: User) -> bytes:
    """The dossier as one PDF; that each of its files was handed out is appended first."""
    dossier = dossier_of(application)
    shown = {"application": application, "by": by, "in_dossier": True}
    with transaction.atomic():
        FileView.objects.bulk_create(
            [FileView(version=version, **shown) for version in dossier.versions]
            + [FileView(letter=letter, **shown) for letter in dossier.letters]
        )
        audit.record(
            by,
            "programmes.print_dossier",
            application,
            after={"files": len(dossier.versions) + len(dossier.letters)},
        )
    return dossier.content
