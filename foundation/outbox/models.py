"""Messages, who does not want which, and the demo's mailbox."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet):
    """Selects messages."""

    def unsent(self) -> "MessageQuerySet":
        """Messages that have not left, though they should; some may have failed for good."""
        return self.filter(sent_at=None, withheld="")

    def claimable(self, stale_before) -> "MessageQuerySet":
        """Unsent messages that nobody is sending; a claim from before `stale_before` is a dead worker's."""
        return self.unsent().filter(models.Q(claimed_at=None) | models.Q(claimed_at__lt=stale_before))


class Message(models.Model):
    """One message to one person, as it was worded when it was written."""

    class Withheld(models.TextChoices):
        """Why a message was not sent."""

        OPTED_OUT = "opted_out", _("The person does not want messages of this kind")
        NO_ADDRESS = "no_address", _("The person has no e-mail address")
        CLOSED = "closed", _("The account is closed")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("recipient"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=100, db_index=True)
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    # Names the occasion, so that repeating a service writes no second message.
    key = models.CharField(max_length=255, unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now, db_index=True)
    withheld = models.CharField(_("withheld"), max_length=12, choices=Withheld, blank=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    failed_at = models.DateTimeField(_("failed"), null=True)
    failure = models.TextField(_("failure"), blank=True)

    objects = MessageQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at=None, failed_at=None, withheld=""),
                name="outbox_unsent",
            )
        ]

    def __str__(self):
        return self.subject


class Attachment(models.Model):
    """A text that travels with a message as a file, such as an entry for calendars."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=100)
    # With its parameters, such as "text/calendar; method=REQUEST".
    media_type = models.CharField(max_length=100)
    content = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return self.name


class Preference(models.Model):
    """A kind of message that a person does not want."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="message_preferences"
    )
    kind = models.CharField(max_length=100)
    opted_out_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_kind")]

    def __str__(self):
        return self.kind


class MailboxMessage(models.Model):
    """An e-mail of the demo, kept to be read instead of being sent."""

    to = models.TextField()
    sender = models.CharField(max_length=255)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    # Names, types and texts of what was attached.
    attachments = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = []

    def __str__(self):
        return self.subject
