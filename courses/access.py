"""Who may do what with a course. Views get courses and change sets here; "not yours" and "not there" are both 404."""

from django.http import Http404

from accounts.access import has_site_role
from accounts.models import Role
from courses.models import ChangeSet, CoursePage
from courses.models.roles import has_course_role, roles_by_course


def can_create_course(user):
    """Whether the person may begin a course in the catalogue."""
    return has_site_role(user, Role.AUTHOR, Role.ADMINISTRATOR)


def can_publish(user):
    """Whether the person may publish without a review."""
    return has_site_role(user, Role.ADMINISTRATOR)


def can_author(user, course):
    """Whether the person writes this course."""
    return has_site_role(user, Role.ADMINISTRATOR) or has_course_role(user, course, Role.AUTHOR)


def can_review(user, course):
    """Whether the person reviews this course; nobody reviews what they submitted themselves (`can_decide`)."""
    return has_site_role(user, Role.REVIEWER, Role.ADMINISTRATOR) or has_course_role(
        user, course, Role.REVIEWER
    )


def can_translate(user, course):
    """Whether the person translates this course."""
    return (
        can_author(user, course)
        or has_site_role(user, Role.TRANSLATOR)
        or has_course_role(user, course, Role.TRANSLATOR)
    )


def can_manage_team(user, course):
    """Whether the person says who works on this course."""
    return has_site_role(user, Role.ADMINISTRATOR) or has_course_role(user, course, Role.COORDINATOR)


def can_see(user, course):
    """Whether the course is this person's business as staff."""
    return (
        can_author(user, course)
        or can_review(user, course)
        or bool(user.is_active and roles_by_course(user).get(course.translation_key))
    )


def can_decide(user, change_set):
    """Whether the person may approve or return this change set."""
    return user != change_set.submitted_by and can_review(user, change_set.course)


def can_withdraw(user, change_set):
    """Whether the person may take this change set back."""
    return can_author(user, change_set.course)


def courses_for(user):
    """The courses this person works on, in their source language."""
    courses = CoursePage.objects.canonical().order_by("title")
    if has_site_role(user, Role.REVIEWER, Role.ADMINISTRATOR):
        return courses
    return courses.filter(translation_key__in=roles_by_course(user) if user.is_active else [])


def authored_courses(user):
    """The courses this person writes, in their source language."""
    courses = CoursePage.objects.canonical().order_by("title")
    if has_site_role(user, Role.ADMINISTRATOR):
        return courses
    keys = [key for key, roles in roles_by_course(user).items() if Role.AUTHOR in roles]
    return courses.filter(translation_key__in=keys if user.is_active else [])


def get_course_or_404(user, pk, right=can_see):
    """The canonical course, asked for by any of its translations, if the person holds the right on it."""
    course = CoursePage.objects.filter(pk=pk).select_related("source_locale").first()
    if course is None or not right(user, course):
        raise Http404
    return course.canonical


def get_change_set_or_404(user, pk, right=None):
    """A change set of a course that is this person's business, if the right on the change set is theirs too."""
    change_set = ChangeSet.objects.select_related("course", "submitted_by").filter(pk=pk).first()
    if change_set is None or not can_see(user, change_set.course) or (right and not right(user, change_set)):
        raise Http404
    return change_set


def change_sets_to_review(user):
    """What waits for this person's decision."""
    waiting = (
        ChangeSet.objects.awaiting_review().select_related("course", "submitted_by").order_by("submitted_at")
    )
    return [change_set for change_set in waiting if can_decide(user, change_set)]
