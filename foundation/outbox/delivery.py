"""Handing one message to the mail server, once: the row is claimed first, so a second worker passes it by."""

import smtplib
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from foundation.outbox.models import Message

# One attempt and eight retries by foundation.jobs: about three hours.
RETRIES = 8
# A claim this old belongs to a worker that died while it was sending.
CLAIM = timedelta(minutes=10)
REFUSED_FOR_GOOD = 500


def deliver(message_id: int) -> bool:
    """Send the message unless it is sent, withheld or in other hands; raise when it is worth another try."""
    message = claim(message_id)
    if message is None:
        return False
    try:
        as_email(message).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        note_failure(message, refusal, final=is_final(refusal))
        if not is_final(refusal):
            raise
        return False
    except (smtplib.SMTPException, OSError) as error:
        note_failure(message, error, final=False)
        raise
    Message.objects.filter(pk=message.pk).update(
        sent_at=timezone.now(), claimed_at=None, failed_at=None, failure=""
    )
    return True


def claim(message_id: int) -> Message | None:
    """Take the message for this worker alone, or None when there is nothing to send."""
    now = timezone.now()
    free = Message.objects.filter(pk=message_id).claimable(stale_before=now - CLAIM)
    if not free.update(claimed_at=now, attempts=F("attempts") + 1):
        return None
    return Message.objects.get(pk=message_id)


def note_failure(message: Message, error: Exception, *, final: bool) -> None:
    """Let go of the message and keep what the mail server said."""
    final = final or message.attempts > RETRIES
    Message.objects.filter(pk=message.pk).update(
        claimed_at=None, failure=str(error)[:1000], failed_at=timezone.now() if final else None
    )


def is_final(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether the server will never take mail for this address."""
    return all(code >= REFUSED_FOR_GOOD for code, _reply in refusal.recipients.values())


def as_email(message: Message) -> EmailMessage:
    """The message as Django sends it; always from our own address."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    email = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.email],
        headers={
            # The same in every attempt, so that a mailbox that gets two copies shows one.
            "Message-ID": f"<outbox-{message.pk}-{message.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    for file in message.attachments.all():
        email.attach(file.name, file.content, file.media_type)
    return email
