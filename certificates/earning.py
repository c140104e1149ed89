"""What has been earned, and if it has not, why not: each award type has a rule, and its facts live below us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from certificates.models import BY_ATTENDANCE, Award, AwardType, Rule
from certificates.readiness import award_type_problems
from courses.models import LessonActivity
from enrolments.models import Edition, Enrolment
from gradebook.book import Book
from gradebook.grades import Grade
from learning.models import CourseCompletion
from timetable.attendance.percentages import AttendanceShare, attendance_share, attendance_shares
from timetable.models import AttendanceMark


class Obstacle(TextChoices):
    """Why an enrolment has not earned an award, or cannot be given it now."""

    HAS_IT = "has_it", gettext_lazy("Has this award already")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrew from the edition")
    NOT_COMPLETED = "not_completed", gettext_lazy("Has not completed the course")
    NOT_GRADED = "not_graded", gettext_lazy("Not every result has been given and released")
    GRADE_TOO_LOW = "grade_too_low", gettext_lazy("Has not reached the least grade")
    NO_ATTENDANCE = "no_attendance", gettext_lazy("No attendance has been recorded")
    ATTENDANCE_OPEN = "attendance_open", gettext_lazy("Not every session has been held and recorded")
    ATTENDANCE_TOO_LOW = "attendance_too_low", gettext_lazy("Has not attended enough of the sessions")
    HOURS_TOO_LOW = "hours_too_low", gettext_lazy("Has not attended enough hours")
    NAME_OPEN = "name_open", gettext_lazy("Has not confirmed the name to be printed")
    NOT_READY = "not_ready", gettext_lazy("The award type is not ready")
    UNDECIDED = "undecided", gettext_lazy("Staff have not decided")


@dataclass(frozen=True)
class Standing:
    """One enrolment and one award type: what stands in the way, and what it was judged by: a grade, or attendance."""

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
    facts = _facts(edition, award_type, enrolments)
    found = []
    for enrolment in enrolments:
        fact = facts.get(enrolment.pk)
        general = (
            (Obstacle.HAS_IT, enrolment.pk in held),
            (Obstacle.WITHDRAWN, enrolment.withdrawn_at is not None and enrolment.pk not in completed),
            *_against_the_rule(award_type, enrolment.pk in completed, fact, decided),
            (Obstacle.NAME_OPEN, enrolment.person.name_confirmed_at is None),
            (Obstacle.NOT_READY, not ready),
        )
        obstacle = next((one for one, stands in general if stands), None)
        found.append(Standing(enrolment, obstacle, _in_words(fact)))
    return found


@dataclass(frozen=True)
class Attended:
    """What somebody attended, and whether the course asks for more than being there."""

    share: AttendanceShare
    asks_for_more: bool


def _facts(
    edition: Edition, award_type: AwardType, enrolments: Sequence[Enrolment]
) -> Mapping[int, Grade | Attended]:
    """What the rule judges by, beside the completion: grades, or attendance."""
    if not enrolments:
        return {}
    if award_type.rule == Rule.GRADE:
        return Book(edition).grades(enrolments, released_only=True)
    if award_type.rule in BY_ATTENDANCE:
        asks = LessonActivity.objects.required().filter(lesson__path__startswith=edition.course.path).exists()
        shares = attendance_shares(enrolments, threshold=award_type.minimum_attendance)
        return {pk: Attended(share, asks) for pk, share in shares.items()}
    return {}


def _against_the_rule(
    award_type: AwardType, is_completed: bool, fact: Grade | Attended | None, decided: bool
) -> tuple[tuple[Obstacle, bool], ...]:
    """What the rule asks for, and whether it is missing."""
    if award_type.rule == Rule.DECISION:
        return ((Obstacle.UNDECIDED, not decided),)
    if isinstance(fact, Attended):
        return (
            (Obstacle.NOT_COMPLETED, fact.asks_for_more and not is_completed),
            *_against_attendance(award_type, fact.share),
        )
    if award_type.rule != Rule.GRADE:
        return ((Obstacle.NOT_COMPLETED, not is_completed),)
    least = (award_type.minimum_grade or Decimal(0)) * 100
    return (
        (Obstacle.NOT_COMPLETED, not is_completed),
        (Obstacle.NOT_GRADED, not is_final(fact)),
        (Obstacle.GRADE_TOO_LOW, fact is None or fact.total is None or fact.total < least),
    )


def _against_attendance(award_type: AwardType, share: AttendanceShare) -> tuple[tuple[Obstacle, bool], ...]:
    """A share is known when the last session was recorded; hours attended only grow."""
    nothing = (Obstacle.NO_ATTENDANCE, not share.possible)
    if award_type.rule == Rule.HOURS:
        least = (award_type.minimum_hours or Decimal(0)) * 60
        return (nothing, (Obstacle.HOURS_TOO_LOW, share.attended < least))
    least = award_type.minimum_attendance or Decimal(1)
    return (
        (Obstacle.ATTENDANCE_TOO_LOW, share.possible > 0 and share.is_out_of_reach),
        nothing,
        (Obstacle.ATTENDANCE_OPEN, share.ahead > 0),
        (Obstacle.ATTENDANCE_TOO_LOW, share.attended < least * share.possible),
    )


def _in_words(fact: Grade | Attended | None) -> str:
    """What was judged by, as people read it."""
    if not isinstance(fact, Attended):
        return total_of(fact)
    share = fact.share
    if share.share is None:
        return ""
    percent = f"{number_format((share.share * 100).normalize())}\N{NO-BREAK SPACE}%"
    return _("%(percent)s (%(attended)s of %(possible)s hours)") % {
        "percent": percent,
        "attended": number_format(share.attended_hours.normalize()),
        "possible": number_format(share.possible_hours.normalize()),
    }


def earned_at(enrolment: Enrolment, award_type: AwardType) -> datetime:
    """When what the rule asks for had happened: the completion, the last session attended, or now by decision."""
    if award_type.rule == Rule.DECISION:
        return timezone.now()
    completion = getattr(enrolment, "course_completion", None)
    moments = [completion.completed_at] if completion else []
    if award_type.rule in BY_ATTENDANCE:
        lines = attendance_share(enrolment).lines
        moments += [line.session.ends_at for line in lines if line.attended]
    return max(moments)


def standing_of(enrolment: Enrolment, award_type: AwardType, *, decided: bool = False) -> Standing:
    """Where one enrolment stands."""
    return standings(enrolment.edition, award_type, [enrolment], decided=decided)[0]


def awaiting_award() -> QuerySet[Enrolment]:
    """Enrolments completed since the course gives its award by itself that have never had it.

    Where attendance decides, being in a session since then is enough to be looked at: there may be nothing to complete.
    Awards of other types do not count, except of the same kind and by rule: that is what the course gave before.
    """
    given = "edition__course__award__award_type"
    by_rule_alike = Q(award_type__kind=OuterRef(f"{given}__kind")) & ~Q(award_type__rule=Rule.DECISION)
    had = Award.objects.filter(
        Q(award_type=OuterRef(given)) | by_rule_alike,
        enrolment=OuterRef("pk"),
    )
    since = "edition__course__award__given_since"
    attended = AttendanceMark.objects.filter(enrolment=OuterRef("pk"), session__ends_at__gte=OuterRef(since))
    done = Q(course_completion__completed_at__gte=F(since)) | Q(
        Exists(attended), edition__course__award__award_type__rule__in=BY_ATTENDANCE, withdrawn_at=None
    )
    return Enrolment.objects.filter(~Exists(had), done).exclude(
        edition__course__award__award_type__rule=Rule.DECISION
    )


def waits_for_the_name(enrolment: Enrolment) -> bool:
    """Whether an enrolment without its award lacks the printed name: it is completed, or attended as the rule asks."""
    if hasattr(enrolment, "course_completion"):
        return True
    standing = standing_of(enrolment, enrolment.edition.course.award.award_type)
    return standing.obstacle == Obstacle.NAME_OPEN


def is_final(grade: Grade | None) -> bool:
    """Whether a grade can rise or fall only by somebody changing a result: everything is given and released.

    What is missing and left out of the average by the edition's own rules keeps nobody from an award; modules of a
    degree are stricter (`programmes.results.nothing_is_open`).
    """
    return grade is not None and grade.total is not None and not grade.open_items


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
