"""Entering past awards into the register. They are facts of their time: no paper is drawn, nobody is written to."""

import contextlib
import hashlib
from datetime import UTC, datetime, time

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.codes import new_code
from certificates.models import Award, Occasion, OccasionKind, PastEntry, PastImport
from certificates.past.examining import examine
from certificates.past.scans import scan_problem
from certificates.past.tables import read_table
from certificates.snapshot import Facts, past_snapshot
from enrolments.cells import Examined
from foundation.audit import services as audit


class PastRefused(Exception):
    """Nothing was entered; `str()` says why."""


def read_file(name: str, content: bytes, *, by: User) -> PastImport:
    """Keep what a file says, to be looked at. Nothing is in the register yet. Raises NotATable."""
    return PastImport.objects.create(
        file_name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        lines=read_table(content),
        created_by=by,
    )


@transaction.atomic
def enter(past_import: PastImport, *, seen: str, by: User, reason: str) -> int:
    """Enter every line that is new and has nothing wrong; how many. Safe to repeat: a second time enters nothing.

    `seen` is the fingerprint of the preview. Raises PastRefused when confirming would do something else by now.
    """
    past_import = PastImport.objects.select_for_update().get(pk=past_import.pk)
    if past_import.confirmed_at:
        return past_import.entries.count()
    preview = examine(past_import.lines, by)
    if preview.fingerprint != seen:
        raise PastRefused(_("The register has changed since you looked. Nothing was entered: look again."))
    if not preview.new:
        raise PastRefused(_("No line can be entered. Nothing has changed."))
    try:
        with transaction.atomic():
            _write(past_import, preview.new)
    except IntegrityError as taken:
        raise PastRefused(
            _("One of these numbers has just been entered by somebody else. Nothing was entered: look again.")
        ) from taken
    past_import.confirmed_at, past_import.confirmed_by = timezone.now(), by
    past_import.reason, past_import.lines = reason, []
    past_import.save(update_fields=["confirmed_at", "confirmed_by", "reason", "lines"])
    after = {"file": past_import.file_name, "sha256": past_import.sha256, "awards": len(preview.new)}
    audit.record(by, "certificates.enter_past_awards", past_import, reason=reason, after=after)
    return len(preview.new)


def _write(past_import: PastImport, lines: list[Examined]) -> None:
    facts = [line.facts for line in lines if line.facts]
    occasions = Occasion.objects.bulk_create(
        Occasion(kind=OccasionKind.PAST, person=one.person, titles={one.language: one.course})
        for one in facts
    )
    awards = Award.objects.bulk_create(
        _award(one, occasion) for one, occasion in zip(facts, occasions, strict=True)
    )
    PastEntry.objects.bulk_create(
        PastEntry(award=award, past_import=past_import, line=line.line)
        for line, award in zip(lines, awards, strict=True)
    )


def _award(facts, occasion):
    said = Facts(facts.hours, facts.day, facts.day, facts.valid_until)
    return Award(
        occasion=occasion,
        award_type=facts.award_type,
        number=facts.number,
        code=new_code(),
        snapshot=past_snapshot(occasion, facts.award_type, said, name=facts.name, language=facts.language),
        issued_at=datetime.combine(facts.day, time(12), UTC),
        valid_until=facts.valid_until,
        # It is whole as it is: there is no file to wait for.
        stored_at=timezone.now(),
    )


def forget_unconfirmed() -> int:
    """Delete what was read and never confirmed; how many files."""
    return PastImport.objects.left_alone().delete()[0]


def discard(past_import: PastImport) -> None:
    """Forget a file that is not to be entered."""
    PastImport.objects.filter(pk=past_import.pk, confirmed_at=None).delete()


@transaction.atomic
def correct(award: Award, *, name: str, by: User, reason: str) -> None:
    """Put right a name that was entered otherwise than it stands on the paper. Safe to repeat. Raises PastRefused."""
    award = Award.objects.select_for_update(of=("self",)).select_related("occasion__person").get(pk=award.pk)
    if not award.is_past or not award.snapshot["name"]:
        raise PastRefused(_("Only entries of past awards are corrected, and none whose name was erased."))
    if award.holder == by:
        raise PastRefused(_("Nobody decides about an award of their own. Ask somebody else."))
    before, after = award.snapshot["name"], " ".join(name.split())
    if before == after:
        return
    award.snapshot = award.snapshot | {"name": after}
    award.save(update_fields=["snapshot"])
    audit.record(
        by,
        "certificates.correct_past_award",
        award,
        reason=reason,
        # The log is for ever, the name may be erased.
        after={"name": "changed"},
    )


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
