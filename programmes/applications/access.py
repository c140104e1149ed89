"""Who may see which call, application and file. Not yours is not there: 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from programmes.models import Application, Call, DocumentVersion, PartialUpload, Referee, WantedDocument


def get_call_or_404(code: str) -> Call:
    """A call that people may know of."""
    published = Call.objects.published().select_related("programme_edition__page")
    return get_object_or_404(published, code=code)


def own_application(user: User, call: Call) -> Application | None:
    """The newest application of this person to this call, a standing one first."""
    if not user.is_authenticated:
        return None
    own = call.applications.of(user).select_related("call__programme_edition__page", "person", "receipt")
    return own.standing().first() or own.first()


def get_own_application_or_404(user: User, code: str) -> Application:
    """The person's own application to the call of this code."""
    if found := own_application(user, get_call_or_404(code)):
        return found
    raise Http404


def get_wanted_or_404(application: Application, key: str) -> WantedDocument:
    """A document that the application's call wants."""
    return get_object_or_404(WantedDocument, call=application.call_id, key=key)


def get_own_version_or_404(user: User, code: str, version_id: int) -> DocumentVersion:
    """A file that the person uploaded for their own application and that has not been erased."""
    application = get_own_application_or_404(user, code)
    versions = DocumentVersion.objects.filter(document__application=application, erased_at=None)
    return get_object_or_404(versions, pk=version_id)


def get_own_referee_or_404(application: Application, referee_id: int) -> Referee:
    """A referee of the application whose link was not taken back."""
    return get_object_or_404(application.referees.standing(), pk=referee_id)


def get_upload_or_404(application: Application, wanted: WantedDocument, key) -> PartialUpload:
    """A file on its way to this application."""
    uploads = application.partial_uploads.filter(wanted=wanted).select_related(
        "application__call__programme_edition", "application__person", "wanted", "version"
    )
    return get_object_or_404(uploads, key=key)


def wanted_by_key(code: str, key: str) -> WantedDocument | None:
    """A document that a published call wants; who asks does not matter: calls are public."""
    published = Call.objects.published().filter(code=code)
    return WantedDocument.objects.filter(call__in=published, key=key).first()
