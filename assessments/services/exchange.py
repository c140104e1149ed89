"""Bringing questions into a bank: first a preview that is kept, then, once confirmed, exactly what it showed."""

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.exchange.decoding import Source
from assessments.exchange.files import read_questions
from assessments.exchange.limits import CHUNK
from assessments.exchange.preview import previewed
from assessments.exchange.saving import Outcome, Saver
from assessments.exchange.values import Item, Skipped, Unreadable
from assessments.models import QuestionBank, QuestionImport
from cms.models import LmsImage
from foundation.audit import services as audit

# How long an upload waits to be confirmed.
WAITS = timedelta(hours=24)


class ImportRefused(Exception):
    """It cannot be brought in now; the message says why."""


def prepare_import(
    bank: QuestionBank, file: BinaryIO, *, name: str, form: str, language: str, user: User
) -> QuestionImport:
    """Keep the file with what was read in it; nothing comes into the bank. Raises Unreadable with line and reason."""
    lines = list(previewed(bank, read_questions(file, form, language=language)))
    if not lines:
        raise Unreadable(1, _("The file holds no question."))
    file.seek(0)
    digest = _sha256(file)
    file.seek(0)
    prepared = QuestionImport(
        bank=bank,
        language=language,
        format=form,
        name=name[:255],
        sha256=digest,
        lines=lines,
        created_by=user,
    )
    prepared.file.save(f"{prepared.key}.{form}", File(file), save=False)
    prepared.save()
    return prepared


def import_refusal(prepared: QuestionImport) -> str | None:
    """Why the file cannot be brought in now, or None if it can. One that came in already is no refusal."""
    return _gone() if prepared.confirmed_at is None and not prepared.file else None


def _gone() -> str:
    return _("This file has waited too long and was removed. Choose it again.")


def confirm_import(prepared: QuestionImport, *, user: User) -> QuestionImport:
    """Bring in what the preview showed, once; whoever confirms again gets what came of it. Raises ImportRefused.

    The file is read before the transaction begins, so that others wait for the writing alone.
    """
    if prepared.confirmed_at:
        return prepared
    if refusal := import_refusal(prepared):
        raise ImportRefused(refusal)
    try:
        items = _items(prepared)
    except FileNotFoundError:
        prepared.refresh_from_db()
        if prepared.confirmed_at:
            return prepared
        raise ImportRefused(_gone()) from None
    with ExitStack() as stack, transaction.atomic():
        locked = QuestionImport.objects.select_for_update().get(pk=prepared.pk)
        if locked.confirmed_at:
            return locked
        outcome = _save(locked.bank, items, user=user, stack=stack)
        locked.confirmed_at = timezone.now()
        locked.brought_in, locked.were_there = len(outcome.created), outcome.there
        kept = locked.file
        remove = partial(kept.storage.delete, str(kept.name))
        locked.file = ""
        locked.save()
        _record(locked.bank, locked.name, outcome, user=user)
        transaction.on_commit(remove)
        stack.pop_all()
    return locked


def _items(prepared: QuestionImport) -> list[Item]:
    """What the file holds that was looked at. Raises ImportRefused where it is another one."""
    with prepared.file.open() as file:
        if _sha256(file) != prepared.sha256:
            raise ImportRefused(_("The file is not the one that was looked at. Choose it again."))
        file.seek(0)
        return list(read_questions(file, prepared.format, language=prepared.language))


def import_file(
    bank: QuestionBank, file: BinaryIO, *, form: str, language: str, name: str, user: User | None = None
) -> tuple[list[dict], Outcome]:
    """Bring a file in at once; what a preview would have shown, and what came of it. Raises Unreadable."""
    items = list(read_questions(file, form, language=language))
    lines = list(previewed(bank, items))
    with ExitStack() as stack, transaction.atomic():
        if bank.pk is None:
            bank.save()
        outcome = _save(bank, items, user=user, stack=stack)
        _record(bank, name, outcome, user=user)
        stack.pop_all()
    return lines, outcome


@transaction.atomic
def discard_import(prepared: QuestionImport) -> bool:
    """Forget a file that waits to be confirmed; whether it still waited. Safe to repeat."""
    waiting = QuestionImport.objects.select_for_update().filter(pk=prepared.pk, confirmed_at=None).first()
    if waiting is None:
        return False
    if waiting.file:
        transaction.on_commit(partial(waiting.file.storage.delete, str(waiting.file.name)))
    waiting.delete()
    return True


def discard_waiting(now=None) -> int:
    """Remove the files that nobody confirmed in time; how many. Safe to repeat."""
    too_old = QuestionImport.objects.filter(confirmed_at=None, created_at__lt=(now or timezone.now()) - WAITS)
    return sum(discard_import(waiting) for waiting in too_old)


def _sha256(file: Source) -> str:
    total = hashlib.sha256()
    while chunk := file.read(CHUNK):
        total.update(chunk)
    return total.hexdigest()


def _save(bank: QuestionBank, items: Iterable[Item], *, user: User | None, stack: ExitStack) -> Outcome:
    """Save what was read; two imports into one bank wait for each other. Pictures go again if it comes to nothing."""
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    saver = Saver(bank, user=user)
    stack.callback(_remove_files, saver.outcome.pictures)
    return saver.save(item for item in items if not isinstance(item, Skipped))


def _remove_files(pictures: list[LmsImage]) -> None:
    for picture in pictures:
        picture.file.storage.delete(str(picture.file.name))


def _record(bank: QuestionBank, name: str, outcome: Outcome, *, user: User | None) -> None:
    if outcome.created:
        said = {"file": name, "questions": len(outcome.created), "there": outcome.there}
        audit.record(user, "assessments.import_questions", bank, after=said)
