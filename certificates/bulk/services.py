"""Starting a batch, working it off, telling people. All safe to repeat, and to be killed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certificates import emails
from certificates.models import Award, AwardType, CourseAward, IssueBatch, IssueItem, Rule
from certificates.services import AwardRefused, issue_award_due, issue_by_decision
from enrolments.models import Edition, Enrolment
from foundation.audit import services as audit


@transaction.atomic
def start(
    edition: Edition,
    award_type: AwardType,
    enrolments: Sequence[Enrolment],
    *,
    by: User,
    reason: str,
    hold_emails: bool = False,
) -> IssueBatch:
    """Have these people given the award by `work_off`, which a worker does.

    Those who turn out not to qualify are refused one by one.
    """
    batch = IssueBatch.objects.create(
        edition=edition,
        award_type=award_type,
        by=by,
        reason=reason,
        told_from=None if hold_emails else timezone.now(),
    )
    IssueItem.objects.bulk_create(IssueItem(batch=batch, enrolment=enrolment) for enrolment in enrolments)
    audit.record(
        by,
        "certificates.issue_batch",
        edition,
        reason=reason,
        after={"award": award_type.name, "people": len(enrolments), "held": hold_emails},
    )
    return batch


def work_off(batch: IssueBatch) -> None:
    """Give everybody of the batch who is still waiting the award. What a killed worker left is taken up again."""
    for pk in batch.items.filter(done_at=None).values_list("pk", flat=True):
        _work_off_one(batch, pk)
    if not batch.items.filter(done_at=None).exists():
        IssueBatch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=timezone.now())


@transaction.atomic
def _work_off_one(batch, pk):
    """Award and mark of being done are written together: neither stands without the other."""
    item = IssueItem.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=pk)
    if item.done_at:
        return
    try:
        with transaction.atomic():
            award = issue_by_decision(item.enrolment, batch.award_type, by=batch.by, reason=batch.reason)
    except AwardRefused as refusal:
        award, item.refusal = None, str(refusal)[:300]
    else:
        # Somebody who has the award already keeps that one.
        item.award = award or Award.objects.get(
            enrolment=item.enrolment, award_type=batch.award_type, superseded_at=None
        )
    item.done_at = timezone.now()
    item.save(update_fields=["award", "refusal", "done_at"])


@transaction.atomic
def release_emails(batch: IssueBatch, *, by: User) -> int:
    """Tell everybody of the batch now; how many are told. Nobody is told twice."""
    batch = IssueBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.told_from:
        return 0
    batch.told_from = timezone.now()
    batch.save(update_fields=["told_from"])
    stored = Award.objects.whole().filter(batch_items__batch=batch).select_related("enrolment__person")
    for award in stored:
        emails.send_issued(award)
    audit.record(by, "certificates.tell_batch", batch.edition, after={"people": len(stored)})
    return len(stored)


def examine(edition: Edition) -> None:
    """Give what grades have earned by now: everybody of an edition who completed the course and has no award yet."""
    if not CourseAward.objects.filter(course=edition.course_id, award_type__rule=Rule.GRADE).exists():
        return
    waiting = Enrolment.objects.filter(edition=edition, course_completion__isnull=False, awards=None)
    for enrolment in waiting.select_related("person", "edition__course__locale"):
        issue_award_due(enrolment)
