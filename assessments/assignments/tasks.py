"""Work on submissions that runs later."""

from assessments.assignments.similarity import compare
from assessments.models import Submission
from foundation import jobs


@jobs.task()
def compare_submission(submission_id: int) -> None:
    """Look for passages a submission shares with others to the same assignment."""
    compare(Submission.objects.get(pk=submission_id))
