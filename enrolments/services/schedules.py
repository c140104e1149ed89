"""The dates that hold for everybody in an edition."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from enrolments.models import ActivitySchedule, Edition
from enrolments.models.schedules import FIELDS
from enrolments.refusals import DatesRefused
from enrolments.services.holding import lock_all, lock_edition
from enrolments.signals import dates_changed
from foundation.audit import services as audit


@transaction.atomic
def set_dates(
    edition: Edition, schedules: Sequence[ActivitySchedule], *, by: User, reason: str, seen: str | None = None
) -> bool:
    """Keep these as the dates of their activities; one that says nothing is forgotten. Tells whether any changed.

    `seen` is the fingerprint of the dates that the person looked at: DatesRefused when they are others by now.
    """
    edition = lock_edition(edition)
    stored = {schedule.activity_id: schedule for schedule in edition.schedules.all()}
    changed = [one for one in schedules if described(stored.get(one.activity_id)) != described(one)]
    if not changed:
        return False
    if seen is not None and seen != fingerprint(stored.values()):
        raise DatesRefused
    # Nobody begins under the old dates while the new ones are written.
    lock_all(edition.enrolments.active().values_list("pk", flat=True))
    before, after = {}, {}
    for schedule in changed:
        old, title = stored.get(schedule.activity_id), schedule.activity.title
        before[title], after[title] = _in_the_log(described(old), described(schedule))
        _keep(edition, old, schedule)
    dates_changed.send(
        sender=ActivitySchedule,
        edition=edition,
        activity_ids=frozenset(schedule.activity_id for schedule in changed),
    )
    audit.record(by, "enrolments.set_dates", edition, reason=reason, before=before, after=after)
    return True


def fingerprint(schedules: Iterable[ActivitySchedule]) -> str:
    """A short text that is another one whenever any of the dates is."""
    told = sorted((schedule.activity_id, str(described(schedule))) for schedule in schedules)
    return hashlib.sha256(str(told).encode()).hexdigest()[:16]


def _keep(edition, old, schedule):
    if schedule.is_empty:
        old.delete()
        return
    row = old or ActivitySchedule(edition=edition, activity_id=schedule.activity_id)
    for field in FIELDS:
        setattr(row, field, getattr(schedule, field))
    row.full_clean(exclude=["edition", "activity"])
    row.save()


def described(schedule: ActivitySchedule | None) -> dict | None:
    """The dates as the audit log keeps them: only what is given."""
    if schedule is None:
        return None
    given = {field: value for field in FIELDS if (value := getattr(schedule, field)) not in (None, "")}
    return given or None


def _in_the_log(old, new):
    """Both with the password's letters left out: the log says only that there was one, and that it changed."""
    shown_old, shown_new = dict(old or {}), dict(new or {})
    if "password" in shown_new:
        same = shown_old.get("password") == shown_new["password"]
        shown_new["password"] = "kept" if same else "given anew"
    if "password" in shown_old:
        shown_old["password"] = "kept" if shown_new.get("password") == "kept" else "given"
    return shown_old or None, shown_new or None
