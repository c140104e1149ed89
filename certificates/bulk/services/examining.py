"""Looking again at who has earned an award by now."""

from certificates.earning import awaiting_award, standings
from certificates.models import CourseAward
from certificates.services import issue_award_due
from enrolments.models import Edition


def examine(edition: Edition) -> None:
    """Give the award of the course to everybody of an edition who has earned it by now and never had it."""
    given = CourseAward.objects.filter(course=edition.course_id).select_related("award_type").first()
    if given is None:
        return
    waiting = awaiting_award().filter(edition=edition).order_by("pk")
    enrolments = list(waiting.select_related("person", "edition__course__locale"))
    for standing in standings(edition, given.award_type, enrolments):
        if standing.qualifies:
            issue_award_due(standing.enrolment)
