"""Who works, what was scheduled, how far a job is. The queue itself is django-tasks' table."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker writes a heartbeat every ten seconds; one that has been silent this long is taken for dead.
SILENCE = timedelta(seconds=60)


class HeartbeatQuerySet(models.QuerySet):
    """Selects workers."""

    def alive(self) -> "HeartbeatQuerySet":
        """Workers that said lately that they are at work."""
        return self.filter(stopped_at=None, beat_at__gt=timezone.now() - SILENCE)


class Heartbeat(models.Model):
    """One worker process and when it was last seen."""

    worker_id = models.CharField(max_length=64, unique=True)
    host = models.CharField(_("host"), max_length=255, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    beat_at = models.DateTimeField(_("last seen"), default=timezone.now, db_index=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = HeartbeatQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-beat_at"]
        default_permissions = []
        permissions = [("manage_work", _("Can see background work and retry what failed"))]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.worker_id

    @property
    def alive(self) -> bool:
        """Whether this worker is at work."""
        return self.stopped_at is None and self.beat_at > timezone.now() - SILENCE


class PeriodicRun(models.Model):
    """The last slot in which a periodic job was queued."""

    path = models.CharField(max_length=255, unique=True)
    slot = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["path"]
        default_permissions = []

    def __str__(self):
        return self.path


class Progress(models.Model):
    """How far a long task has come."""

    # The task result's id; no foreign key, as results are pruned and other queues may keep theirs elsewhere.
    result_id = models.CharField(max_length=64, unique=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=255, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.done}/{self.total}"
