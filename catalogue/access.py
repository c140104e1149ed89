"""What of the site exists for a person. What they may not know of is the same 404 as what was never there.

Restriction belongs to editions: a course exists for everybody when it is public, and for a person when any
edition of it does (`enrolments.access` says which) or when they work on it. Its translations, files and search
hits follow it.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from accounts.access import has_site_role
from accounts.models import Role, User
from courses.models import CoursePage, CourseRole
from courses.models.pages import CourseQuerySet
from enrolments.access import READERS, visible_editions
from enrolments.models import Edition


def sees_every_course(user: User) -> bool:
    """Whether nothing is restricted for this person."""
    return has_site_role(user, *READERS, Role.REVIEWER)


def visible_courses(user: User) -> CourseQuerySet:
    """The published courses this person may know of, each once: the page in its source language."""
    courses = CoursePage.objects.live().canonical()
    if sees_every_course(user):
        return courses
    editions = Edition.objects.filter(cancelled_at=None, course=OuterRef("pk"))
    found = Q(Exists(visible_editions(user).filter(course=OuterRef("pk"))))
    found |= Q(is_restricted=False) & ~Q(Exists(editions))
    if user.is_authenticated:
        found |= Q(pk__in=CourseRole.objects.held_by(user).current().values("course"))
    return courses.filter(found)


def check_course(user: User, course: CoursePage) -> None:
    """Raise 404 unless this course, in whichever language, exists for this person."""
    if not visible_courses(user).filter(translation_key=course.translation_key).exists():
        raise Http404


def is_restricted(course: CoursePage) -> bool:
    """Whether strangers do not know of this course."""
    return not visible_courses(AnonymousUser()).filter(translation_key=course.translation_key).exists()
