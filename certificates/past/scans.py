"""The scan of a past award's paper: a PDF by its content, kept for the holder and the registrar alone."""

import contextlib
import hashlib
import io

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Award
from certificates.past.services import PastRefused
from foundation.audit import services as audit

MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024


def scan_problem(content: bytes) -> str:
    """Why this is no scan that can be kept, or nothing."""
    if len(content) > MOST_BYTES:
        return _("The file is larger than %(most)s MB. Scan it again with less detail.") % {
            "most": MOST_MEGABYTES
        }
    try:
        with pikepdf.open(io.BytesIO(content)) as scan:
            return "" if len(scan.pages) else _("The file has no page.")
    except pikepdf.PasswordError:
        return _("The file asks for a password. Save it without one.")
    except pikepdf.PdfError:
        return _("The file is not a PDF, or is damaged. Scan the paper as a PDF.")


@transaction.atomic
def attach_scan(award: Award, content: bytes, *, by: User, reason: str) -> None:
    """Keep this scan with the award, in place of an earlier one. Safe to repeat. Raises PastRefused."""
    award = Award.objects.select_for_update(of=("self",)).select_related("occasion__person").get(pk=award.pk)
    if not award.is_past or award.erasure_asked_at:
        raise PastRefused(_("A scan is kept only with past awards, and not once their name was erased."))
    if award.holder == by:
        raise PastRefused(_("Nobody decides about an award of their own. Ask somebody else."))
    if problem := scan_problem(content):
        raise PastRefused(problem)
    digest, before, earlier = hashlib.sha256(content).hexdigest(), award.sha256, award.file.name
    if digest == before:
        return
    try:
        award.file.save(f"scans/{award.code}-{digest[:12]}.pdf", ContentFile(content), save=False)
    except OSError as failure:
        raise PastRefused(
            _("The scan cannot be written: %(failure)s. Try again.") % {"failure": failure.strerror}
        ) from failure
    award.sha256 = digest
    award.save(update_fields=["file", "sha256"])
    audit.record(
        by,
        "certificates.attach_scan",
        award,
        reason=reason,
        before={"sha256": before},
        after={"sha256": digest},
    )
    if earlier:
        transaction.on_commit(lambda: _delete(award.file.storage, earlier))


def _delete(storage, name):
    with contextlib.suppress(OSError):
        storage.delete(name)
