"""Letting learners see results, and hiding them again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from gradebook.models import GradeItem, GradeScheme
from gradebook.refusals import ReasonNeeded
from gradebook.services.schemes import lock_scheme
from gradebook.signals import results_changed


@transaction.atomic
def release(scheme: GradeScheme, items: Iterable[GradeItem], *, by: User, reason: str = "") -> int:
    """Let learners see the results of these items, also those still to come; how many were hidden. Safe to repeat."""
    lock_scheme(scheme)
    found = _of(scheme, items).filter(released_at=None)
    return _set(scheme, found, timezone.now(), "gradebook.release", by, reason)


@transaction.atomic
def hide(scheme: GradeScheme, items: Iterable[GradeItem], *, by: User, reason: str) -> int:
    """Hide the results of these items again: learners have seen them, so that needs a reason. Safe to repeat."""
    if not reason.strip():
        raise ReasonNeeded
    lock_scheme(scheme)
    found = _of(scheme, items).exclude(released_at=None)
    return _set(scheme, found, None, "gradebook.hide", by, reason)


def _of(scheme, items):
    return GradeItem.objects.counting().filter(scheme=scheme, pk__in=[item.pk for item in items])


def _set(scheme, found, moment, action, by, reason):
    changed = list(found.select_related("activity"))
    if changed:
        GradeItem.objects.filter(pk__in=[item.pk for item in changed]).update(released_at=moment)
        before = {str(item): item.released_at for item in changed}
        audit.record(by, action, scheme, reason=reason, before=before, after=dict.fromkeys(before, moment))
        results_changed.send(sender=GradeItem, edition_id=scheme.edition_id)
    return len(changed)
