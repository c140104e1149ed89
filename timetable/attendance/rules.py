"""How attendance is taken and counted in editions. What no row says, the usual rules say."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import Q

from timetable.models import AttendanceRules, Session


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


def register_opens_at(session: Session, rules: AttendanceRules):
    """From when on a register is taken."""
    return session.starts_at - timedelta(minutes=rules.opens_minutes_before)


def check_in_between(session: Session, rules: AttendanceRules):
    """The moments between which people check themselves in."""
    begins = session.starts_at - timedelta(minutes=rules.check_in_minutes_before)
    if rules.check_in_minutes_after is None:
        return begins, session.ends_at
    return begins, session.starts_at + timedelta(minutes=rules.check_in_minutes_after)
