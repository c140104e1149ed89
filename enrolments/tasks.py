"""Work on enrolments that runs later."""

from enrolments import emails
from enrolments.models import Accommodation, Enrolment
from foundation import jobs


@jobs.task(retries=3)
def tell_granted(accommodation_id: int) -> None:
    """Write to everybody an accommodation is for; whoever was written to already is not again."""
    accommodation = Accommodation.objects.select_related("activity", "cohort").get(pk=accommodation_id)
    if accommodation.ended_at:
        return
    learners = Enrolment.objects.active().select_related("person", "edition__course")
    if accommodation.cohort:
        members = accommodation.cohort.members.current()
        learners = learners.filter(cohort_memberships__in=members)
    else:
        learners = learners.filter(pk=accommodation.enrolment_id)
    for enrolment in learners.order_by("pk"):
        emails.send_granted(enrolment, accommodation)
