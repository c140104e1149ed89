"""The timetables of other editions moved by whole weeks: what can be taken over, and what stands in the way."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from enrolments.models import Cohort, Edition
from enrolments.moved_dates import moved
from timetable.clashes import problems_of
from timetable.models import Session
from timetable.plans import Plan, plan_of
from timetable.refusals import Concern, Problem, Refusal

# Whether somebody teaches in a session that was taken over to a day.
Teaches = Callable[[Session, User, datetime.date], bool]


@dataclass(frozen=True)
class Taking:
    """One edition whose sessions another one is to have."""

    source: Edition
    target: Edition
    cohorts: Mapping[str, Cohort]


@dataclass(frozen=True)
class TakenOver:
    """A session as it would be: what is against it, and what somebody should look at although nothing is."""

    source: Session
    plan: Plan
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the edition has it already."""
        return any(problem.reason == Refusal.ALREADY_THERE for problem in self.problems)


def nobody(session: Session, person: User, on: datetime.date) -> bool:
    """Lecturers stay behind: nobody has asked them yet."""
    return False


def taking(source: Edition, target: Edition) -> Taking:
    """Both editions as they are; sessions of cohorts find the cohort of the same name."""
    return Taking(source, target, {cohort.name.casefold(): cohort for cohort in target.cohorts.open()})


def as_if_copied(source: Edition, starts_on: datetime.date) -> Taking:
    """The edition and a copy of it that is not there yet, with its cohorts; never to be saved."""
    # No row has a number below 0: each copy is told from every edition there is, and from other copies.
    target = Edition(
        pk=-source.pk,
        course=source.course,
        name=source.name,
        is_restricted=source.is_restricted,
        time_zone=source.time_zone,
        starts_on=starts_on,
        ends_on=moved(source.ends_on, (starts_on - source.starts_on).days),
    )
    cohorts = {
        cohort.name.casefold(): Cohort(pk=-cohort.pk, name=cohort.name, edition=target)
        for cohort in cohorts_with_sessions(source)
    }
    return Taking(source, target, cohorts)


def cohorts_with_sessions(edition: Edition) -> Sequence[Cohort]:
    """The cohorts that have sessions of their own."""
    return edition.cohorts.open().filter(sessions__cancelled_at=None, sessions__isnull=False).distinct()


def weeks_between(source: Edition, target: Edition) -> int:
    """By how many whole weeks sessions move, so that each stays on its day of the week."""
    return round((target.starts_on - source.starts_on).days / 7)


def candidates(takings: Iterable[Taking], teaches: Teaches = nobody) -> list[TakenOver]:
    """Every standing session as it would be, in order; nothing has been looked at but its cohort and lecturers."""
    by_source = {one.source.pk: one for one in takings}
    sessions = Session.objects.standing().filter(edition__in=by_source).in_order()
    shown = sessions.select_related("edition__course", "cohort", "room__campus")
    return [
        _candidate(by_source[session.edition_id], session, teaches)
        for session in shown.prefetch_related("lecturers__person")
    ]


def _candidate(found: Taking, session: Session, teaches: Teaches) -> TakenOver:
    on = session.on + datetime.timedelta(weeks=weeks_between(found.source, found.target))
    cohort = found.cohorts.get(session.cohort.name.casefold()) if session.cohort else None
    before = plan_of(session)
    staying = tuple(
        person for person in before.lecturers if person.is_active and teaches(session, person, on)
    )
    plan = replace(before, edition=found.target, cohort=cohort, lecturers=staying, on=on)
    if session.cohort and cohort is None:
        return TakenOver(session, plan, problems=(_said(Refusal.NO_SUCH_COHORT, on),))
    behind = any(person not in staying for person in before.lecturers)
    return TakenOver(session, plan, notes=(_said(Concern.LECTURER_BEHIND, on),) if behind else ())


def _said(reason, on):
    return Problem(reason, str(reason.label), on)


def judged(found: Sequence[TakenOver]) -> list[TakenOver]:
    """The same with what is against each. Who teaches elsewhere then stays behind and hinders nothing."""
    sound = [one for one in found if not one.problems]
    freed = [_without_lecturers(one, against) for one, against in zip(sound, _against(sound), strict=True)]
    looked_at = {
        one.source.pk: replace(one, problems=tuple(against))
        for one, against in zip(freed, _against(freed), strict=True)
    }
    return [looked_at.get(one.source.pk, one) for one in found]


def _against(found):
    return problems_of([one.plan for one in found])


def _without_lecturers(one: TakenOver, against: Sequence[Problem]) -> TakenOver:
    taken = tuple(problem for problem in against if problem.reason == Refusal.LECTURER_TAKEN)
    return replace(one, plan=replace(one.plan, lecturers=()), notes=one.notes + taken) if taken else one
