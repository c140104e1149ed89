"""Whose edition, whose enrolment. Views get both only here; "not yours" and "not there" are the same 404."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from courses.models import CoursePage
from courses.models.roles import roles_by_course
from enrolments.models import Edition, EditionQuerySet, EditionRole, Enrolment

MANAGERS = (Role.COORDINATOR, Role.REGISTRAR, Role.ADMINISTRATOR)
READERS = (*MANAGERS, Role.EVALUATOR)
TEACHERS = (Role.TUTOR, Role.MARKER)


def roles_by_edition(user: User) -> dict[int, set[str]]:
    """Roles held on editions today, by edition. Read once per request, kept on the user object."""
    if not hasattr(user, "_edition_roles"):
        found: dict[int, set[str]] = {}
        held = EditionRole.objects.held_by(user).current() if user.pk else EditionRole.objects.none()
        for edition, role in held.values_list("edition", "role"):
            found.setdefault(edition, set()).add(role)
        user._edition_roles = found
    return user._edition_roles


def _editions_with_role(user: User, roles) -> Q:
    by_course = [key for key, held in roles_by_course(user).items() if held.intersection(roles)]
    by_edition = [pk for pk, held in roles_by_edition(user).items() if held.intersection(roles)]
    return Q(course__translation_key__in=by_course) | Q(pk__in=by_edition)


def _holds_role(user: User, edition: Edition, roles) -> bool:
    by_course = roles_by_course(user).get(edition.course.translation_key, set())
    return not by_course.union(roles_by_edition(user).get(edition.pk, set())).isdisjoint(roles)


def visible_editions(user: User) -> EditionQuerySet:
    """The editions this person may know of: public ones, own ones, and those they work on."""
    editions = Edition.objects.filter(cancelled_at=None)
    public = Q(is_restricted=False, course__is_restricted=False)
    if not user.is_authenticated:
        return editions.filter(public)
    if has_site_role(user, *READERS):
        return editions
    own = Q(pk__in=Enrolment.objects.open().of(user).values("edition"))
    return editions.filter(public | own | _editions_with_role(user, Role.values))


def managed_editions(user: User) -> EditionQuerySet:
    """The editions whose enrolments this person may change."""
    if has_site_role(user, *MANAGERS):
        return Edition.objects.all()
    return Edition.objects.filter(_editions_with_role(user, MANAGERS))


def tutored_editions(user: User) -> EditionQuerySet:
    """The editions this person tutors."""
    return Edition.objects.filter(_editions_with_role(user, TEACHERS))


def can_manage(user: User, edition: Edition) -> bool:
    """Whether the person may enrol, withdraw and set dates in this edition."""
    return has_site_role(user, *MANAGERS) or _holds_role(user, edition, MANAGERS)


def can_tutor(user: User, edition: Edition) -> bool:
    """Whether the person may see the learners of this edition and answer them."""
    return has_site_role(user, *MANAGERS) or _holds_role(user, edition, (*TEACHERS, *MANAGERS))


def get_edition_or_404(user: User, code: str) -> Edition:
    """The edition, if this person may know of it."""
    return get_object_or_404(visible_editions(user).select_related("course"), code=code)


def get_tutored_edition_or_404(user: User, code: str) -> Edition:
    """The edition, if this person teaches or manages it."""
    edition = get_object_or_404(Edition.objects.select_related("course"), code=code)
    if not can_tutor(user, edition):
        raise Http404
    return edition


def get_enrolment_or_404(user: User, code: str) -> Enrolment:
    """The person's own active enrolment in this edition."""
    return get_object_or_404(
        Enrolment.objects.active().of(user).select_related("edition__course__source_locale", "person"),
        edition__code=code,
        edition__cancelled_at=None,
    )


def get_occasion_or_404(user: User, code: str, key: UUID) -> Enrolment:
    """An enrolment of the person's own in this edition, also one that has given way to a later one."""
    return get_object_or_404(
        Enrolment.objects.of(user).filter(withdrawn_at=None).select_related("edition__course", "person"),
        edition__code=code,
        edition__cancelled_at=None,
        key=key,
    )


def deliverable_courses(user: User):
    """The courses, in their source language, of which this person may open an edition."""
    courses = CoursePage.objects.canonical().order_by("title")
    if has_site_role(user, *MANAGERS):
        return courses
    keys = [key for key, held in roles_by_course(user).items() if held.intersection(MANAGERS)]
    return courses.filter(translation_key__in=keys)


def can_open_edition(user: User) -> bool:
    """Whether there is a course of which this person may open an edition."""
    return user.is_active and (has_site_role(user, *MANAGERS) or deliverable_courses(user).exists())


def manages_any(user: User) -> bool:
    """Whether there is anything for this person to manage: asked once per request, by menus."""
    if not hasattr(user, "_manages_any"):
        user._manages_any = user.is_active and (can_open_edition(user) or managed_editions(user).exists())
    return user._manages_any


def get_managed_edition_or_404(user: User, pk: int) -> Edition:
    """The edition, if this person manages it."""
    return get_object_or_404(managed_editions(user).select_related("course__source_locale"), pk=pk)


def get_managed_enrolment_or_404(user: User, pk: int) -> Enrolment:
    """An enrolment in an edition this person manages."""
    return get_object_or_404(
        Enrolment.objects.filter(edition__in=managed_editions(user)).select_related(
            "edition__course", "person"
        ),
        pk=pk,
    )


def managed_enrolments(user: User):
    """The enrolments in editions this person manages."""
    if has_site_role(user, *MANAGERS):
        return Enrolment.objects.all()
    return Enrolment.objects.filter(edition__in=managed_editions(user))


def taught_editions(user: User) -> EditionQuerySet:
    """The editions whose learners this person may look after: tutored or managed, and not cancelled."""
    if has_site_role(user, *MANAGERS):
        return Edition.objects.filter(cancelled_at=None)
    return Edition.objects.filter(_editions_with_role(user, (*TEACHERS, *MANAGERS)), cancelled_at=None)
