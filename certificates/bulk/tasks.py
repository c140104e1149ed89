"""Work on many awards that runs later."""

from certificates.bulk.services import examine, work_off
from certificates.models import CourseAward, IssueBatch, Rule
from enrolments.models import Edition
from foundation import jobs


@jobs.task(retries=5)
def work_off_batch(batch_id: int) -> None:
    """Give the people of a batch their awards."""
    work_off(IssueBatch.objects.select_related("award_type", "by").get(pk=batch_id))


@jobs.every(minutes=5)
def take_up_batches() -> None:
    """Take up what a killed worker left undone."""
    for pk in IssueBatch.objects.filter(finished_at=None).values_list("pk", flat=True):
        work_off_batch.enqueue(pk)


@jobs.task(retries=5)
def examine_edition(edition_id: int) -> None:
    """Look again at who has earned an award by grade."""
    examine(Edition.objects.select_related("course__locale").get(pk=edition_id))


@jobs.every(hours=1)
def examine_grades() -> None:
    """Grades also change with time: results are released at a moment, what is missing becomes final."""
    graded = CourseAward.objects.filter(award_type__rule=Rule.GRADE).values("course")
    waiting = Edition.objects.filter(
        course__in=graded, enrolments__course_completion__isnull=False, enrolments__awards=None
    )
    for pk in waiting.distinct().values_list("pk", flat=True):
        examine_edition.enqueue(pk)
