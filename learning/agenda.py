"""What a person should do next, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from enrolments.models import Enrolment
from learning.progress import LessonState, Progress, progress_of


@dataclass(frozen=True)
class Due:
    """Something with a date that is not done yet."""

    at: datetime
    progress: Progress
    lesson: LessonState
    is_extended: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the date has passed."""
        return self.at < timezone.now()


@dataclass(frozen=True)
class Agenda:
    """A person's courses: what is due, what is under way, what is done."""

    due: tuple[Due, ...]
    under_way: tuple[Progress, ...]
    completed: tuple[Progress, ...]

    @property
    def first(self) -> Progress | None:
        """The course to go on with: the one with the earliest date, else the one enrolled in last that has lessons."""
        if self.due:
            return self.due[0].progress
        return next((progress for progress in self.under_way if progress.next_lesson), None)


def agenda(person: User, language: str) -> Agenda:
    """Work out what is due and under way for a person, with titles in a language."""
    enrolments = list(
        Enrolment.objects.active()
        .of(person)
        .filter(edition__cancelled_at=None)
        .select_related("edition__course__locale", "edition__course__source_locale")
        .order_by("-enrolled_at")
    )
    found = progress_of(enrolments, language)
    return agenda_of([found[enrolment.pk] for enrolment in enrolments])


def agenda_of(ordered: Sequence[Progress]) -> Agenda:
    """The same from the progress of some enrolments, the latest first."""
    under_way = tuple(progress for progress in ordered if not progress.completed_at)
    return Agenda(
        due=_due(under_way),
        under_way=under_way,
        completed=tuple(progress for progress in ordered if progress.completed_at),
    )


def _due(under_way: Sequence[Progress]) -> tuple[Due, ...]:
    dues = [
        Due(state.due_at, progress, lesson, is_extended=state.dates.due_is_extended)
        for progress in under_way
        for lesson, state in progress.missing
        if state.due_at
    ]
    return tuple(sorted(dues, key=lambda due: due.at))
