"""Writing the log. Called last in a service's transaction: it holds the chain until that transaction ends."""

import json
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from foundation.audit.models import Chain, Entry

# The one action that Wagtail knows of ours; its entry carries the name of the real one.
WAGTAIL_ACTION = "audit.record"


@transaction.atomic
def record(
    actor,
    action: str,
    obj: models.Model | None = None,
    *,
    reason: str = "",
    before: dict | None = None,
    after: dict | None = None,
) -> Entry:
    """Append what `actor` (None: the system) did to `obj`, here and in Wagtail's history of the object.

    `action` is "<app>.<verb>". `before` and `after` hold only what changed, as plain values.
    """
    if obj is not None and obj.pk is None:
        raise ValueError("Record what happened to an object while it has a primary key.")
    chain = lock_chain()
    entry = Entry(
        number=chain.length,
        at=timezone.now(),
        actor=actor,
        actor_label=name_of(actor),
        action=action,
        reason=reason.strip(),
        before=as_stored(before),
        after=as_stored(after),
        previous_hash=chain.hash,
        **identity_of(obj),
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(hash=entry.hash)
    if obj is not None:
        log(
            obj,
            WAGTAIL_ACTION,
            user=actor,
            uuid=uuid4(),  # the request's own would make Wagtail show only the last of several
            data={"action": action, "reason": entry.reason, "number": entry.number},
            content_changed=before != after,
        )
    return entry


def lock_chain() -> Chain:
    """Take the next number and keep everybody else out until the transaction ends.

    An UPDATE locks the row on PostgreSQL and the file on SQLite, where SELECT FOR UPDATE does nothing.
    """
    if not Chain.objects.filter(pk=1).update(length=F("length") + 1):
        Chain.objects.get_or_create(pk=1)
        Chain.objects.filter(pk=1).update(length=F("length") + 1)
    return Chain.objects.get(pk=1)


def name_of(actor) -> str:
    """The name to keep, whatever becomes of the account."""
    return "" if actor is None else (actor.get_full_name() or actor.get_username())[:255]


def identity_of(obj: models.Model | None) -> dict:
    """The fields that say which object an entry is about."""
    if obj is None:
        return {}
    content_type = ContentType.objects.get_for_model(obj, for_concrete_model=False)
    return {
        "content_type": content_type,
        "object_type": f"{content_type.app_label}.{content_type.model}",
        "object_id": str(obj.pk),
        "object_label": str(obj)[:255],
    }


def as_stored(values: dict | None) -> dict | None:
    """The values as the database will give them back; fractions become text, which no database rounds."""
    if values is None:
        return None
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder), parse_float=str)
