"""A released mark as its learner reads it: score, lateness, rubric with comments, annotated files."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.assignments.rules import lateness_in_words, rules_of
from assessments.models import Marking, ReleasedMark, SubmissionMember
from assessments.rubrics import RubricShown, rubric_shown


@dataclass(frozen=True)
class MarkingShown:
    """One marking that counts, as a learner or another marker reads it."""

    marking: Marking
    rubric: RubricShown | None
    points: Decimal | None
    most: Decimal

    @property
    def files(self):
        """Annotated files given back with it."""
        return list(self.marking.files.all())


@dataclass(frozen=True)
class Result:
    """What was released to one person."""

    told: ReleasedMark
    markings: list[MarkingShown]
    lateness: str
    is_changed: bool


def marking_shown(marking: Marking, content: dict | None, most: Decimal, language: str) -> MarkingShown:
    """A marking with the rubric it was made with, in a language."""
    criteria = list(marking.criteria.all())
    shown = content and rubric_shown(
        content,
        language,
        choices={one.criterion: one.level for one in criteria},
        comments={one.criterion: one.comment for one in criteria},
    )
    return MarkingShown(marking, shown, marking.points, most)


def result_of(member: SubmissionMember, language: str) -> Result | None:
    """The mark as last told, or None before it is released."""
    told = list(member.released_marks.all())
    if not told:
        return None
    version = member.submission.version
    rubric = version.assignment_version.rubric_version
    markings = told[-1].markings.prefetch_related("criteria", "files").order_by("begun_at")
    return Result(
        told=told[-1],
        markings=[
            marking_shown(one, rubric and rubric.content, rules_of(version).max_points, language)
            for one in markings
        ],
        lateness=lateness_in_words(told[-1].days_late, told[-1].penalty) if told[-1].days_late else "",
        is_changed=len(told) > 1,
    )
