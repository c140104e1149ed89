"""Who may be meant when a lecturer is to be named: those who teach already. Anybody else is named by address."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import User
from courses.models import CourseRole
from enrolments.models import Edition, EditionRole
from timetable.models import SessionLecturer


def known_lecturers(editions: Collection[Edition]) -> QuerySet[User]:
    """People with a role on the editions or their courses, and who lectures in a session of theirs."""
    pks = [edition.pk for edition in editions]
    keys = [edition.course.translation_key for edition in editions]
    on_editions = EditionRole.objects.current().filter(edition__in=pks)
    on_courses = CourseRole.objects.current().filter(course__translation_key__in=keys)
    lecturing = SessionLecturer.objects.filter(session__edition__in=pks)
    known = Q(pk__in=on_editions.values("person")) | Q(pk__in=on_courses.values("person"))
    found = User.objects.filter(known | Q(pk__in=lecturing.values("person")), is_active=True)
    return found.order_by("last_name", "first_name", "pk")
