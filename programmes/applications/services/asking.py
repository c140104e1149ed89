"""Setting a call up: what staff save is recorded; what has been answered is kept."""

from typing import cast

from django.db import models, transaction
from django.db.models import ProtectedError

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.models import Call, CallQuestion

UNTOLD = ("id", "last_number")


@transaction.atomic
def save_call(call: Call, *, by: User) -> Call:
    """Save a call that a form has filled in, and record what changed."""
    before = described(Call.objects.get(pk=call.pk)) if call.pk else None
    call.save()
    after = described(call)
    if before != after:
        audit.record(by, "programmes.change_call", call, before=before, after=after)
    return call


@transaction.atomic
def save_part(part: models.Model, *, by: User, options: list[tuple[str, dict]] | None = None) -> None:
    """Save a question, wanted document or declaration, and record what changed."""
    before = described(type(part).objects.get(pk=part.pk)) if part.pk else None
    part.save()
    if options is not None:
        _save_options(cast("CallQuestion", part), options)
    audit.record(by, "programmes.change_call", part.call, before=before, after=described(part))


def _save_options(question: CallQuestion, options):
    there = {option.name: option for option in question.options.all()}
    for position, (name, names) in enumerate(options):
        question.options.update_or_create(
            pk=there[name].pk if name in there else None,
            defaults={"name": name, "names": names, "position": position},
        )
    wanted = {name for name, _names in options}
    for name, option in there.items():
        if name not in wanted:
            _delete(option)


@transaction.atomic
def remove_part(part: models.Model, *, by: User) -> None:
    """Take a question, wanted document or declaration out of a call; refused once somebody has answered it."""
    call, before = part.call, described(part)
    _delete(part)
    audit.record(by, "programmes.change_call", call, before=before)


def _delete(row):
    try:
        row.delete()
    except ProtectedError:
        raise ApplicationRefused(Refusal.ANSWERED) from None


def described(row: models.Model) -> dict:
    """The row as the audit log keeps it."""
    fields = [field for field in row._meta.concrete_fields if field.name not in UNTOLD]
    return {field.name: field.value_from_object(row) for field in fields}
