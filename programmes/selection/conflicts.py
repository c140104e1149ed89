"""Who must not, and who should rather not, assess whom."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from programmes.models import Application, AssessorAssignment, Referee
from programmes.selection.refusals import SelectionRefusal


def assessor_refusal(application: Application, assessor: User) -> SelectionRefusal | None:
    """Why this person cannot assess this application, or None."""
    if application.person_id == assessor.pk:
        return SelectionRefusal.IS_APPLICANT
    addresses = addresses_of([assessor])[assessor.pk]
    referees = application.referees.values_list("email", flat=True)
    if any(email.strip().casefold() in addresses for email in referees):
        return SelectionRefusal.IS_REFEREE
    conflict = AssessorAssignment.Ending.CONFLICT
    if application.assessor_assignments.filter(assessor=assessor, ending=conflict).exists():
        return SelectionRefusal.HAD_CONFLICT
    return None


def addresses_of(people: Iterable[User]) -> dict[int, set[str]]:
    """Every address by which a person may have been named, in small letters."""
    found: dict[int, set[str]] = {person.pk: {person.email.casefold()} for person in people}
    from_accounts = User.objects.filter(pk__in=found, emailaddress__isnull=False)
    for pk, email in from_accounts.values_list("pk", "emailaddress__email"):
        found[pk].add(email.casefold())
    return found


def barred_pairs(
    applications: Iterable[Application], assessors: Iterable[User]
) -> frozenset[tuple[int, int]]:
    """(application, assessor) that must not be: applicants, referees, declared conflicts. Four queries for any number.

    Also those of one institution, whom chance should never bring together; by hand that is allowed with a warning.
    """
    applications, assessors = list(applications), list(assessors)
    pks = [application.pk for application in applications]
    barred = set(
        AssessorAssignment.objects.filter(
            application__in=pks, ending=AssessorAssignment.Ending.CONFLICT
        ).values_list("application", "assessor")
    )
    by_address: dict[str, set[int]] = defaultdict(set)
    for pk, addresses in addresses_of(assessors).items():
        for address in addresses:
            by_address[address].add(pk)
    for application, email in Referee.objects.filter(application__in=pks).values_list("application", "email"):
        barred.update((application, pk) for pk in by_address.get(email.strip().casefold(), ()))
    for application in applications:
        barred.update(
            (application.pk, assessor.pk)
            for assessor in assessors
            if assessor.pk == application.person_id or same_institution(application, assessor)
        )
    return frozenset(barred)


def same_institution(application: Application, assessor: User) -> bool:
    """Whether both name the same institution."""
    return bool(application.institution.strip()) and folded(application.institution) == folded(
        assessor.institution
    )


def folded(name: str) -> str:
    """A name without case and spaces that say nothing."""
    return " ".join(name.casefold().split())
