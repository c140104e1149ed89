"""Who reaches what of a selection. Assessors reach what is assigned to them; not yours is not there: 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from programmes.access import (
    COORDINATORS,
    can_assess,
    can_coordinate,
    managed_programme_editions,
    roles_by_programme,
)
from programmes.models import (
    Application,
    AssessorAssignment,
    Call,
    Condition,
    Criterion,
    DocumentVersion,
    Letter,
    Offer,
    RefereeLetter,
)


def selection_calls(user: User):
    """Calls of the editions on whose applications the person decides."""
    editions = [one.pk for one in managed_programme_editions(user) if can_coordinate(user, one)]
    calls = Call.objects.filter(programme_edition__in=editions).exclude(published_at=None)
    return calls.select_related("programme_edition")


def selects_any(user: User) -> bool:
    """Whether the person decides on any edition's applications."""
    if has_site_role(user, *COORDINATORS):
        return True
    return any(roles & set(COORDINATORS) for roles in roles_by_programme(user).values())


def assesses_any(user: User) -> bool:
    """Whether the person is an assessor of any edition today."""
    return any(Role.ASSESSOR in roles for roles in roles_by_programme(user).values())


def holds_a_role(user: User) -> bool:
    """Whether the person holds any role on any programme edition today."""
    return bool(roles_by_programme(user))


def get_call_or_404(user: User, pk: int) -> Call:
    """A call on whose applications the person decides."""
    call = get_object_or_404(Call.objects.select_related("programme_edition__page", "selection"), pk=pk)
    if not can_coordinate(user, call.programme_edition):
        raise Http404
    return call


def get_application_or_404(user: User, call: Call, pk: int) -> Application:
    """A submitted application of the call; nobody opens their own as a member of the committee."""
    found = call.applications.exclude(submitted_at=None).exclude(person=user)
    return get_object_or_404(found.select_related("person", "country", "profession"), pk=pk)


def own_assignments(user: User):
    """What is assigned to the person now, on editions where they still hold the role."""
    mine = AssessorAssignment.objects.current().filter(assessor=user, application__withdrawn_at=None)
    editions = [pk for pk, roles in roles_by_programme(user).items() if Role.ASSESSOR in roles]
    mine = mine.filter(application__call__programme_edition__in=editions)
    return mine.select_related(
        "application__call__programme_edition", "application__person", "application__country", "assessor"
    )


def get_assignment_or_404(user: User, pk: int) -> AssessorAssignment:
    """One of the person's own assignments."""
    found = get_object_or_404(own_assignments(user), pk=pk)
    if not can_assess(user, found.application.call.programme_edition):
        raise Http404
    return found


def get_open_dossier_or_404(user: User, pk: int) -> AssessorAssignment:
    """One of the person's own assignments whose dossier is open: no conflict was declared."""
    found = get_assignment_or_404(user, pk)
    if found.declared_at is None:
        raise Http404
    return found


def shown_versions(assignment: AssessorAssignment):
    """The files an assessor opens: the newest of each document, sensitive ones only where the rules say so."""
    versions = DocumentVersion.objects.filter(
        document__application=assignment.application_id,
        pk__in=assignment.application.documents.exclude(current=None).values("current"),
        erased_at=None,
    )
    rules = getattr(assignment.application.call, "selection", None)
    if rules is None or not rules.shows_sensitive:
        versions = versions.filter(document__wanted__is_sensitive=False)
    return versions.select_related("document__wanted", "document__application")


def shown_letters(assignment: AssessorAssignment):
    """The referees' letters an assessor opens."""
    return RefereeLetter.objects.filter(
        referee__application=assignment.application_id, erased_at=None
    ).select_related("referee")


def get_criterion_or_404(call: Call, pk: int) -> Criterion:
    """A criterion of the call that is in force."""
    return get_object_or_404(call.criteria.in_force(), pk=pk)


def get_call_assignment_or_404(call: Call, pk: int) -> AssessorAssignment:
    """An assignment of the call."""
    found = AssessorAssignment.objects.filter(application__call=call)
    return get_object_or_404(found.select_related("application__call", "assessor"), pk=pk)


def call_offers(user: User, call: Call):
    """The offered places of the call; nobody handles their own."""
    found = Offer.objects.filter(application__call=call).exclude(application__person=user)
    return found.select_related("application__person", "student", "decision")


def get_offer_or_404(user: User, call: Call, pk: int) -> Offer:
    """An offered place of the call that is not the person's own."""
    return get_object_or_404(call_offers(user, call), pk=pk)


def call_conditions(user: User, call: Call):
    """The conditions of the call's admissions; nobody handles their own."""
    found = Condition.objects.filter(decision__application__call=call)
    return found.exclude(decision__application__person=user).select_related("decision__application__person")


def get_condition_or_404(user: User, call: Call, pk: int) -> Condition:
    """A condition of an admission of the call that is not the person's own."""
    return get_object_or_404(call_conditions(user, call), pk=pk)


def get_own_application_or_404(user: User, code: str) -> Application:
    """The person's own submitted application to the call of this code, a standing one first."""
    own = Application.objects.of(user).filter(call__code=code).exclude(submitted_at=None)
    own = own.select_related("call__programme_edition__page", "call__selection", "person")
    found = own.standing().first() or own.first()
    if found is None:
        raise Http404
    return found


def own_letters(application: Application):
    """The letters an applicant has been sent, the newest first."""
    return Letter.objects.filter(decision__application=application).order_by("-written_at", "-pk")


def own_offer(application: Application) -> Offer | None:
    """The place that is or was offered to the applicant, the newest one."""
    offers = application.offers.select_related(
        "application__person", "application__call__programme_edition", "decision", "student"
    )
    return offers.order_by("-offered_at", "-pk").first()
