"""The dates that hold for everybody in an edition."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from enrolments.models import ActivitySchedule, Edition
from enrolments.models.schedules import FIELDS
from enrolments.services.holding import lock_edition
from enrolments.signals import dates_changed
from foundation.audit import services as audit


@transaction.atomic
def set_dates(edition: Edition, schedules: Sequence[ActivitySchedule], *, by: User, reason: str) -> bool:
    """Keep these as the dates of their activities; a schedule that says nothing is forgotten. Tells what changed."""
    edition = lock_edition(edition)
    stored = {schedule.activity_id: schedule for schedule in edition.schedules.all()}
    before, after, changed = {}, {}, []
    for schedule in schedules:
        old, new = stored.get(schedule.activity_id), None if schedule.is_empty else schedule
        if described(old) == described(new):
            continue
        title = schedule.activity.title
        before[title], after[title] = _in_the_log(described(old), described(new))
        changed.append(schedule.activity_id)
        _keep(edition, old, schedule)
    if changed:
        audit.record(by, "enrolments.set_dates", edition, reason=reason, before=before, after=after)
        dates_changed.send(sender=ActivitySchedule, edition=edition, activity_ids=frozenset(changed))
    return bool(changed)


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
