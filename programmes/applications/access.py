"""Who may see which call, application and file. Not yours is not there: 404."""

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import User
from portfolio.models import Named
from programmes.access import COORDINATORS, can_coordinate, managed_programme_editions, roles_by_programme
from programmes.models import (
    Application,
    ApplicationDocument,
    Call,
    CallDeclaration,
    CallQuerySet,
    CallQuestion,
    DocumentVersion,
    ErasureReport,
    PartialUpload,
    ProgrammeEdition,
    ProgrammeEditionQuerySet,
    Referee,
    RefereeLetter,
    WantedDocument,
)


def get_call_or_404(code: str) -> Call:
    """A call that people may know of."""
    published = Call.objects.published().select_related("programme_edition__page")
    return get_object_or_404(published, code=code)


def own_application(user: User, call: Call) -> Application | None:
    """The newest application of this person to this call, a standing one first."""
    if not user.is_authenticated:
        return None
    own = call.applications.of(user).select_related(
        *("call__programme_edition__page", "person", "receipt"), "nomination__nomination_list__partner"
    )
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


def can_handle(user: User, application: Application) -> bool:
    """Whether the person works on this application as staff; nobody handles their own."""
    return application.person_id != user.pk and can_coordinate(user, application.call.programme_edition)


def handled_calls(user: User) -> CallQuerySet:
    """The calls of editions that the person coordinates."""
    return Call.objects.filter(programme_edition__in=coordinated_editions(user)).select_related(
        "programme_edition"
    )


def handles_any(user: User) -> bool:
    """Whether the person coordinates any programme edition."""
    return has_site_role(user, *COORDINATORS) or any(
        roles & set(COORDINATORS) for roles in roles_by_programme(user).values()
    )


def get_handled_call_or_404(user: User, call_id: int) -> Call:
    """A call of an edition that the person coordinates."""
    call = get_object_or_404(Call.objects.select_related("programme_edition__page"), pk=call_id)
    if not can_coordinate(user, call.programme_edition):
        raise Http404
    return call


def get_handled_application_or_404(user: User, application_id: int) -> Application:
    """An application that the person works on as staff."""
    found = get_object_or_404(
        Application.objects.select_related(
            *("call__programme_edition__page", "person", "country", "residence", "profession"),
            "nomination__nomination_list__partner",
        ),
        pk=application_id,
    )
    if not can_handle(user, found):
        raise Http404
    return found


def get_handled_version_or_404(user: User, application_id: int, version_id: int) -> DocumentVersion:
    """A file of an application that the person works on."""
    application = get_handled_application_or_404(user, application_id)
    versions = DocumentVersion.objects.select_related("document__wanted", "document__application")
    return get_object_or_404(versions, pk=version_id, document__application=application)


def get_handled_letter_or_404(user: User, application_id: int, letter_id: int) -> RefereeLetter:
    """A referee's letter for an application that the person works on."""
    application = get_handled_application_or_404(user, application_id)
    letters = RefereeLetter.objects.select_related("referee")
    return get_object_or_404(letters, pk=letter_id, referee__application=application)


def get_document_or_404(application: Application, document_id: int) -> ApplicationDocument:
    """A document of an application."""
    documents = application.documents.select_related("wanted", "current", "application__call")
    return get_object_or_404(documents, pk=document_id)


def get_version_or_404(document: ApplicationDocument, version_id: int) -> DocumentVersion:
    """A version of a document."""
    return get_object_or_404(document.versions, pk=version_id)


def coordinated_editions(user: User) -> ProgrammeEditionQuerySet:
    """The editions the person may call for."""
    coordinated = [one.pk for one in managed_programme_editions(user) if can_coordinate(user, one)]
    return ProgrammeEdition.objects.filter(pk__in=coordinated)


PARTS: dict[str, type[Named]] = {
    "questions": CallQuestion,
    "documents": WantedDocument,
    "declarations": CallDeclaration,
}


def get_part_or_404(call: Call, kind: str, part_id: int) -> Named:
    """A question, wanted document or declaration of a call."""
    if kind not in PARTS:
        raise Http404
    return get_object_or_404(PARTS[kind].objects.filter(call=call), pk=part_id)


def handled_erasures(user: User) -> models.QuerySet[ErasureReport]:
    """Erasures of editions that the person coordinates."""
    editions = coordinated_editions(user)
    return ErasureReport.objects.filter(programme_edition__in=editions).select_related("programme_edition")


def get_erasure_or_404(user: User, pk: int) -> ErasureReport:
    """An erasure of an edition that the person coordinates."""
    return get_object_or_404(handled_erasures(user), pk=pk)
