"""Who runs which edition of a programme. Programme roles are read here alone; not yours is not there: 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from enrolments.models import Cohort, CohortMember
from programmes.models import (
    ProgrammeEdition,
    ProgrammeEditionQuerySet,
    ProgrammeRole,
    Student,
    StudentQuerySet,
)

COORDINATORS = (Role.COORDINATOR, Role.ADMINISTRATOR)
REGISTRARS = (Role.REGISTRAR, Role.ADMINISTRATOR)
MANAGERS = (Role.COORDINATOR, Role.REGISTRAR, Role.ADMINISTRATOR)


def roles_by_programme(user: User) -> dict[int, set[str]]:
    """Roles held on programme editions today, by edition. Read once per request, kept on the user object."""
    if not hasattr(user, "_programme_roles"):
        found: dict[int, set[str]] = {}
        held = ProgrammeRole.objects.held_by(user).current() if user.pk else ProgrammeRole.objects.none()
        for edition, role in held.values_list("programme_edition", "role"):
            found.setdefault(edition, set()).add(role)
        user._programme_roles = found
    return user._programme_roles


def holds_programme_role(user: User, programme_edition: ProgrammeEdition, *roles: str) -> bool:
    """Whether the person holds any of these roles on this edition today."""
    if not user.is_authenticated or not user.is_active:
        return False
    return not roles_by_programme(user).get(programme_edition.pk, set()).isdisjoint(roles)


def can_coordinate(user: User, programme_edition: ProgrammeEdition) -> bool:
    """Whether the person sets the edition up, works on applications and on its students."""
    return has_site_role(user, *COORDINATORS) or holds_programme_role(user, programme_edition, *COORDINATORS)


def can_register(user: User, programme_edition: ProgrammeEdition) -> bool:
    """Whether the person keeps its register: results, boards, papers."""
    return has_site_role(user, *REGISTRARS) or holds_programme_role(user, programme_edition, *REGISTRARS)


def can_manage(user: User, programme_edition: ProgrammeEdition) -> bool:
    """Whether the person coordinates or registers."""
    return can_coordinate(user, programme_edition) or can_register(user, programme_edition)


def can_assess(user: User, programme_edition: ProgrammeEdition) -> bool:
    """Whether the person may be given applications to score; site roles do not bring this."""
    return holds_programme_role(user, programme_edition, Role.ASSESSOR)


def managed_programme_editions(user: User) -> ProgrammeEditionQuerySet:
    """The editions this person coordinates or registers."""
    if has_site_role(user, *MANAGERS):
        return ProgrammeEdition.objects.all()
    held = roles_by_programme(user) if user.is_authenticated and user.is_active else {}
    return ProgrammeEdition.objects.filter(pk__in=[pk for pk, roles in held.items() if roles & set(MANAGERS)])


def get_programme_edition_or_404(user: User, code: str, right=can_manage) -> ProgrammeEdition:
    """The edition, if the person holds the right on it."""
    found = get_object_or_404(ProgrammeEdition.objects.select_related("page"), code=code)
    if not right(user, found):
        raise Http404
    return found


def get_student_or_404(user: User, code: str) -> Student:
    """The person's own place in the edition of this code."""
    return get_object_or_404(
        Student.objects.of(user).select_related("programme_edition__page", "person"),
        programme_edition__code=code,
        programme_edition__cancelled_at=None,
    )


def manages_any(user: User) -> bool:
    """Whether the person coordinates or registers any edition."""
    if has_site_role(user, *MANAGERS):
        return True
    held = roles_by_programme(user) if user.is_authenticated and user.is_active else {}
    return any(roles & set(MANAGERS) for roles in held.values())


def can_open_edition(user: User) -> bool:
    """Whether the person may begin a new edition of a programme."""
    return has_site_role(user, *COORDINATORS)


def get_managed_or_404(user: User, pk: int, right=can_manage) -> ProgrammeEdition:
    """The edition by its number, if the person holds the right on it."""
    found = get_object_or_404(ProgrammeEdition.objects.select_related("page", "scale"), pk=pk)
    if not right(user, found):
        raise Http404
    return found


def get_managed_student_or_404(user: User, pk: int, right=can_manage) -> Student:
    """A student of an edition on which the person holds the right."""
    students = Student.objects.select_related(
        "programme_edition__page",
        "programme_edition__scale",
        "person__country",
        "country",
        "profession__parent",
    )
    found = get_object_or_404(students, pk=pk)
    if not right(user, found.programme_edition):
        raise Http404
    return found


def own_studentships(user: User) -> StudentQuerySet:
    """The places the person holds, the latest programme first."""
    held = Student.objects.active().of(user).filter(programme_edition__cancelled_at=None)
    return held.select_related("programme_edition").order_by("-programme_edition__starts_on", "pk")


def can_tutor(user: User, programme_edition: ProgrammeEdition) -> bool:
    """Whether the person looks after its students: tutors, and who manages it."""
    tutors = holds_programme_role(user, programme_edition, Role.TUTOR)
    return tutors or can_manage(user, programme_edition)


def tutored_programme_editions(user: User) -> ProgrammeEditionQuerySet:
    """The editions this person tutors."""
    held = roles_by_programme(user) if user.is_authenticated and user.is_active else {}
    return ProgrammeEdition.objects.standing().filter(
        pk__in=[pk for pk, roles in held.items() if Role.TUTOR in roles]
    )


def cohorts_of(programme_edition: ProgrammeEdition) -> list[str]:
    """The names of the groups in its modules; one name in several modules is one group."""
    cohorts = Cohort.objects.open().filter(edition__module__phase__programme_edition=programme_edition)
    return sorted(set(cohorts.values_list("name", flat=True)))


def students_in(programme_edition: ProgrammeEdition, group: str = "") -> StudentQuerySet:
    """Who holds a place, or those of them who are in the group of this name."""
    students = programme_edition.students.active().select_related("person", "country")
    if not group:
        return students
    members = CohortMember.objects.current().filter(
        cohort__name=group, cohort__closed_at=None, enrolment__module_enrolment__student__in=students
    )
    return students.filter(pk__in=members.values("enrolment__module_enrolment__student"))
