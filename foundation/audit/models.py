"""The log and the head of its chain. Knows how entries are hashed, not who may write or read them."""

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Somebody tried to change or delete an entry of the audit log."""

    def __init__(self):
        super().__init__("The audit log is append-only: record a new entry instead.")


class EntryQuerySet(models.QuerySet):
    """Selects entries; refuses everything that would alter them."""

    def about(self, obj: models.Model) -> "EntryQuerySet":
        """Entries on one object, newest first."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
            object_id=str(obj.pk),
        )

    def update(self, **kwargs):
        """Refuse."""
        raise AppendOnly

    def delete(self):
        """Refuse."""
        raise AppendOnly

    def bulk_update(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnly

    def bulk_create(self, *args, **kwargs):
        """Refuse: entries are chained one by one, by `services.record`."""
        raise AppendOnly

    def update_or_create(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnly


class Entry(models.Model):
    """One thing that somebody, or the system, did to one object."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="audit_entries",
        verbose_name=_("who"),
    )
    # As the person was called then. Empty for what the system did by itself.
    actor_label = models.CharField(_("name"), max_length=255, blank=True)
    action = models.CharField(_("what"), max_length=100, db_index=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.SET_NULL, null=True, related_name="+")
    # "app.model" as it was then: unlike the content type, no renaming touches it, so it can be hashed.
    object_type = models.CharField(max_length=200, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(_("object"), max_length=255, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]
        default_permissions = ["view"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_entry_object")]

    def __str__(self):
        return f"{self.number}: {self.action}"

    def save(self, *args, **kwargs):
        """Write a new entry; refuse to rewrite an old one."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnly

    def content_digest(self) -> str:
        """The fingerprint of everything this entry says."""
        facts = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "actor_label": self.actor_label,
            "action": self.action,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "object_label": self.object_label,
            "reason": self.reason,
            "before": self.before,
            "after": self.after,
        }
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def computed_hash(self) -> str:
        """What `hash` must be. Chains the digest, so that content may one day go while its digest stays."""
        return hashlib.sha256(f"{self.previous_hash}:{self.content_digest()}".encode()).hexdigest()


class Chain(models.Model):
    """The end of the chain: how many entries there are and the hash of the last. One row."""

    START = "0" * 64

    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.length} {self.hash}"
