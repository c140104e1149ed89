"""Papers for many students, drawn one after the other in the background."""

from uuid import UUID

from accounts.models import User
from certificates.models import PaperTemplate
from foundation import jobs
from programmes.models import Student
from programmes.records.services import issue_to_many


@jobs.task(retries=3)
def issue_papers(
    template_id: int, student_ids: list[int], key: str, language: str, user_id: int, reason: str
) -> None:
    """Issue the paper to each of these students; what is issued already under this key stays as it is."""
    issue_to_many(
        list(Student.objects.filter(pk__in=student_ids).select_related("programme_edition").order_by("pk")),
        PaperTemplate.objects.select_related("award_type").get(pk=template_id),
        key=UUID(key),
        language=language,
        by=User.objects.get(pk=user_id),
        reason=reason,
    )
