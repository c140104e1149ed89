"""Who works on which course. Rights on courses are read here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, RoleAssignmentQuerySet


class CourseRoleQuerySet(RoleAssignmentQuerySet):
    """Selects who works on a course."""

    def on(self, course):
        """Roles on a course, asked of any of its translations."""
        return self.filter(course__translation_key=course.translation_key)


class CourseRole(RoleAssignment):
    """A role on one course, held on its canonical page and good for every translation."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="roles")

    objects = CourseRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("course role")
        verbose_name_plural = _("course roles")


def roles_by_course(user):
    """Roles held today: course translation key → set of roles. Read once per request, kept on the user object."""
    if not hasattr(user, "_course_roles"):
        found = {}
        held = CourseRole.objects.held_by(user).current() if user.pk else CourseRole.objects.none()
        for key, role in held.values_list("course__translation_key", "role"):
            found.setdefault(key, set()).add(role)
        user._course_roles = found
    return user._course_roles


def has_course_role(user, course, *roles):
    """Whether the person holds any of these roles on the course, in any language of it, today."""
    if not user.is_active:
        return False
    return not roles_by_course(user).get(course.translation_key, set()).isdisjoint(roles)
