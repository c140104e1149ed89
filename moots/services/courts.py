"""Setting up a moot court: its rules, rounds, case file; opening it, copying it for another year."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from assessments.file_types import FILE_TYPES, check_upload
from enrolments.models import Edition
from enrolments.moved_dates import moved
from foundation.audit import services as audit
from moots.models import CaseDocument, CaseFile, Moot, Pairing, Round, ScoreCard
from moots.refusals import MootRefused, Refusal
from moots.services.holding import hold_moot
from moots.storing import copies_of, keep

MOST_BYTES = 50 * 1024 * 1024
# What decides the result: fixed once somebody has been scored by it.
COUNTS = (
    *("written_rubric", "oral_rubric", "written_weight", "bench_rule", "tie_rule"),
    *("final_decides", "speaker_weight"),
)
RULES = (*COUNTS, "is_anonymous", "title", "introduction", "activity")
OF_A_ROUND = (
    *("name", "kind", "weight", "opens_at", "memorials_due_at"),
    *("minutes_per_speaker", "rebuttal_minutes", "speakers_per_side"),
)


@transaction.atomic
def make_moot(edition: Edition, *, code: str, title: str, by: User, **rules) -> Moot:
    """Begin a moot court that nobody sees yet. Raises MootRefused."""
    if Moot.objects.filter(code=code).exists():
        raise MootRefused(Refusal.CODE_TAKEN)
    moot = Moot.objects.create(edition=edition, code=code, title=title, **rules)
    audit.record(by, "moots.make_moot", moot, after={"edition": edition.code, "code": code})
    return moot


@transaction.atomic
def change_rules(moot: Moot, *, by: User, **rules) -> Moot:
    """Change what was said of a court. What counts stays once scores are handed in. Repeating changes nothing.

    Raises MootRefused.
    """
    held = hold_moot(moot)
    changed = {name: value for name, value in rules.items() if name in RULES and getattr(held, name) != value}
    if not changed:
        return held
    if set(changed) & set(COUNTS) and has_scores(held):
        raise MootRefused(Refusal.RULES_ARE_FIXED)
    before = {name: _told(getattr(held, name)) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    after = {name: _told(value) for name, value in changed.items()}
    audit.record(by, "moots.change_rules", held, before=before, after=after)
    return held


def has_scores(moot: Moot) -> bool:
    """Whether a judge has handed in scores."""
    return ScoreCard.objects.filter(appearance__round__moot=moot, handed_in_at__isnull=False).exists()


def _told(value):
    return str(value) if value is not None else ""


@transaction.atomic
def open_moot(moot: Moot, *, by: User) -> None:
    """Let participants see it from now on. Repeating changes nothing."""
    held = hold_moot(moot)
    if held.opened_at:
        return
    held.opened_at = timezone.now()
    held.save(update_fields=["opened_at"])
    audit.record(by, "moots.open_moot", held)


@transaction.atomic
def set_archive(moot: Moot, *, is_open: bool, by: User) -> None:
    """Let participants of courts copied from this one read its memorials, or no longer. Repeating changes nothing."""
    held = hold_moot(moot)
    if bool(held.archive_opened_at) == is_open:
        return
    held.archive_opened_at = timezone.now() if is_open else None
    held.save(update_fields=["archive_opened_at"])
    audit.record(by, "moots.open_archive" if is_open else "moots.close_archive", held)


@transaction.atomic
def add_round(moot: Moot, *, by: User, **fields) -> Round:
    """Add a round at the end."""
    held = hold_moot(moot)
    last = held.rounds.aggregate(last=Max("number"))["last"] or 0
    added = Round.objects.create(moot=held, number=last + 1, **fields)
    audit.record(by, "moots.add_round", held, after={"round": added.name, "kind": added.kind})
    return added


@transaction.atomic
def change_round(moot_round: Round, *, by: User, **fields) -> Round:
    """Change a round. Its kind and weight stay once scores are handed in, its deadline once memorials are exchanged.

    Raises MootRefused.
    """
    moot = hold_moot(moot_round.moot)
    held = Round.objects.select_for_update(of=["self"]).get(pk=moot_round.pk)
    changed = {
        name: value for name, value in fields.items() if name in OF_A_ROUND and getattr(held, name) != value
    }
    if not changed:
        return held
    # Hand-ins and the exchange hold the pairing and read the deadline then.
    pairings = list(Pairing.objects.select_for_update(of=["self"]).filter(round=held).order_by("pk"))
    if {"kind", "weight"} & set(changed) and has_scores(moot):
        raise MootRefused(Refusal.RULES_ARE_FIXED)
    if "kind" in changed and pairings:
        raise MootRefused(Refusal.ROUND_IN_USE)
    if "memorials_due_at" in changed and any(pairing.exchanged_at for pairing in pairings):
        raise MootRefused(Refusal.EXCHANGED)
    before = {name: _told(getattr(held, name)) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    after = {name: _told(value) for name, value in changed.items()}
    audit.record(by, "moots.change_round", moot, before=before, after={"round": held.name, **after})
    return held


@transaction.atomic
def remove_round(moot_round: Round, *, by: User) -> None:
    """Remove a round in which nobody has been paired. Raises MootRefused."""
    moot = hold_moot(moot_round.moot)
    if moot_round.pairings.exists() or moot_round.documents.exists():
        raise MootRefused(Refusal.ROUND_IN_USE)
    Round.objects.filter(pk=moot_round.pk).delete()
    audit.record(by, "moots.remove_round", moot, before={"round": moot_round.name})


@transaction.atomic
def save_document(
    document: CaseDocument, *, by: User, uploads: Iterable[UploadedFile] = (), remove: Iterable[CaseFile] = ()
) -> CaseDocument:
    """Save a part of the case file with the files that come with it. Raises UploadRefused."""
    is_new = document.pk is None
    if is_new:
        last = document.moot.documents.aggregate(last=Max("sort_order"))["last"]
        document.sort_order = 0 if last is None else last + 1
    document.save()
    for file in remove:
        file.delete()
    for upload in uploads:
        checked = check_upload(upload, allowed=FILE_TYPES, max_bytes=MOST_BYTES)
        CaseFile.objects.create(document=document, uploaded_by=by, **keep(upload, checked))
    after = {
        "document": document.title,
        "side": document.side,
        "released_at": document.released_at.isoformat(),
        "files": [file.name for file in document.files.all()],
    }
    audit.record(by, "moots.save_document", document.moot, after=after)
    return document


@transaction.atomic
def withdraw_document(document: CaseDocument, *, by: User, reason: str) -> None:
    """Take a part of the case file away from participants; it is kept. Raises MootRefused without a reason."""
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    held = CaseDocument.objects.select_for_update(of=["self"]).select_related("moot").get(pk=document.pk)
    if held.withdrawn_at:
        return
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    audit.record(by, "moots.withdraw_document", held.moot, before={"document": held.title}, reason=reason)


def case_files(editions: Iterable[Edition]) -> Iterable[CaseFile]:
    """The files that copies of the courts of these editions take along."""
    documents = CaseDocument.objects.standing().filter(moot__edition__in=[one.pk for one in editions])
    return CaseFile.objects.filter(document__in=documents).order_by("pk")


def copy_moot(
    moot: Moot, edition: Edition, *, code: str, title: str, by: User, copied: Mapping[int, str] | None = None
) -> Moot:
    """The case file, the rules and the rounds for another edition, dates moved with it. Teams stay behind.

    `copied` says of files where their bytes have been copied to already. Raises MootRefused.
    """
    if Moot.objects.filter(code=code).exists():
        raise MootRefused(Refusal.CODE_TAKEN)
    documents = list(moot.documents.standing().prefetch_related("files"))
    there = copied or {}
    missing = [file for one in documents for file in one.files.all() if file.pk not in there]
    with copies_of(missing) as made, transaction.atomic():
        return _copy(moot, edition, documents, {**there, **made}, code=code, title=title, by=by)


def _copy(moot, edition, documents, paths, *, code, title, by):
    days = (edition.starts_on - moot.edition.starts_on).days
    zone = ZoneInfo(moot.edition.time_zone)
    copied = {name: getattr(moot, name) for name in RULES if name not in ("title", "activity")}
    same_course = edition.course_id == moot.edition.course_id
    copy = Moot.objects.create(
        edition=edition,
        code=code,
        title=title,
        activity=moot.activity if same_course else None,
        copied_from=moot,
        **copied,
    )
    rounds = {one.pk: _copy_round(one, copy, days, zone) for one in moot.rounds.all()}
    for document in documents:
        _copy_document(document, copy, rounds, moved(document.released_at, days, zone), paths)
    audit.record(by, "moots.copy_moot", copy, after={"from": moot.code, "edition": edition.code})
    return copy


def _copy_round(moot_round, copy, days, zone):
    fields = {name: getattr(moot_round, name) for name in OF_A_ROUND}
    for name in ("opens_at", "memorials_due_at"):
        fields[name] = moved(fields[name], days, zone)
    return Round.objects.create(moot=copy, number=moot_round.number, **fields)


def _copy_document(document, copy, rounds, released_at: datetime, paths):
    """The words and files again; bytes are kept once more, so that neither year can take them from the other."""
    made = CaseDocument.objects.create(
        moot=copy,
        title=document.title,
        text=document.text,
        side=document.side,
        round=rounds.get(document.round_id),
        released_at=released_at,
        sort_order=document.sort_order,
    )
    for file in document.files.all():
        fields = {name: getattr(file, name) for name in ("name", "kind", "size", "sha256", "uploaded_by")}
        CaseFile.objects.create(document=made, file=paths[file.pk], **fields)
