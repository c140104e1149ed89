"""Whom a change of the timetable concerns, and with which of its sessions. What is long over concerns nobody."""

from collections import defaultdict
from collections.abc import Mapping

from accounts.models import User
from timetable.audience import people_by_group
from timetable.models import Change, ChangedSession


def concerned_by(change: Change) -> Mapping[User, list[ChangedSession]]:
    """Everybody to be told, each with their sessions in order: learners, lecturers and who was a lecturer before."""
    noted = [one for one in _noted(change) if _is_news(one, change)]
    people = people_by_group({(one.session.edition_id, one.session.cohort_id) for one in noted})
    theirs = defaultdict(list)
    for one in noted:
        session = one.session
        told = set(people[session.edition_id, session.cohort_id])
        told |= {lecturer.person_id for lecturer in session.lecturers.all()}
        told |= {person.pk for person in one.released.all()}
        for pk in told:
            theirs[pk].append(one)
    persons = User.objects.filter(pk__in=theirs, is_active=True).order_by("pk")
    return {person: theirs[person.pk] for person in persons}


def _noted(change):
    noted = change.sessions.select_related(
        "session__edition__course", "session__cohort", "session__room__campus", "room__campus"
    )
    noted = noted.filter(session__edition__cancelled_at=None).order_by("session__starts_at", "pk")
    return noted.prefetch_related("session__lecturers__person", "released")


def _is_news(noted, change):
    """Correcting what has been is no news; nor is a session that was called off after it was scheduled."""
    if change.kind != Change.Kind.CANCELLED and noted.session.cancelled_at:
        return False
    ends = [noted.session.ends_at, *([noted.ended_at] if noted.ended_at else [])]
    return max(ends) > change.at
