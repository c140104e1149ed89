"""Sessions are scheduled, moved and called off. Rooms and lecturers are in one session at a time, whoever is first."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from timetable import tasks
from timetable.clashes import problems_of
from timetable.models import Change, ChangedSession, Series, Session, SessionLecturer
from timetable.patterns import Pattern
from timetable.plans import Plan, plan_of, plans_of
from timetable.refusals import Refusal, TimetableRefused, refused
from timetable.services.holding import hold, hold_session


@transaction.atomic
def schedule(plan: Plan, *, by: User, announce: bool = False) -> Session:
    """Add one session, or raise TimetableRefused. `announce` tells everybody concerned by e-mail."""
    return schedule_all([plan], by=by, announce=announce)[0]


@transaction.atomic
def schedule_all(plans: Sequence[Plan], *, by: User, announce: bool = False) -> list[Session]:
    """Add several sessions, all or none, or raise TimetableRefused with the problems of every one."""
    sessions = _add(plans)
    _record_scheduled(sessions, by, announce)
    for session in sessions:
        audit.record(by, "timetable.schedule", session, after=_told(session))
    return sessions


@transaction.atomic
def schedule_series(plan: Plan, pattern: Pattern, *, by: User, announce: bool = False) -> Series:
    """Add a session on every day of the pattern, at the same time on the wall, all or none."""
    plans = plans_of(plan, pattern)
    hold(plans)
    series = Series.objects.create(
        edition=plan.edition,
        title=plan.title.strip(),
        weekdays="".join(str(day) for day in sorted(pattern.weekdays)),
        every_weeks=pattern.every_weeks,
        first_on=pattern.first_on,
        last_on=pattern.last_on,
        created_by=by,
    )
    sessions = _add(plans, series=series)
    _record_scheduled(sessions, by, announce)
    audit.record(
        by,
        "timetable.schedule_series",
        series,
        after=_told(sessions[0]) | {"days": [session.on.isoformat() for session in sessions]},
    )
    return series


@transaction.atomic
def move(session: Session, plan: Plan, *, by: User, reason: str, seen: int | None = None) -> Session:
    """Make the session what the plan says, or raise TimetableRefused; its edition and cohort stay what they are.

    `seen` is the session's `sequence` as it stood on somebody's screen. Repeating changes nothing.
    """
    session = hold_session(session)
    if session.cancelled_at:
        raise refused(Refusal.CANCELLED)
    if not reason.strip():
        raise refused(Refusal.NO_REASON)
    before = plan_of(session)
    [plan] = hold([replace(plan, edition=session.edition, cohort=session.cohort)])
    plan = replace(plan, time_zone=plan.zone)
    if plan == before:
        return session
    if seen is not None and seen != session.sequence:
        raise refused(Refusal.CHANGED_MEANWHILE)
    _refuse(problems_of([plan], ignoring=[session]))
    told = _told(session)
    _write_change(session, plan, before, by, reason)
    audit.record(by, "timetable.move", session, reason=reason, before=told, after=_told(session))
    return session


@transaction.atomic
def cancel(session: Session, *, by: User, reason: str) -> Session:
    """Call the session off; its room and lecturers are free again. Repeating changes nothing."""
    return cancel_all([session], by=by, reason=reason)[0]


@transaction.atomic
def cancel_all(sessions: Sequence[Session], *, by: User, reason: str) -> list[Session]:
    """Call several sessions off at once, so that everybody is told in one message."""
    if not reason.strip():
        raise refused(Refusal.NO_REASON)
    ordered = sorted(sessions, key=lambda session: (session.edition_id, session.pk))
    held = [hold_session(session) for session in ordered]
    standing = [session for session in held if session.cancelled_at is None]
    if not standing:
        return held
    change = Change.objects.create(kind=Change.Kind.CANCELLED, by=by, reason=reason.strip())
    for session in standing:
        _note(change, session)
        session.cancelled_at = timezone.now()
        session.sequence += 1
        session.save(update_fields=["cancelled_at", "sequence", "changed_at"])
        audit.record(by, "timetable.cancel", session, reason=reason, before=_told(session))
    _announce(change)
    return held


def _add(plans, series=None):
    held = [replace(plan, time_zone=plan.zone) for plan in hold(plans)]
    _refuse(problems_of(held))
    sessions = [Session(series=series, **_fields(plan)) for plan in held]
    for session in sessions:
        session.save()
    SessionLecturer.objects.bulk_create(
        SessionLecturer(session=session, person=person)
        for session, plan in zip(sessions, held, strict=True)
        for person in plan.lecturers
    )
    return sessions


def _refuse(found):
    problems = [problem for some in found for problem in some]
    if problems:
        raise TimetableRefused(problems)


def _fields(plan):
    return {
        "edition": plan.edition,
        "cohort": plan.cohort,
        "title": plan.title.strip(),
        "notes": plan.notes,
        "on": plan.on,
        "starts": plan.starts,
        "minutes": plan.minutes,
        "time_zone": plan.zone,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "room": plan.room,
        "online_link": plan.online_link,
        "capacity": plan.capacity,
    }


def _record_scheduled(sessions, by, announce):
    change = Change.objects.create(kind=Change.Kind.SCHEDULED, by=by)
    ChangedSession.objects.bulk_create(ChangedSession(change=change, session=session) for session in sessions)
    if announce:
        _announce(change)


def _write_change(session, plan, before, by, reason):
    change = Change.objects.create(kind=Change.Kind.MOVED, by=by, reason=reason.strip())
    noted = _note(change, session)
    noted.released.set([person for person in before.lecturers if person not in plan.lecturers])
    for name, value in _fields(plan).items():
        setattr(session, name, value)
    session.sequence += 1
    session.save()
    session.lecturers.exclude(person__in=plan.lecturers).delete()
    new = [person for person in plan.lecturers if person not in before.lecturers]
    SessionLecturer.objects.bulk_create(SessionLecturer(session=session, person=person) for person in new)
    session._prefetched_objects_cache = {}
    if is_news(before, plan):
        _announce(change)


def is_news(before: Plan, after: Plan) -> bool:
    """Whether a change is one that people must be told of: time, place or lecturer."""
    return any(
        getattr(before, name) != getattr(after, name)
        for name in ("starts_at", "ends_at", "room", "online_link", "lecturers")
    )


def _note(change, session):
    return ChangedSession.objects.create(
        change=change,
        session=session,
        started_at=session.starts_at,
        ended_at=session.ends_at,
        time_zone=session.time_zone,
        room=session.room,
        online_link=session.online_link,
    )


def _announce(change):
    transaction.on_commit(lambda: tasks.announce.enqueue(change.pk))


def _told(session):
    return {
        "title": session.title,
        "starts": f"{session.on.isoformat()} {session.starts:%H:%M} {session.time_zone}",
        "minutes": session.minutes,
        "room": str(session.room or ""),
        "online_link": session.online_link,
        "lecturers": sorted(lecturer.person.email for lecturer in session.lecturers.select_related("person")),
    }
