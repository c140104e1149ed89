"""The secret in the address of a person's calendar feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeedToken(models.Model):
    """Opens one person's timetable to whoever has it, until it is renewed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens")
    token = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("address of a calendar feed")
        verbose_name_plural = _("addresses of calendar feeds")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_feed_address_per_person"
            )
        ]

    def __str__(self):
        return str(self.person)
