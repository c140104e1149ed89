"""Next year's call from last year's: what it asks and wants, its window moved; nobody sees it until it is published."""

from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from enrolments.moved_dates import moved
from foundation.audit import services as audit
from programmes.models import Call, ProgrammeEdition
from programmes.services.codes import free_code
from programmes.services.copying import again


@transaction.atomic
def copy_call(call: Call, new: ProgrammeEdition, days: int, *, by: User | None) -> Call:
    """A call like this one for another edition, as a draft. Applications stay behind."""
    zone = ZoneInfo(new.time_zone)
    name = call.name.replace(call.programme_edition.name, new.name)
    copy = again(
        call,
        programme_edition=new,
        code=free_code(Call, f"{new.code}-call"),
        name=name,
        names={
            lang: said.replace(call.programme_edition.name, new.name) for lang, said in call.names.items()
        },
        opens_at=moved(call.opens_at, days, zone),
        closes_at=moved(call.closes_at, days, zone),
        published_at=None,
        cancelled_at=None,
        last_number=0,
    )
    copy.save()
    for question in call.questions.prefetch_related("options"):
        asked = again(question, call=copy)
        asked.save()
        for option in question.options.all():
            again(option, question=asked).save()
    _copy_documents(call, copy)
    for declaration in call.declarations.all():
        again(declaration, call=copy).save()
    audit.record(by, "programmes.copy_call", copy, after={"from": call.code})
    return copy


def _copy_documents(call, copy):
    """Originals first, so that each translation finds its own."""
    kept = {}
    documents = sorted(
        call.wanted_documents.all(), key=lambda one: (one.translation_of_id is not None, one.pk)
    )
    for wanted in documents:
        kept[wanted.pk] = again(wanted, call=copy, translation_of=kept.get(wanted.translation_of_id))
        kept[wanted.pk].save()
