"""What else has a day in somebody's courses: hearings, milestones and whatever else apps above bring into them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail import hooks

from enrolments.models import Enrolment

# An app above names the days of some enrolments: hook(enrolments) → iterable of Deadline; for many as for one.
DEADLINES = "learning_deadlines"


@dataclass(frozen=True)
class Deadline:
    """Something with a day that is no activity of a lesson, with the way to it."""

    at: datetime
    title: str
    url: str
    note: str = ""
    is_extended: bool = False
    # It happens then; nobody can be late with it.
    is_appointment: bool = False


def deadlines_of(enrolments: Collection[Enrolment]) -> list[Deadline]:
    """All that have not been met yet, in no order."""
    if not enrolments:
        return []
    answers: Iterable[Iterable[Deadline]] = (hook(enrolments) for hook in hooks.get_hooks(DEADLINES))
    return [deadline for answer in answers for deadline in answer]
