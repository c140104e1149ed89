"""What was published when. Completions and awards point here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseVersion(models.Model):
    """The manifest of one publishing of a course: which revision of which page, which version of which activity."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    # For reading: {"pages": [{"page", "revision", "type", "locale", "title"}], "activities": [{"activity", "version",
    # "kind", "title"}]}. The rows of `items` are the links.
    manifest = models.JSONField(_("manifest"))
    change_set = models.ForeignKey(
        "courses.ChangeSet", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_versions_are_numbered")
        ]

    def __str__(self):
        return f"{self.course} · {self.number}"


class CourseVersionItem(models.Model):
    """One page or activity as it stood in a version; its revision can be brought back."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    activity = models.ForeignKey(
        "courses.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    activity_version = models.ForeignKey(
        "courses.ActivityVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("item of a course version")
        verbose_name_plural = _("items of course versions")

    def __str__(self):
        return f"{self.version} · {self.page_id or self.activity_id}"
