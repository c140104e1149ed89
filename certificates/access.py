"""Whose awards, and who may decide about them."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from certificates.codes import parse_code
from certificates.models import (
    Award,
    AwardQuerySet,
    AwardType,
    AwardTypeQuerySet,
    BulkIssue,
    PaperKind,
    PastImport,
    Rule,
)
from courses.access import can_author, can_see
from courses.models import CoursePage
from enrolments.access import READERS, get_managed_edition_or_404, managed_editions
from enrolments.models import Edition

DECIDERS = (Role.REGISTRAR, Role.ADMINISTRATOR)


def own_awards(user: User) -> AwardQuerySet:
    """The person's awards, newest first."""
    related = ("enrolment__edition__course", "occasion", "award_type__renewed_by")
    return Award.objects.of(user).select_related(*related)


def get_own_award_or_404(user: User, typed: str) -> Award:
    """One of the person's awards whose file is whole."""
    return get_object_or_404(own_awards(user).whole(), code=parse_code(typed) or "")


def can_decide(user: User) -> bool:
    """Whether the person may replace and revoke awards and define what they are."""
    return has_site_role(user, *DECIDERS)


def can_look_at_definitions(user: User) -> bool:
    """Whether the person may see award types, signatories and which course gives what."""
    return has_site_role(user, *READERS, Role.AUTHOR)


def registered_awards(user: User) -> AwardQuerySet:
    """The awards this member of staff may look at: all of them, or those of the editions they manage.

    Those given for an occasion are for whoever may look at all of them; papers, which hold grades and passport
    numbers, for those who decide about awards.
    """
    if has_site_role(user, *DECIDERS):
        return Award.objects.all()
    if has_site_role(user, *READERS):
        return Award.objects.exclude(award_type__kind__in=PaperKind.values)
    if not user.is_authenticated or not user.is_active:
        return Award.objects.none()
    return Award.objects.filter(enrolment__edition__in=managed_editions(user))


def get_registered_award_or_404(user: User, pk: int) -> Award:
    """One award of the register."""
    return get_object_or_404(
        registered_awards(user).select_related(
            "enrolment__edition__course", "enrolment__person", "occasion__person", "award_type"
        ),
        pk=pk,
    )


def get_award_to_decide_or_404(user: User, pk: int) -> Award:
    """One award that the person may replace or revoke."""
    if not can_decide(user):
        raise Http404
    return get_registered_award_or_404(user, pk)


def get_past_award_to_decide_or_404(user: User, pk: int) -> Award:
    """One award entered from the register of its time, whose entry the person may correct."""
    award = get_award_to_decide_or_404(user, pk)
    if not award.is_past:
        raise Http404
    return award


def past_imports(user: User) -> QuerySet[PastImport]:
    """Spreadsheets of past awards, for whoever may enter them in the register."""
    if not can_decide(user):
        raise Http404
    return PastImport.objects.select_related("created_by", "confirmed_by")


def get_past_import_or_404(user: User, pk: int) -> PastImport:
    """One of them."""
    return get_object_or_404(past_imports(user), pk=pk)


def get_edition_to_award_or_404(user: User, pk: int) -> Edition:
    """An edition to whose people the person may issue awards: whoever manages it."""
    return get_managed_edition_or_404(user, pk)


def awards_to_issue(user: User, edition: Edition) -> AwardTypeQuerySet:
    """What the person may issue there: what the course gives; who defines awards, also those given by decision."""
    given = Q(courses__course=edition.course.canonical)
    if can_decide(user):
        return AwardType.objects.for_courses().filter(given | Q(rule=Rule.DECISION)).distinct()
    return AwardType.objects.for_courses().filter(given).exclude(rule=Rule.DECISION)


def get_bulk_issue_or_404(user: User, pk: int) -> BulkIssue:
    """An order for an edition that the person manages."""
    orders = BulkIssue.objects.filter(edition__in=managed_editions(user))
    return get_object_or_404(orders.select_related("edition__course", "award_type", "created_by"), pk=pk)


def can_choose_award(user: User, course: CoursePage) -> bool:
    """Whether the person may say which award a course gives: its authors, and who defines awards."""
    return can_decide(user) or can_author(user, course)


def get_course_to_award_or_404(user: User, pk: int) -> CoursePage:
    """A course whose award the person may look at, asked for by any of its languages."""
    course = get_object_or_404(CoursePage, pk=pk).canonical
    if not (has_site_role(user, *READERS) or can_see(user, course)):
        raise Http404
    return course
