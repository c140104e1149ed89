"""What a person should do next, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from enrolments.models import Enrolment
from learning.deadlines import Deadline, deadlines_of
from learning.progress import Progress, progress_of


@dataclass(frozen=True)
class Due:
    """Something with a date that is not done yet: in a lesson of a course, or a deadline of its own."""

    at: datetime
    title: str
    url: str
    note: str = ""
    is_extended: bool = False
    is_appointment: bool = False
    # The course to go on with; None for what lies outside its lessons.
    progress: Progress | None = None

    @property
    def is_late(self) -> bool:
        """Whether the date has passed."""
        return not self.is_appointment and self.at < timezone.now()


@dataclass(frozen=True)
class Agenda:
    """A person's courses: what is due, what is under way, what is done."""

    due: tuple[Due, ...]
    under_way: tuple[Progress, ...]
    completed: tuple[Progress, ...]

    @property
    def first(self) -> Progress | None:
        """The course to go on with: the one with the earliest date, else the one enrolled in last that has lessons."""
        with_a_date = (due.progress for due in self.due if due.progress)
        others = (progress for progress in self.under_way if progress.next_lesson)
        return next(with_a_date, None) or next(others, None)


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
    return agenda_of([found[enrolment.pk] for enrolment in enrolments], deadlines_of(enrolments))


def agenda_of(ordered: Sequence[Progress], deadlines: Sequence[Deadline] = ()) -> Agenda:
    """The same from the progress of some enrolments, the latest first, and what else has a day in them."""
    under_way = tuple(progress for progress in ordered if not progress.completed_at)
    return Agenda(
        due=_due(under_way, deadlines),
        under_way=under_way,
        completed=tuple(progress for progress in ordered if progress.completed_at),
    )


def _due(under_way: Sequence[Progress], deadlines: Sequence[Deadline]) -> tuple[Due, ...]:
    dues = [
        Due(
            state.due_at,
            lesson.title,
            reverse("learning:lesson", args=[progress.enrolment.edition.code, lesson.pk]),
            progress.course_title,
            is_extended=state.dates.due_is_extended,
            progress=progress,
        )
        for progress in under_way
        for lesson, state in progress.missing
        if state.due_at
    ]
    dues += [
        Due(one.at, one.title, one.url, one.note, one.is_extended, one.is_appointment) for one in deadlines
    ]
    return tuple(sorted(dues, key=lambda due: due.at))
