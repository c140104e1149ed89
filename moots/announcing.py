"""Telling participants what of a case file may be read from now on, once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from moots import emails
from moots.models import CaseDocument
from moots.readers import readers_of


def announce_released(now: datetime | None = None) -> int:
    """Announce every part of a case file that has become readable in an open court; how many there were."""
    now = now or timezone.now()
    waiting = CaseDocument.objects.released(now).filter(announced_at=None, moot__opened_at__isnull=False)
    return sum(_announce(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _announce(pk, now):
    document = (
        CaseDocument.objects.select_for_update(of=["self"])
        .select_related("moot__edition", "round")
        .get(pk=pk)
    )
    if document.announced_at:
        return 0
    document.announced_at = now
    document.save(update_fields=["announced_at"])
    emails.send_document(document, readers_of(document))
    return 1
