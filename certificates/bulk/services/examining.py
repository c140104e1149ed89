"""Looking again at who has earned an award by grade."""

from certificates.models import CourseAward, Rule
from certificates.services import issue_award_due
from enrolments.models import Edition, Enrolment


def examine(edition: Edition) -> None:
    """Give what grades have earned by now to everybody of an edition who completed the course and has no award yet."""
    if not CourseAward.objects.filter(course=edition.course_id, award_type__rule=Rule.GRADE).exists():
        return
    waiting = Enrolment.objects.filter(edition=edition, course_completion__isnull=False, awards=None)
    for enrolment in waiting.select_related("person", "edition__course__locale"):
        issue_award_due(enrolment)
