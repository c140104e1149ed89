"""Memorials: handed in and replaced until the deadline, then exchanged, once."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.file_types import check_upload
from foundation.audit import services as audit
from moots import emails
from moots.clean_pdf import cleaned
from moots.codes import new_code
from moots.deadlines import deadline_of, exchange_due_at, in_words, lateness
from moots.models import Appearance, Extension, Memorial, Pairing, RoundKind
from moots.refusals import MootRefused, Refusal
from moots.services.holding import hold_pairing
from moots.storing import digest_of, forget, keep, keep_bytes

MOST_BYTES = 20 * 1024 * 1024
TYPES = ("pdf",)
RECEIPT_LENGTH = 10


def hand_in_memorial(
    appearance: Appearance, upload: UploadedFile, *, by: User, now: datetime | None = None
) -> Memorial:
    """Hand in a memorial, or one in the place of an earlier. The same file twice is handed in once.

    `now` is when the whole file had arrived: waiting for others makes nobody late. Raises UploadRefused or MootRefused.
    """
    now = now or timezone.now()
    if refusal := hand_in_refusal(appearance, by, now):
        raise refusal
    checked = check_upload(upload, allowed=TYPES, max_bytes=MOST_BYTES)
    newest = appearance.memorials.last()
    if newest and newest.sha256 == digest_of(upload):
        return newest
    clean = cleaned(upload, title=title_of(appearance))
    fields = keep(upload, checked)
    clean_file = keep_bytes(clean.content)
    try:
        return _write(
            appearance,
            by,
            now,
            **fields,
            clean_file=clean_file,
            clean_size=len(clean.content),
            pages=clean.pages,
        )
    except MootRefused:
        forget(fields["file"], clean_file)
        raise


def title_of(appearance: Appearance) -> str:
    """What a memorial is called where its authors are not to be known."""
    return _("Memorial %(code)s · %(side)s") % {
        "code": appearance.team.code,
        "side": appearance.get_side_display(),
    }


@transaction.atomic
def _write(appearance, by, now, **fields) -> Memorial:
    """Write the row while nobody exchanges. The deadline is read again: it may have been moved meanwhile."""
    hold_pairing(appearance.pairing)
    held = (
        Appearance.objects.select_related("pairing", "round__moot__edition__course", "team")
        .prefetch_related("extensions")
        .get(pk=appearance.pk)
    )
    if refusal := hand_in_refusal(held, by, now):
        raise refusal
    newest = held.memorials.last()
    if newest and newest.sha256 == fields["sha256"]:
        return newest
    memorial = Memorial.objects.create(
        appearance=held,
        number=newest.number + 1 if newest else 1,
        handed_in_at=now,
        uploaded_by=by,
        receipt=new_code(RECEIPT_LENGTH),
        **fields,
    )
    emails.send_receipt(memorial)
    return memorial


def hand_in_refusal(appearance: Appearance, by: User, now: datetime) -> MootRefused | None:
    """Why this person cannot hand in this side's memorial at this moment, or None."""
    moot_round = appearance.round
    if not moot_round.is_written:
        return MootRefused(Refusal.NOT_WRITTEN)
    if (
        not appearance.team.members.current()
        .filter(enrolment__person=by, enrolment__withdrawn_at=None)
        .exists()
    ):
        return MootRefused(Refusal.NOT_IN_TEAM)
    if moot_round.opens_at and now < moot_round.opens_at:
        return MootRefused(Refusal.NOT_OPEN)
    due = deadline_of(appearance)
    if due and now > due:
        zone = moot_round.moot.edition.time_zone
        return MootRefused(Refusal.LATE, due=in_words(due, zone), late=lateness(now - due))
    if appearance.pairing.exchanged_at:
        return MootRefused(Refusal.EXCHANGED)
    return None


@transaction.atomic
def grant_extension(appearance: Appearance, until: datetime, *, by: User, reason: str) -> Extension:
    """Give one side a later deadline; the exchange of its pairing waits for it. Raises MootRefused."""
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    if until <= timezone.now():
        raise MootRefused(Refusal.IN_THE_PAST)
    pairing = hold_pairing(appearance.pairing)
    if not pairing.round.is_written:
        raise MootRefused(Refusal.NOT_WRITTEN)
    if pairing.exchanged_at:
        raise MootRefused(Refusal.EXCHANGED)
    before = deadline_of(Appearance.objects.select_related("round").get(pk=appearance.pk))
    granted = appearance.extensions.last()
    if granted and granted.until == until == before:
        return granted
    if before and until <= before:
        raise MootRefused(Refusal.NOT_LATER)
    extension = Extension.objects.create(appearance=appearance, until=until, reason=reason, granted_by=by)
    emails.send_extension(extension)
    audit.record(
        by,
        "moots.grant_extension",
        pairing.round.moot,
        before={"until": before and before.isoformat()},
        after={"appearance": str(appearance), "until": until.isoformat()},
        reason=reason,
    )
    return extension


@transaction.atomic
def exchange(pairing: Pairing, *, by: User | None = None, now: datetime | None = None) -> bool:
    """Give the memorials of a pairing to its other sides once every deadline is past; whether this very call did.

    Repeating changes nothing. Raises MootRefused before it is due.
    """
    now = now or timezone.now()
    held = hold_pairing(pairing)
    if held.exchanged_at:
        return False
    if not held.round.is_written:
        raise MootRefused(Refusal.NOT_WRITTEN)
    due = exchange_due_at(held)
    if due is None or now < due:
        raise MootRefused(Refusal.NOT_DUE)
    held.exchanged_at = now
    held.save(update_fields=["exchanged_at"])
    emails.send_exchanged(held)
    handed_in = {str(one): one.memorials.count() for one in held.appearances.select_related("team", "round")}
    audit.record(by, "moots.exchange", held.round.moot, after={"pairing": str(held), "versions": handed_in})
    return True


def exchange_due(now: datetime | None = None) -> int:
    """Exchange what is due, each pairing by itself; how many there were."""
    now = now or timezone.now()
    waiting = Pairing.objects.filter(
        round__kind=RoundKind.WRITTEN,
        round__memorials_due_at__lte=now,
        round__moot__opened_at__isnull=False,
        exchanged_at=None,
    )
    done = 0
    for pairing in waiting.prefetch_related("appearances__extensions", "appearances__round"):
        due = exchange_due_at(pairing)
        if due and due <= now:
            done += exchange(pairing, now=now)
    return done
