"""Which courses exist for a person.

Restriction belongs to editions: a course exists for everybody when it is public, and for a person when any
edition of it does (`enrolments.access` says which) or when they work on it. Its translations, files and search
hits follow it.
"""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.access import has_site_role
from accounts.models import Role, User
from courses.models import CoursePage, CourseRole
from courses.models.pages import CourseQuerySet
from enrolments.access import READERS, visible_editions
from enrolments.models import Edition

# Who is not signed in, as a person.
STRANGER = cast(User, AnonymousUser())


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


def is_restricted(course: CoursePage) -> bool:
    """Whether strangers do not know of this course."""
    return not visible_courses(STRANGER).filter(translation_key=course.translation_key).exists()
