"""A learner's results as the learner reads them: released ones alone, under the titles of their lessons."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from enrolments.models import Enrolment
from gradebook.book import Book
from gradebook.grades import CategoryGrade, Grade, ItemGrade, ItemState, Standing, Step, steps
from gradebook.grades.numbers import DECIMALS, plain
from learning.progress import LessonState, Progress


@dataclass(frozen=True)
class ResultShown:
    """One line of the page."""

    grade: ItemGrade
    standing: Standing | None
    points: str
    lesson: LessonState | None
    due_at: datetime | None
    is_unmarked_again: bool

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.grade.state in (ItemState.NOT_DUE, ItemState.MISSING)


@dataclass(frozen=True)
class ResultsShown:
    """The whole page."""

    grade: Grade
    categories: tuple[tuple[CategoryGrade, tuple[ResultShown, ...]], ...]
    steps: tuple[Step, ...]
    is_default: bool

    @property
    def weights_matter(self) -> bool:
        """Whether there is more than one category to weigh."""
        return len(self.categories) > 1


def lesson_titles(progress: Progress) -> dict[int, str]:
    """What the learner knows each activity by: its lesson, with its own title where a lesson holds several."""
    placed = [(lesson, state.activity) for lesson in progress.lessons for state in lesson.activities]
    graded = Counter(lesson.pk for lesson, activity in placed if activity.kind != "read")
    return {
        activity.pk: lesson.title if graded[lesson.pk] == 1 else f"{lesson.title} · {activity.title}"
        for lesson, activity in placed
        if activity.kind != "read"
    }


def results_of(enrolment: Enrolment, progress: Progress) -> ResultsShown:
    """Work out what the learner may see by now."""
    book = Book(enrolment.edition, lesson_titles(progress))
    grade = book.grade(enrolment, released_only=True)
    lessons = {state.activity.pk: lesson for lesson in progress.lessons for state in lesson.activities}
    shown = tuple(
        (category, tuple(_shown(book, lessons, item) for item in category.items))
        for category in grade.categories
        if category.items
    )
    return ResultsShown(grade, shown, tuple(steps(grade)), is_default=book.scheme is None)


def _shown(book, lessons, item):
    activity = book.activities.get(item.plan.key)
    standing = None
    if item.percent is not None and item.state == ItemState.GRADED:
        standing = book.plan.scale.place(item.percent, decimals=DECIMALS, down=book.plan.rounds_down)
    return ResultShown(
        grade=item,
        standing=standing,
        points="" if item.points is None else plain(item.points),
        lesson=lessons.get(activity.pk) if activity else None,
        due_at=item.fact.due_at,
        is_unmarked_again=item.state == ItemState.GRADED and item.fact.is_waiting,
    )
