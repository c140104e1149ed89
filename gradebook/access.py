"""Who may see and change which gradebook. Views get editions, learners and items only here."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from enrolments.access import READERS, can_manage, can_tutor, get_enrolment_or_404
from enrolments.models import Edition, Enrolment
from gradebook.models import GradeEntry, GradeItem, GradeScheme

SCALE_EDITORS = (Role.REGISTRAR, Role.ADMINISTRATOR)


def can_enter(user: User, edition: Edition) -> bool:
    """Whether the person may see the results of this edition and enter some: its tutors, markers and managers."""
    return user.is_active and can_tutor(user, edition)


def can_release(user: User, edition: Edition) -> bool:
    """Whether the person may release results and hide them again."""
    return user.is_active and can_manage(user, edition)


def can_set_up(user: User, edition: Edition) -> bool:
    """Whether the person may say what counts how much."""
    return user.is_active and can_manage(user, edition)


def can_see_addresses(user: User, edition: Edition) -> bool:
    """Whether the person may see the learners' e-mail addresses here."""
    return user.is_active and can_manage(user, edition)


def can_edit_scales(user: User) -> bool:
    """Whether the person may define scales for all editions."""
    return has_site_role(user, *SCALE_EDITORS)


def can_look_at_scales(user: User) -> bool:
    """Whether the person may see how scales are defined."""
    return has_site_role(user, *READERS)


def get_edition_or_404(user: User, pk: int, right=can_enter) -> Edition:
    """The edition, if the person holds the right on it."""
    editions = Edition.objects.select_related("course__source_locale", "grade_scheme__scale")
    edition = get_object_or_404(editions, pk=pk)
    if not right(user, edition):
        raise Http404
    return edition


def get_scheme_or_404(user: User, pk: int, right=can_enter) -> GradeScheme:
    """The gradebook that staff have begun for an edition, if the person holds the right on it."""
    edition = get_edition_or_404(user, pk, right)
    scheme = getattr(edition, "grade_scheme", None)
    if scheme is None:
        raise Http404
    return scheme


def get_item_or_404(scheme: GradeScheme, pk: int) -> GradeItem:
    """An item of the gradebook, also one that was left out."""
    return get_object_or_404(scheme.items.select_related("activity", "category"), pk=pk)


def learners(edition: Edition):
    """The enrolments whose results staff see: those who hold a place, and those who withdrew."""
    return edition.enrolments.filter(closed_at=None).select_related("person", "edition")


def get_learner_or_404(edition: Edition, pk: int) -> Enrolment:
    """A learner of the edition."""
    return get_object_or_404(learners(edition), pk=pk)


def get_entry_or_404(scheme: GradeScheme, pk: int) -> GradeEntry:
    """Something that staff entered into this gradebook."""
    entries = GradeEntry.objects.select_related("item__activity", "enrolment__edition", "replaces", "by")
    return get_object_or_404(entries, pk=pk, item__scheme=scheme)


def get_own_enrolment_or_404(user: User, code: str) -> Enrolment:
    """The person's own place in an edition."""
    return get_enrolment_or_404(user, code)
