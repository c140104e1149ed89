"""Drawing an issued award and storing its bytes with their hash. Only a stored award is shown to anybody."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates import emails
from certificates.badges.contexts import ContextMissing
from certificates.badges.issuing import credential_for
from certificates.badges.keys import BadgeKeyMissing
from certificates.models import Award
from certificates.paper.errors import PaperError
from certificates.printing import draw_award


class AwardDamaged(Exception):
    """The stored file of an award is missing or is not what was issued; `str()` names the award."""


def store(award: Award) -> Award:
    """Draw the award and store its bytes with their hash; only then is it shown. Safe to repeat, and to be killed.

    When it cannot be printed the award keeps the sentence that says why, for staff to see, and stays unseen by others.
    """
    if award.stored_at:
        return award
    try:
        badge = credential_for(award)
        pdf = draw_award(award)
    except (PaperError, BadgeKeyMissing, ContextMissing) as problem:
        Award.objects.filter(pk=award.pk, stored_at=None).update(drawing_problem=str(problem)[:500])
        award.drawing_problem = str(problem)[:500]
        return award
    with transaction.atomic():
        award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        if award.stored_at:
            return award
        _keep(award, pdf, badge)
        emails.send_issued(award)
    return award


def _keep(award, pdf, badge):
    name = f"{award.issued_at:%Y}/{award.number}-{award.code}.pdf"
    # What a killed process left under this name belongs to no award yet.
    award.file.storage.delete(f"{award.file.field.upload_to}/{name}")
    award.file.save(name, ContentFile(pdf), save=False)
    award.badge = badge.decode()
    award.sha256 = hashlib.sha256(pdf).hexdigest()
    award.stored_at = timezone.now()
    award.drawing_problem = ""
    award.save(update_fields=["file", "badge", "sha256", "stored_at", "drawing_problem"])


def read(award: Award) -> bytes:
    """The bytes that were stored, or AwardDamaged when they are gone or are not those that were issued."""
    try:
        with award.file.open("rb") as stored:
            pdf = stored.read()
    except OSError as missing:
        raise AwardDamaged(award.number) from missing
    if hashlib.sha256(pdf).hexdigest() != award.sha256:
        raise AwardDamaged(award.number)
    return pdf
