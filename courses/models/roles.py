"""Who works on which course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment


class CourseRole(RoleAssignment):
    """A role on one course, held on its canonical page and good for every translation."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="roles")

    class Meta:
        verbose_name = _("course role")
        verbose_name_plural = _("course roles")
