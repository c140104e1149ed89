"""What was published when. Completions and awards point here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseVersion(models.Model):
    """The manifest of one publishing of a course: which revision of which page, which version of which activity."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    manifest = models.JSONField(_("manifest"))
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="course_versions_are_numbered")]

    def __str__(self):
        return f"{self.course} · {self.number}"
