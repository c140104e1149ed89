"""What somebody should know before holding sessions all the same: learners expected twice, a room too small."""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrolments.models import Enrolment
from timetable.audience import people_by_group
from timetable.models import Session
from timetable.plans import Plan
from timetable.refusals import Concern, Problem


def warnings_of(plans: Sequence[Plan], *, ignoring: Collection[Session] = ()) -> list[list[Problem]]:
    """The warnings about each plan that is sound, in their order. Asks as often for many plans as for one."""
    if not plans:
        return []
    others = _others(plans, ignoring)
    groups = {_group(plan) for plan in plans} | {(s.edition_id, s.cohort_id) for s in others}
    people = people_by_group(groups)
    return [[*_twice(plan, others, people), *_seats(plan, people), *_dates(plan)] for plan in plans]


def _group(plan):
    return plan.edition.pk, plan.cohort.pk if plan.cohort else None


def _others(plans, ignoring):
    """The sessions at those times in any edition that shares a learner with these."""
    start, end = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
    learners = Enrolment.objects.active()
    shared = learners.filter(edition__in={plan.edition.pk for plan in plans}).values("person")
    sessions = Session.objects.standing().between(start, end)
    sessions = sessions.filter(edition__in=learners.filter(person__in=shared).values("edition"))
    return list(sessions.exclude(pk__in=[session.pk for session in ignoring]).in_order())


def _twice(plan, others, people):
    mine = people[_group(plan)]
    start, end = plan.starts_at, plan.ends_at
    concerned = set()
    for other in others:
        if other.starts_at < end and other.ends_at > start:
            concerned |= mine & people[other.edition_id, other.cohort_id]
    if not concerned:
        return []
    sentence = ngettext(
        "One learner is expected in another session at that time.",
        "%(count)s learners are expected in another session at that time.",
        len(concerned),
    )
    return [Problem(Concern.LEARNERS_TWICE, sentence % {"count": len(concerned)}, plan.on)]


def _seats(plan, people):
    expected = len(people[_group(plan)])
    if plan.capacity is not None and expected > plan.capacity:
        words = {"capacity": plan.capacity, "expected": expected}
        sentence = _("Its capacity is %(capacity)s; %(expected)s people are expected.") % words
        return [Problem(Concern.FEW_PLACES, sentence, plan.on)]
    if plan.room is None or plan.room.seats is None or plan.online_link or expected <= plan.room.seats:
        return []
    sentence = _("%(room)s has %(seats)s seats; %(expected)s people are expected.") % {
        "room": plan.room,
        "seats": plan.room.seats,
        "expected": expected,
    }
    return [Problem(Concern.FEW_SEATS, sentence, plan.on)]


def _dates(plan):
    day = plan.starts_at.astimezone(ZoneInfo(plan.edition.time_zone)).date()
    edition = plan.edition
    if day >= edition.starts_on and (edition.ends_on is None or day <= edition.ends_on):
        return []
    return [Problem(Concern.OUTSIDE_EDITION, str(Concern.OUTSIDE_EDITION.label), plan.on)]
