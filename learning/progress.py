"""The only place that works out progress. One frozen object draws the bar, writes "3 left: …" and feeds reports."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Activity, LessonActivity
from enrolments.activity_dates import NO_DATES, ActivityDates, activity_dates_of
from enrolments.models import Enrolment
from learning.completions import completions_of
from learning.models import Attempt
from learning.outline import CourseTree, course_trees


class State(TextChoices):
    """Where a learner stands with an activity or a lesson."""

    DONE = "done", gettext_lazy("Done")
    STARTED = "started", gettext_lazy("Started")
    TO_DO = "to_do", gettext_lazy("To do")


@dataclass(frozen=True)
class ActivityState:
    """One placement of an activity, and what this learner did with it."""

    placement: LessonActivity
    activity: Activity
    is_done: bool
    is_required: bool
    added_later: bool
    attempts: Sequence[Attempt] = field(default=(), repr=False)
    dates: ActivityDates = NO_DATES

    @property
    def due_at(self) -> datetime | None:
        """When it is due for this learner."""
        return self.dates.due_at

    @property
    def finished(self) -> list[Attempt]:
        """Attempts handed in, oldest first."""
        return [attempt for attempt in self.attempts if attempt.finished_at]

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt under way, if any."""
        return next((attempt for attempt in self.attempts if attempt.finished_at is None), None)

    @property
    def grade(self) -> Decimal | None:
        """The score that counts, 0 to 1."""
        return self.activity.grade(self.finished)

    @property
    def shown_grade(self) -> Decimal | None:
        """The same, once its learner may know it."""
        return self.activity.shown_grade(self.finished, self.dates)

    @property
    def state(self) -> State:
        """Done, started or still to do."""
        if self.is_done:
            return State.DONE
        return State.STARTED if self.attempts else State.TO_DO


@dataclass(frozen=True)
class LessonState:
    """A lesson in the learner's language with the states of its activities. `pk` is the canonical page's."""

    pk: int
    title: str
    minutes: int
    language: str
    activities: tuple[ActivityState, ...]

    @property
    def required(self) -> tuple[ActivityState, ...]:
        """The activities that must be done."""
        return tuple(state for state in self.activities if state.is_required)

    @property
    def missing(self) -> tuple[ActivityState, ...]:
        """The required activities not done yet."""
        return tuple(state for state in self.required if not state.is_done)

    @property
    def state(self) -> State:
        """Done when nothing required is missing and something was done; started when something was."""
        if self.activities and not self.missing and any(state.is_done for state in self.activities):
            return State.DONE
        if any(state.state != State.TO_DO for state in self.activities):
            return State.STARTED
        return State.TO_DO


@dataclass(frozen=True)
class UnitState:
    """A unit in the learner's language."""

    pk: int
    title: str
    lessons: tuple[LessonState, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing required is left in it."""
        return not any(lesson.missing for lesson in self.lessons)


@dataclass(frozen=True)
class Progress:
    """How far one enrolment has come, with its reasons."""

    enrolment: Enrolment
    course_title: str
    units: tuple[UnitState, ...]
    completed_at: datetime | None

    @property
    def lessons(self) -> tuple[LessonState, ...]:
        """All lessons in order."""
        return tuple(lesson for unit in self.units for lesson in unit.lessons)

    @property
    def required(self) -> int:
        """How many activities must be done."""
        return sum(len(lesson.required) for lesson in self.lessons)

    @property
    def missing(self) -> list[tuple[LessonState, ActivityState]]:
        """What is still required, in order, with the lesson it is in."""
        return [(lesson, state) for lesson in self.lessons for state in lesson.missing]

    @property
    def left(self) -> int:
        """How many required activities are left."""
        return len(self.missing)

    @property
    def done(self) -> int:
        """How many required activities are done."""
        return self.required - self.left

    @property
    def percent(self) -> int:
        """Whole per cent of the required activities that are done, rounded down: 100 means all."""
        if not self.required:
            return 100 if self.completed_at else 0
        return 100 * self.done // self.required

    @property
    def is_complete(self) -> bool:
        """Whether everything required has been done. A course that requires nothing is never complete by itself."""
        return self.required > 0 and self.left == 0

    @property
    def has_begun(self) -> bool:
        """Whether anything at all was done."""
        return any(lesson.state != State.TO_DO for lesson in self.lessons)

    @property
    def next_lesson(self) -> LessonState | None:
        """Where to go on: the first lesson with something left, else the first lesson."""
        with_something_left = (lesson for lesson in self.lessons if lesson.missing)
        return next(with_something_left, self.lessons[0] if self.lessons else None)

    @property
    def reasons(self) -> list[str]:
        """One sentence for each thing still required."""
        return [reason(lesson, state) for lesson, state in self.missing]

    def lesson(self, pk: int) -> LessonState | None:
        """The state of one lesson."""
        return next((lesson for lesson in self.lessons if lesson.pk == pk), None)


def percent(score: Decimal) -> str:
    """A score from 0 to 1 as people read it: 72.5 %."""
    return _("%(number)s %%") % {"number": number_format((score * 100).normalize(), use_l10n=True)}


def reason(lesson: LessonState, state: ActivityState) -> str:
    """Why this activity is not complete yet, and what completes it."""
    sentence = _what_to_do(lesson, state)
    if state.added_later:
        return _("%(sentence)s Added since you started.") % {"sentence": sentence}
    return sentence


def _what_to_do(lesson, state):
    needed = percent(state.activity.pass_mark)
    have = None if state.shown_grade is None else percent(state.shown_grade)
    if own_words := state.activity.what_to_do(lesson.title, needed=needed, have=have):
        return own_words
    if not state.activity.needs_pass:
        return _("Mark “%(lesson)s” as read.") % {"lesson": lesson.title}
    words = {"lesson": lesson.title, "needed": needed, "have": have}
    if have is None:
        return _("Pass the quiz in “%(lesson)s” (you need %(needed)s).") % words
    return _("Pass the quiz in “%(lesson)s” (you have %(have)s, you need %(needed)s).") % words


def progress(enrolment: Enrolment, language: str | None = None) -> Progress:
    """Work out how far the enrolment has come, with titles in a language (the enrolment's by default)."""
    return progress_of([enrolment], language)[enrolment.pk]


def progress_of(enrolments: Sequence[Enrolment], language: str | None = None) -> dict[int, Progress]:
    """The progress of many enrolments at once, by enrolment id, in a number of queries that does not grow."""
    facts = _Facts(enrolments)
    trees = course_trees({enrolment.edition.course for enrolment in enrolments})
    found = {}
    for enrolment in enrolments:
        tree = trees[enrolment.edition.course_id]
        spoken = language or enrolment.language
        found[enrolment.pk] = Progress(
            enrolment=enrolment,
            course_title=tree.title(enrolment.edition.course, spoken),
            units=_units(tree, facts, enrolment, spoken),
            completed_at=facts.completed_at.get(enrolment.pk),
        )
    return found


def _units(tree, facts, enrolment, language):
    return tuple(
        UnitState(
            unit.pk, tree.title(unit, language), tuple(_lessons(tree, unit, facts, enrolment, language))
        )
        for unit in tree.units
    )


def _lessons(tree: CourseTree, unit, facts, enrolment, language):
    for lesson in tree.lessons[unit.pk]:
        states = (
            facts.state(enrolment, placement, tree.activities[placement.activity_id])
            for placement in tree.placements[lesson.pk]
        )
        yield LessonState(
            pk=lesson.pk,
            title=tree.title(lesson, language),
            minutes=lesson.minutes,
            language=language if tree.exists_in(lesson, language) else "",
            activities=tuple(states),
        )


class _Facts:
    """What the enrolments did, fetched once."""

    def __init__(self, enrolments):
        pks = [enrolment.pk for enrolment in enrolments]
        self.completed, self.completed_at = completions_of(pks)
        self.attempts = defaultdict(list)
        for attempt in Attempt.objects.filter(enrolment__in=pks).order_by("number"):
            self.attempts[attempt.enrolment_id, attempt.activity_id].append(attempt)
        self.dates = activity_dates_of(enrolments)

    def state(self, enrolment, placement, activity):
        done = (enrolment.pk, activity.pk) in self.completed
        finished_course = self.completed_at.get(enrolment.pk)
        required = placement.required_since is not None and not (
            finished_course and placement.required_since > finished_course
        )
        return ActivityState(
            placement=placement,
            activity=activity,
            is_done=done,
            is_required=required,
            added_later=bool(required and placement.required_since > enrolment.enrolled_at),
            attempts=tuple(self.attempts.get((enrolment.pk, activity.pk), ())),
            dates=self.dates[enrolment.pk, activity.pk],
        )
