"""Documents of applications: uploading, replacing, accepting, returning. Older versions stay until they are erased."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications import emails
from programmes.applications.holding import lock
from programmes.applications.inspection import inspect_for
from programmes.applications.places import is_over
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.storing import drop, dropped_on_failure, keep
from programmes.applications.window import over_refusal, window_refusal
from programmes.models import (
    OTHER_LANGUAGE,
    Application,
    ApplicationDocument,
    ApplicationEvent,
    DocumentState,
    DocumentVersion,
    WantedDocument,
)

VERDICTS = {
    DocumentState.ACCEPTED: (ApplicationEvent.Kind.DOCUMENT_ACCEPTED, "document_accepted"),
    DocumentState.RETURNED: (ApplicationEvent.Kind.DOCUMENT_RETURNED, "document_returned"),
}


def upload_refusal(application: Application, wanted: WantedDocument, *, at) -> ApplicationRefused | None:
    """Why no file can be uploaded for this document now, or None.

    After submitting a document is replaced once it was returned, also when the call has closed.
    """
    if wanted.call_id != application.call_id:
        return ApplicationRefused(Refusal.OTHER_CALL)
    if application.withdrawn_at:
        return ApplicationRefused(Refusal.WITHDRAWN)
    if application.submitted_at is None:
        return window_refusal(application.call, application, at=at)
    if refusal := over_refusal(application, at=at):
        return refusal
    place = application.documents.filter(wanted=wanted).select_related("current").first()
    is_returned = place is not None and place.state == DocumentState.RETURNED
    return None if is_returned else ApplicationRefused(Refusal.DOCUMENT_CLOSED)


def upload_document(
    application: Application, wanted: WantedDocument, upload: UploadedFile, *, by: User
) -> DocumentVersion:
    """Check a file by its content and make it the newest version. The same file twice is kept once.

    Raises UploadRefused or ApplicationRefused; nothing is kept then.
    """
    at = timezone.now()
    if refusal := upload_refusal(application, wanted, at=at):
        raise refusal
    fields = keep(upload, inspect_for(wanted, upload))
    with dropped_on_failure(fields["file"]):
        version, is_new = _add_version(application, wanted, fields, by, at)
    if not is_new:
        drop(fields["file"])
    return version


@transaction.atomic
def _add_version(application, wanted, fields, by, at):
    held = lock(application)
    if refusal := upload_refusal(held, wanted, at=at):
        raise refusal
    place, _created = held.documents.get_or_create(wanted=wanted)
    _count_as_unerased(held)
    there = place.versions.filter(sha256=fields["sha256"]).first()
    if there and not there.erased_at:
        return _the_same_again(place, there), False
    elsewhere = DocumentVersion.objects.filter(
        document__application=held, sha256=fields["sha256"], document__current__sha256=fields["sha256"]
    )
    if elsewhere.exists():
        raise ApplicationRefused(Refusal.SAME_FILE)
    if there:
        return _back_again(place, there, fields, by), True
    number = (place.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    place.current = place.versions.create(number=number, uploaded_by=by, **fields)
    place.save(update_fields=["current"])
    held.events.create(kind=ApplicationEvent.Kind.DOCUMENT_RECEIVED, by=by, document=place)
    return place.current, True


def _count_as_unerased(held):
    """Files are there again, and age again."""
    if held.files_erased_at:
        held.files_erased_at = None
        held.save(update_fields=["files_erased_at"])


def _back_again(place, there, fields, by):
    """The very file that had been erased, kept anew."""
    there.file, there.name = fields["file"], fields["name"]
    there.uploaded_at, there.uploaded_by, there.erased_at = timezone.now(), by, None
    there.verdict, there.why, there.looked_over_at, there.looked_over_by = "", "", None, None
    there.save()
    place.current = there
    place.save(update_fields=["current"])
    place.application.events.create(kind=ApplicationEvent.Kind.DOCUMENT_RECEIVED, by=by, document=place)
    return there


def _the_same_again(place, there):
    """The version that is there already, where it still counts."""
    if place.current_id != there.pk:
        raise ApplicationRefused(Refusal.OLDER_FILE)
    if there.verdict == DocumentState.RETURNED:
        raise ApplicationRefused(Refusal.RETURNED_FILE)
    return there


@transaction.atomic
def say_language(application: Application, wanted: WantedDocument, language: str) -> ApplicationDocument:
    """Keep what language a document is written in: one that the call names, or another one."""
    held = lock(application)
    if held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN)
    if held.submitted_at:
        raise ApplicationRefused(Refusal.SUBMITTED)
    if wanted.call_id != held.call_id:
        raise ApplicationRefused(Refusal.OTHER_CALL)
    place, _created = held.documents.get_or_create(wanted=wanted)
    known = {"", OTHER_LANGUAGE, *held.call.document_languages}
    if place.language != language and language in known:
        place.language = language
        place.save(update_fields=["language"])
    return place


def accept_document(document: ApplicationDocument, *, by: User, version: DocumentVersion | None = None):
    """Say that the newest version is in order. Safe to repeat."""
    return _look_over(document, DocumentState.ACCEPTED, "", by, version)


def return_document(
    document: ApplicationDocument, *, by: User, why: str, version: DocumentVersion | None = None
):
    """Give the newest version back with the reason; the applicant can replace it. Safe to repeat."""
    if not why.strip():
        raise ApplicationRefused(Refusal.NO_REASON)
    return _look_over(document, DocumentState.RETURNED, why.strip(), by, version)


@transaction.atomic
def _look_over(document, verdict, why, by, version):
    """Say it of the version that stood on the screen; where a newer one came meanwhile nothing is said."""
    held = lock(document.application)
    if held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN)
    if is_over(held):
        raise ApplicationRefused(Refusal.NOTHING_ASKED)
    place = held.documents.select_related("current", "wanted").get(pk=document.pk)
    current = place.current
    if current is None or current.erased_at or (version is not None and version.pk != current.pk):
        raise ApplicationRefused(Refusal.NO_FILE)
    if (current.verdict, current.why) == (verdict, why):
        return place
    before = {"verdict": current.verdict, "why": current.why}
    current.verdict, current.why = verdict, why
    current.looked_over_at, current.looked_over_by = timezone.now(), by
    current.save(update_fields=["verdict", "why", "looked_over_at", "looked_over_by"])
    if verdict == DocumentState.RETURNED and held.completed_at:
        held.completed_at = None
        held.save(update_fields=["completed_at"])
    kind, name = VERDICTS[verdict]
    event = held.events.create(kind=kind, by=by, document=place, reason=why)
    audit.record(
        by,
        f"programmes.{name}",
        place,
        reason=why,
        before=before,
        after={"verdict": verdict, "why": why, "sha256": current.sha256},
    )
    emails.tell(held, event, name, page="documents")
    return place
