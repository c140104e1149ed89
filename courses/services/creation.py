"""Small changes of structure: a new course's author, a new activity, another order."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.access import has_site_role
from accounts.models import Role, User
from accounts.services import grant_role
from courses.activities import kind_of
from courses.models import Activity, CoursePage, CourseRole
from foundation import audit


def adopt_course(course: CoursePage, user: User) -> None:
    """Make the person who began a course its author. Safe to repeat."""
    if not CourseRole.objects.current().on(course).filter(person=user, role=Role.AUTHOR).exists():
        grant_role(
            CourseRole(person=user, role=Role.AUTHOR, course=course.canonical, reason=_("Began the course")),
            by=None,
        )
    user.__dict__.pop("_course_roles", None)


@transaction.atomic
def create_activity(kind: str, course: CoursePage, title: str, *, user: User) -> Activity:
    """Begin an activity of a kind as a draft; its own form fills it."""
    activity = kind_of(kind).begin(course=course.canonical, title=title)
    activity.live = False
    activity.has_unpublished_changes = True
    activity.save()
    activity.save_revision(user=user, clean=False)
    audit.record(user, "courses.create_activity", activity)
    return activity


@transaction.atomic
def move_page(page: Page, *, up: bool, user: User) -> None:
    """Move a unit or lesson one place among its siblings. At the end it stays where it is."""
    sibling = page.get_prev_sibling() if up else page.get_next_sibling()
    if sibling:
        page.move(sibling, pos="left" if up else "right", user=user)


def order_refusal(page: Page, user: User) -> str | None:
    """Why this person cannot change the order here now: the order of what is live is live at once."""
    course = page.specific.course
    if page.specific.locking_change_set:
        return _("This is being reviewed. Withdraw it first.")
    if page.live and course.live and not has_site_role(user, Role.ADMINISTRATOR):
        return _("Learners see this order already. Ask an administrator to change it.")
    return None
