"""The timetable of another edition taken over: moved by whole weeks, without people, links kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction

from accounts.models import User
from enrolments.models import Edition
from timetable.clashes import problems_of
from timetable.models import Session
from timetable.plans import Plan, plan_of
from timetable.refusals import Problem, Refusal
from timetable.services.holding import hold
from timetable.services.scheduling import schedule_all


@dataclass(frozen=True)
class Copied:
    """What was scheduled, and what stands in the way of the rest."""

    sessions: tuple[Session, ...]
    problems: tuple[Problem, ...]


def weeks_between(source: Edition, target: Edition) -> int:
    """By how many whole weeks sessions move, so that each stays on its day of the week."""
    return round((target.starts_on - source.starts_on).days / 7)


@transaction.atomic
def copy_timetable(source: Edition, target: Edition, *, by: User) -> Copied:
    """Schedule the sessions of one edition in another as far as nothing is in the way. Safe to repeat.

    Lecturers stay behind: nobody has asked them yet. Sessions of cohorts find the cohort of the same name.
    """
    plans, problems = _moved(source, target)
    held = hold(plans)
    found = list(zip(held, problems_of(held), strict=True)) if held else []
    free = [plan for plan, against in found if not against]
    problems += [
        problem for _plan, against in found for problem in against if problem.reason != Refusal.ALREADY_THERE
    ]
    sessions = schedule_all(free, by=by) if free else []
    return Copied(tuple(sessions), tuple(problems))


def _moved(source: Edition, target: Edition) -> tuple[Sequence[Plan], list[Problem]]:
    cohorts = {cohort.name.casefold(): cohort for cohort in target.cohorts.open()}
    shift = timedelta(weeks=weeks_between(source, target))
    sessions = Session.objects.standing().filter(edition=source).select_related("cohort", "room__campus")
    plans, problems = [], []
    for session in sessions.in_order():
        cohort = cohorts.get(session.cohort.name.casefold()) if session.cohort else None
        if session.cohort and cohort is None:
            sentence = str(Refusal.NO_SUCH_COHORT.label)
            problems.append(Problem(Refusal.NO_SUCH_COHORT, sentence, session.on + shift))
            continue
        plan = replace(plan_of(session), edition=target, cohort=cohort, lecturers=(), on=session.on + shift)
        plans.append(plan)
    return plans, problems
