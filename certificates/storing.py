"""Making an issued award's paper and storing its bytes with their hash. Only a stored award is shown to anybody."""

import contextlib
import hashlib
import os
import re
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates import emails
from certificates.badges.contexts import ContextMissing
from certificates.badges.issuing import credential_for
from certificates.badges.keys import BadgeKeyMissing
from certificates.finishing import badge_file, finish
from certificates.models import Award
from certificates.paper.errors import PaperError
from certificates.paper.sentences import Sentence, gettext_noop

CANNOT_WRITE = gettext_noop(
    "The file of %(number)s cannot be written: %(failure)s. It is tried again every five minutes."
)
UNSAFE = re.compile(r"[^\w.-]+")


class AwardDamaged(Exception):
    """The stored file of an award is missing or is not what was issued; `str()` names the award."""


class CannotKeep(PaperError):
    """The finished paper cannot be written, as on a full disk."""


def store(award: Award) -> Award:
    """Draw, sign, validate and store the award; only then is it shown. Safe to repeat, and to be killed.

    When that cannot be done the award keeps the sentence that says why, for staff to see, and stays unseen by others.
    """
    if award.stored_at or award.erasure_asked_at:
        return award
    try:
        # A paper states facts about a person; it is no achievement for other systems to show.
        badge = b"" if award.award_type.is_paper else credential_for(award)
        return _keep_once(award, finish(award, (badge_file(badge),) if badge else ()), badge)
    except (PaperError, BadgeKeyMissing, ContextMissing) as problem:
        _remember(award, problem)
        return award


def _remember(award, problem):
    said = problem.args[0] if problem.args else ""
    told = {
        "drawing_problem": str(problem)[:500],
        "drawing_problem_parts": said.parts if isinstance(said, Sentence) else {},
    }
    Award.objects.filter(pk=award.pk, stored_at=None).update(**told)
    for name, value in told.items():
        setattr(award, name, value)


@transaction.atomic
def _keep_once(award, finished, badge):
    award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if award.stored_at or award.erasure_asked_at:
        return award
    _keep(award, finished, badge)
    # Replaced or revoked before it was drawn: the person has been told about that, and has nothing to download here.
    if award.revoked_at is None and award.superseded_at is None:
        emails.send_issued(award)
    return award


def _keep(award, finished, badge):
    _write(award, finished.pdf)
    award.badge = badge.decode()
    award.signed_with = finished.signed_with
    award.sha256 = hashlib.sha256(finished.pdf).hexdigest()
    award.stored_at = timezone.now()
    award.drawing_problem, award.drawing_problem_parts = "", {}
    award.save(
        update_fields=[
            "file",
            "badge",
            "signed_with",
            "sha256",
            "stored_at",
            "drawing_problem",
            "drawing_problem_parts",
        ]
    )


def file_name(award: Award) -> str:
    """The name of the file as people get it. Numbers of other times hold signs that no file name can."""
    return f"{UNSAFE.sub('-', award.number)}.pdf"


def _write(award, pdf):
    """Write the file and see that it has reached the disk: the row must never promise what a power cut took away."""
    name = f"{award.issued_at:%Y}/{UNSAFE.sub('-', award.number)}-{award.code}.pdf"
    storage, place = award.file.storage, f"{award.file.field.upload_to}/{name}"
    try:
        # What a killed process left under this name belongs to no award yet.
        storage.delete(place)
        award.file.save(name, ContentFile(pdf), save=False)
        _reach_the_disk(storage, award.file.name)
    except OSError as failure:
        with contextlib.suppress(OSError):
            storage.delete(place)
        raise CannotKeep(
            Sentence(CANNOT_WRITE, number=award.number, failure=failure.strerror or str(failure))
        ) from failure


def _reach_the_disk(storage, name):
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # not on a disk of ours
        return
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(award: Award) -> bytes:
    """The bytes that were stored, or AwardDamaged when they are gone or are not those that were issued."""
    if not award.has_file:
        raise AwardDamaged(award.number)
    try:
        with award.file.open("rb") as stored:
            pdf = stored.read()
    except OSError as missing:
        raise AwardDamaged(award.number) from missing
    if hashlib.sha256(pdf).hexdigest() != award.sha256:
        raise AwardDamaged(award.number)
    return pdf
