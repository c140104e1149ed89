"""What was changed in the timetable, appended, so that everybody concerned is told once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from timetable.models.places import Room
from timetable.models.sessions import Session


class Change(models.Model):
    """One act of one person: a series scheduled, a session moved, a spreadsheet taken in."""

    class Kind(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        MOVED = "moved", _("Changed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("change of the timetable")
        verbose_name_plural = _("changes of the timetable")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_kind_display()


class ChangedSession(models.Model):
    """One session of a change, as it was before; what was scheduled anew was nothing before."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="sessions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    online_link = models.URLField(max_length=500, blank=True)
    # Who was taken off the session: they are told too.
    released = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    class Meta:
        verbose_name = _("changed session")
        verbose_name_plural = _("changed sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "session"], name="a_change_names_a_session_once")
        ]

    def __str__(self):
        return f"{self.change} · {self.session}"
