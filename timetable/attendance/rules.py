"""How attendance is taken and counted in editions. What no row says, the usual rules say."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from timetable.models import AttendanceRules, Session

SETTLED_AFTER = timedelta(days=1)


def rules_by_edition(editions: Collection[int]) -> Mapping[int, AttendanceRules]:
    """The rules that hold in each edition, in one query: its own, or the site's, or the usual ones."""
    found = {
        row.edition_id: row
        for row in AttendanceRules.objects.filter(Q(edition__in=editions) | Q(edition=None))
    }
    usual = found.get(None) or AttendanceRules()
    return {edition: found.get(edition, usual) for edition in editions}


def rules_of(edition_id: int) -> AttendanceRules:
    """The rules that hold in one edition."""
    return rules_by_edition([edition_id])[edition_id]


def rules_of_the_site() -> AttendanceRules:
    """The rules that hold wherever an edition has none of its own; not saved as long as they are the usual ones."""
    return AttendanceRules.objects.filter(edition=None).first() or AttendanceRules()


def register_opens_at(session: Session, rules: AttendanceRules):
    """From when on a register is taken."""
    return session.starts_at - timedelta(minutes=rules.opens_minutes_before)


def is_settled(session: Session, now: datetime) -> bool:
    """Whether marks are changed with a reason only: what is said of a session a day later is a correction."""
    return now >= session.ends_at + SETTLED_AFTER


def check_in_between(session: Session, rules: AttendanceRules):
    """The moments between which people check themselves in."""
    begins = session.starts_at - timedelta(minutes=rules.check_in_minutes_before)
    if rules.check_in_minutes_after is None:
        return begins, session.ends_at
    return begins, session.starts_at + timedelta(minutes=rules.check_in_minutes_after)
