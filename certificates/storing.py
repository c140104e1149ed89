"""Drawing an issued award and storing its bytes with their hash. Only a stored award is shown to anybody."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates import emails
from certificates.models import Award
from certificates.printing import draw_award


def store(award: Award) -> Award:
    """Draw the award and store its bytes with their hash; only then is it shown. Safe to repeat, and to be killed.

    Raises certificates.paper.errors.PaperError when it cannot be printed.
    """
    if award.stored_at:
        return award
    pdf = draw_award(award)
    with transaction.atomic():
        award = Award.objects.select_for_update().get(pk=award.pk)
        if award.stored_at:
            return award
        award.file.save(f"{award.number}-{award.code}.pdf", ContentFile(pdf), save=False)
        award.sha256 = hashlib.sha256(pdf).hexdigest()
        award.stored_at = timezone.now()
        award.save(update_fields=["file", "sha256", "stored_at"])
        emails.send_issued(award)
    return award
