"""Where a question is being written: in which bank, in which language, and what may be offered there."""

from dataclasses import dataclass
from functools import cached_property

from taggit.models import Tag

from assessments.models import QuestionBank, QuestionCategory
from courses.models import CoursePage, LessonPage

INDENT = "\u2003"


@dataclass(frozen=True)
class Desk:
    """A bank (saved or not) and whether the question gets points where it is being written."""

    bank: QuestionBank
    with_points: bool = False

    @property
    def language(self) -> str:
        """The language questions are written in here."""
        return self.bank.source_language

    @property
    def course(self) -> CoursePage | None:
        """The course the bank belongs to."""
        return self.bank.course

    @property
    def lessons(self):
        """Lessons a learner may be sent to."""
        if self.course is None:
            return LessonPage.objects.none()
        return LessonPage.objects.descendant_of(self.course).order_by("path")

    @property
    def categories(self):
        """The drawers of the bank."""
        if self.bank.pk is None:
            return QuestionCategory.objects.none()
        return QuestionCategory.objects.filter(bank=self.bank)

    @cached_property
    def outcomes(self) -> list[str]:
        """What learners of the course will be able to do, as its page says."""
        if self.course is None:
            return []
        return [str(block.value) for block in self.course.get_latest_revision_as_object().outcomes]

    @cached_property
    def tags(self) -> list[str]:
        """Words questions of the bank are found by."""
        if self.bank.pk is None:
            return []
        used = Tag.objects.filter(question__bank=self.bank)
        return list(used.distinct().order_by("name").values_list("name", flat=True))


def in_tree(categories) -> list[tuple[QuestionCategory, int]]:
    """Categories in the order of their tree, each with its depth. One query."""
    children = {}
    for category in categories:
        children.setdefault(category.parent_id, []).append(category)

    def below(parent_id, depth):
        for category in children.get(parent_id, ()):
            yield category, depth
            yield from below(category.pk, depth + 1)

    return list(below(None, 0))


def tree_choices(categories, empty: str) -> list[tuple]:
    """The categories as choices of a form, set in by their depth."""
    return [("", empty)] + [
        (category.pk, f"{INDENT * depth}{category.name}") for category, depth in in_tree(categories)
    ]
