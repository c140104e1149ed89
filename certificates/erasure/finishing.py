"""Deleting the file of an award whose name was erased."""

from django.utils import timezone

from certificates.models import Award


def finish(award: Award) -> None:
    """Delete the file, then say so. Safe to repeat, and to be killed in between."""
    if award.erasure_asked_at is None or award.erased_at:
        return
    if award.file:
        award.file.storage.delete(award.file.name)
    Award.objects.filter(pk=award.pk).update(file="", erased_at=timezone.now())
