"""What has been earned, and if it has not, why not: each award type has a rule, and its facts live below us."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from certificates.models import Award, AwardType, Rule
from certificates.readiness import award_type_problems
from enrolments.models import Edition, Enrolment
from gradebook.book import Book
from gradebook.grades import Grade, ItemState
from learning.models import CourseCompletion


class Obstacle(TextChoices):
    """Why an enrolment has not earned an award, or cannot be given it now."""

    HAS_IT = "has_it", gettext_lazy("Has this award already")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrew from the edition")
    NOT_COMPLETED = "not_completed", gettext_lazy("Has not completed the course")
    NOT_GRADED = "not_graded", gettext_lazy("Not every result has been given and released")
    GRADE_TOO_LOW = "grade_too_low", gettext_lazy("Has not reached the least grade")
    NAME_OPEN = "name_open", gettext_lazy("Has not confirmed the name to be printed")
    NOT_READY = "not_ready", gettext_lazy("The award type is not ready")
    UNDECIDED = "undecided", gettext_lazy("Staff have not decided")


@dataclass(frozen=True)
class Standing:
    """One enrolment and one award type: what stands in the way, and the grade it was judged by."""

    enrolment: Enrolment
    obstacle: Obstacle | None
    grade: str = ""

    @property
    def qualifies(self) -> bool:
        """Whether the award can be given now."""
        return self.obstacle is None


def standings(
    edition: Edition, award_type: AwardType, enrolments: Sequence[Enrolment], *, decided: bool = False
) -> list[Standing]:
    """Where each of these enrolments stands, in a number of queries that does not depend on how many there are.

    With `decided` staff give the award by their own decision, which stands in for the rule where the rule asks for one.
    """
    pks = [enrolment.pk for enrolment in enrolments]
    completed = set(CourseCompletion.objects.filter(enrolment__in=pks).values_list("enrolment", flat=True))
    held = set(
        Award.objects.filter(enrolment__in=pks, award_type=award_type).values_list("enrolment", flat=True)
    )
    ready = not award_type_problems(award_type, edition.course.locale.language_code)
    by_grade = award_type.rule == Rule.GRADE
    grades = Book(edition).grades(enrolments, released_only=True) if by_grade and enrolments else {}
    found = []
    for enrolment in enrolments:
        grade = grades.get(enrolment.pk)
        general = (
            (Obstacle.HAS_IT, enrolment.pk in held),
            (Obstacle.WITHDRAWN, enrolment.withdrawn_at is not None and enrolment.pk not in completed),
            *_against_the_rule(award_type, enrolment.pk in completed, grade, decided),
            (Obstacle.NAME_OPEN, enrolment.person.name_confirmed_at is None),
            (Obstacle.NOT_READY, not ready),
        )
        obstacle = next((one for one, stands in general if stands), None)
        found.append(Standing(enrolment, obstacle, total_of(grade)))
    return found


def _against_the_rule(award_type: AwardType, is_completed: bool, grade: Grade | None, decided: bool):
    """What the rule asks for, and whether it is missing."""
    if award_type.rule == Rule.DECISION:
        return ((Obstacle.UNDECIDED, not decided),)
    if award_type.rule != Rule.GRADE:
        return ((Obstacle.NOT_COMPLETED, not is_completed),)
    least = (award_type.minimum_grade or Decimal(0)) * 100
    return (
        (Obstacle.NOT_COMPLETED, not is_completed),
        (Obstacle.NOT_GRADED, not is_final(grade)),
        (Obstacle.GRADE_TOO_LOW, grade is None or grade.total is None or grade.total < least),
    )


def standing_of(enrolment: Enrolment, award_type: AwardType, *, decided: bool = False) -> Standing:
    """Where one enrolment stands."""
    return standings(enrolment.edition, award_type, [enrolment], decided=decided)[0]


def awaiting_award() -> QuerySet[Enrolment]:
    """Enrolments completed since the course gives its award by itself that have never had it.

    Awards of other types do not count, except of the same kind and by rule: that is what the course gave before.
    """
    given = "edition__course__award__award_type"
    by_rule_alike = Q(award_type__kind=OuterRef(f"{given}__kind")) & ~Q(award_type__rule=Rule.DECISION)
    had = Award.objects.filter(
        Q(award_type=OuterRef(given)) | by_rule_alike,
        enrolment=OuterRef("pk"),
    )
    completed = Enrolment.objects.filter(
        ~Exists(had), course_completion__completed_at__gte=F("edition__course__award__given_since")
    )
    return completed.exclude(edition__course__award__award_type__rule=Rule.DECISION)


def is_final(grade: Grade | None) -> bool:
    """Whether a grade can rise or fall only by somebody changing a result: everything is given and released."""
    if grade is None or grade.total is None:
        return False
    open_items = grade.in_state(ItemState.WAITING, ItemState.HIDDEN, ItemState.NOT_DUE)
    return not any(not item.plan.extra_credit for item in open_items)


def total_of(grade: Grade | None) -> str:
    """The total on the scale of its edition, as people read it; empty while there is none."""
    if grade is None or grade.standing is None:
        return ""
    word, number = grade.standing.word, grade.standing.number
    return _("%(word)s (%(number)s)") % {"word": word, "number": number} if word else number


def grade_in_words(enrolment: Enrolment, award_type: AwardType, language: str) -> str:
    """What the paper says of the grade, in its language; empty for awards that do not ask for one."""
    if award_type.rule != Rule.GRADE:
        return ""
    with override(language):
        return total_of(Book(enrolment.edition).grade(enrolment, released_only=True))
