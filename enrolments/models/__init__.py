"""Who is learning what, and when: editions of courses, their dates, the people in them and what was granted to them."""

from enrolments.models.accommodations import Accommodation
from enrolments.models.cohorts import Cohort, CohortMember
from enrolments.models.editions import Edition, EditionQuerySet, EditionRole, Format, WayIn
from enrolments.models.enrolments import Enrolment, EnrolmentEvent, EnrolmentQuerySet
from enrolments.models.schedules import ActivitySchedule
from enrolments.models.tables import TableFile

__all__ = [
    "Accommodation",
    "ActivitySchedule",
    "Cohort",
    "CohortMember",
    "Edition",
    "EditionQuerySet",
    "EditionRole",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentQuerySet",
    "Format",
    "TableFile",
    "WayIn",
]
