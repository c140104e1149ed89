"""What stands in the way of sessions: a room or a lecturer that is taken. Asks the database twice, however many."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timetable.models import Session
from timetable.plans import Plan, shape_refusals
from timetable.refusals import Problem, Refusal


@dataclass(frozen=True)
class Busy:
    """A time at which a room and some people are taken, and by what."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    room_id: int | None
    people: frozenset[int]
    edition_id: int
    cohort_id: int | None
    title: str
    name: str
    is_restricted: bool

    def overlaps(self, start: datetime.datetime, end: datetime.datetime) -> bool:
        """Whether some of it lies between two moments; what begins when the other ends does not clash."""
        return self.starts_at < end and self.ends_at > start

    def repeats(self, plan: Plan) -> bool:
        """Whether it is what the plan wants to add."""
        return (
            (self.edition_id, self.cohort_id, self.starts_at)
            == (plan.edition.pk, plan.cohort.pk if plan.cohort else None, plan.starts_at)
        ) and self.title.strip().casefold() == plan.title.strip().casefold()


def problems_of(plans: Sequence[Plan], *, ignoring: Collection[Session] = ()) -> list[list[Problem]]:
    """Every reason against each plan, in their order; a plan may also clash with one before it.

    Sessions in `ignoring` are about to be changed: they hinder nobody.
    """
    shapes = [shape_refusals(plan) for plan in plans]
    sound = [plan for plan, shape in zip(plans, shapes, strict=True) if not shape]
    busy = _busy(sound, ignoring) if sound else []
    found = []
    for plan, shape in zip(plans, shapes, strict=True):
        if shape:
            found.append([Problem(refusal, str(refusal.label), plan.on) for refusal in shape])
            continue
        found.append(_clashes(plan, busy))
        busy.append(_as_busy(plan))
    return found


def _busy(plans, ignoring):
    start, end = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
    rooms = {plan.room.pk for plan in plans if plan.room}
    people = {person.pk for plan in plans for person in plan.lecturers}
    editions = {plan.edition.pk for plan in plans}
    sessions = Session.objects.standing().between(start, end)
    sessions = sessions.exclude(pk__in=[session.pk for session in ignoring])
    led = sessions.filter(lecturers__person__in=people).values("pk")
    sessions = sessions.filter(Q(room__in=rooms) | Q(edition__in=editions) | Q(pk__in=led))
    shown = sessions.select_related("edition__course").prefetch_related("lecturers").in_order()
    return [_taken_by(session) for session in shown]


def _taken_by(session):
    return Busy(
        session.starts_at,
        session.ends_at,
        session.room_id,
        frozenset(lecturer.person_id for lecturer in session.lecturers.all()),
        session.edition_id,
        session.cohort_id,
        session.title,
        _name(session.title, session.edition),
        _is_restricted(session.edition),
    )


def _as_busy(plan):
    return Busy(
        plan.starts_at,
        plan.ends_at,
        plan.room.pk if plan.room else None,
        frozenset(person.pk for person in plan.lecturers),
        plan.edition.pk,
        plan.cohort.pk if plan.cohort else None,
        plan.title,
        _name(plan.title, plan.edition),
        _is_restricted(plan.edition),
    )


def _name(title, edition):
    return _("“%(session)s” (%(edition)s)") % {"session": title, "edition": edition}


def _is_restricted(edition):
    return edition.is_restricted or edition.course.is_restricted


def _clashes(plan, busy):
    start, end = plan.starts_at, plan.ends_at
    meeting = [other for other in busy if other.overlaps(start, end)]
    if any(other.repeats(plan) for other in meeting):
        return [Problem(Refusal.ALREADY_THERE, str(Refusal.ALREADY_THERE.label), plan.on)]
    found = []
    for other in meeting:
        if plan.room and other.room_id == plan.room.pk:
            found.append(_problem(Refusal.ROOM_TAKEN, plan, other, who=plan.room))
        found += [
            _problem(Refusal.LECTURER_TAKEN, plan, other, who=person)
            for person in plan.lecturers
            if person.pk in other.people
        ]
    return found


def _problem(refusal, plan, other, *, who):
    sentences = {
        Refusal.ROOM_TAKEN: _(
            "%(who)s is taken on %(day)s from %(start)s to %(end)s by %(other)s. Choose another room or another time."
        ),
        Refusal.LECTURER_TAKEN: _(
            "%(who)s teaches on %(day)s from %(start)s to %(end)s: %(other)s. Choose another lecturer or another time."
        ),
    }
    start, end = (moment.astimezone(ZoneInfo(plan.zone)) for moment in (other.starts_at, other.ends_at))
    words = {
        "who": who,
        "day": date_format(start, "j F Y"),
        "start": date_format(start, "H:i"),
        "end": date_format(end, "H:i"),
    }
    named = sentences[refusal] % {**words, "other": other.name}
    if not other.is_restricted:
        return Problem(refusal, named, plan.on)
    # Of editions that are not for everybody's eyes only that there is one.
    sentence = sentences[refusal] % {**words, "other": _("a session of a restricted edition")}
    return Problem(refusal, sentence, plan.on, named, other.edition_id)
