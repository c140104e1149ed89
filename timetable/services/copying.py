"""The timetables of other editions taken over: moved by whole weeks, as far as nothing is in the way, links kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from accounts.models import User
from enrolments.models import Edition
from timetable.models import Session
from timetable.refusals import Problem
from timetable.services.holding import hold
from timetable.services.scheduling import schedule_all
from timetable.taking_over import Taking, Teaches, candidates, judged, nobody, taking


@dataclass(frozen=True)
class Copied:
    """What was scheduled, what stands in the way of the rest, and what should be looked at in what was scheduled."""

    sessions: tuple[Session, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


@transaction.atomic
def copy_timetable(source: Edition, target: Edition, *, by: User) -> Copied:
    """Schedule the sessions of one edition in another as far as nothing is in the way. Safe to repeat.

    Lecturers stay behind: nobody has asked them yet. Sessions of cohorts find the cohort of the same name.
    """
    return copy_timetables([taking(source, target)], by=by)


@transaction.atomic
def copy_timetables(takings: Sequence[Taking], *, by: User, teaches: Teaches = nobody) -> Copied:
    """The same for several pairs of editions at once; `teaches` says which lecturers come along. Safe to repeat."""
    found = candidates(takings, teaches)
    held = hold([one.plan for one in found])
    found = judged([replace(one, plan=plan) for one, plan in zip(found, held, strict=True)])
    free = [one for one in found if not one.problems]
    hindered = [one for one in found if one.problems and not one.is_there]
    sessions = schedule_all([one.plan for one in free], by=by) if free else []
    return Copied(
        tuple(sessions),
        tuple(problem for one in hindered for problem in one.problems),
        tuple(note for one in free for note in one.notes),
    )
