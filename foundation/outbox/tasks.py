"""Sending in the background."""

from datetime import timedelta

from django.utils import timezone

from foundation import jobs
from foundation.jobs.pending import pending_arguments
from foundation.outbox import delivery
from foundation.outbox.models import MailboxMessage, Message

# Long enough for a transaction's own task to be queued.
OVERDUE = timedelta(minutes=5)
MAILBOX_KEEPS = timedelta(days=30)


@jobs.task(retries=delivery.RETRIES, backoff=60)
def send_message(message_id):
    """Send one message."""
    return delivery.deliver(message_id)


@jobs.every(minutes=5)
def queue_forgotten():
    """Queue messages whose task was lost when a process died after the commit, or a worker while sending."""
    now = timezone.now()
    queued = {args[0] for args in pending_arguments(send_message)}
    forgotten = (
        Message.objects.claimable(stale_before=now - delivery.CLAIM)
        .filter(failed_at=None, created_at__lt=now - OVERDUE)
        .values_list("pk", flat=True)
    )
    for message_id in forgotten:
        if message_id not in queued:
            send_message.enqueue(message_id)


@jobs.every(days=1)
def empty_mailbox():
    """Forget old e-mails of the demo."""
    MailboxMessage.objects.filter(at__lt=timezone.now() - MAILBOX_KEEPS).delete()
