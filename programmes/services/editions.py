"""An edition of a programme as a whole."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import ProgrammeEdition
from programmes.services.holding import lock_programme_edition


@transaction.atomic
def cancel_programme_edition(programme_edition: ProgrammeEdition, *, by: User, reason: str) -> None:
    """Admit nobody any more and open no phase; nothing is deleted. Safe to repeat."""
    programme_edition = lock_programme_edition(programme_edition)
    if programme_edition.cancelled_at:
        return
    programme_edition.cancelled_at = timezone.now()
    programme_edition.save(update_fields=["cancelled_at"])
    audit.record(by, "programmes.cancel", programme_edition, reason=reason)
