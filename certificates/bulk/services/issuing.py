"""Working through an order, and telling people afterwards."""

import logging

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from certificates import emails
from certificates.bulk.outlook import awards_of
from certificates.models import Award, AwardQuerySet, BulkIssue, BulkIssueLine
from certificates.services import AwardRefused, issue_by_decision
from foundation.audit import services as audit

logger = logging.getLogger("certificates")


def work_through(order: BulkIssue) -> None:
    """Issue to everybody of the order who has not been dealt with. Each in a transaction of its own: safe to kill."""
    failed = []
    for line_id in order.lines.filter(done_at=None).values_list("pk", flat=True):
        try:
            issue_line(line_id)
        except (DatabaseError, ValueError, LookupError) as problem:
            logger.exception("Line %s of a bulk issue could not be dealt with.", line_id)
            failed.append(problem)
    if failed:
        raise failed[0]  # retried: the others have been dealt with


@transaction.atomic
def issue_line(line_id: int) -> None:
    """Deal with one line, once."""
    line = BulkIssueLine.objects.select_for_update().get(pk=line_id)
    if line.done_at:
        return
    order = line.bulk_issue
    try:
        with transaction.atomic():
            line.award = issue_by_decision(
                line.enrolment, order.award_type, by=order.created_by, reason=order.reason
            )
    except AwardRefused as refusal:
        line.refusal = str(refusal)[:500]
    else:
        line.award = line.award or line.enrolment.awards.filter(award_type=order.award_type).first()
    line.done_at = timezone.now()
    line.save(update_fields=["award", "refusal", "done_at"])
    if line.award and order.holds_emails:
        Award.objects.filter(pk=line.award.pk, stored_at=None).update(email_held_at=line.done_at)


def held_awards(order: BulkIssue) -> AwardQuerySet:
    """What people of an order have not been told of yet: their awards, or those that replaced them meanwhile."""
    return awards_of(order).filter(email_held_at__isnull=False)


def send_held_emails(order: BulkIssue, *, by: User) -> int:
    """Send what was held back for an order; how many there were. Safe to repeat: nobody is written to twice."""
    held = held_awards(order)
    count = 0
    for award in held.select_related("enrolment__person", "supersedes"):
        with transaction.atomic():
            if Award.objects.filter(pk=award.pk, email_held_at__isnull=False).update(email_held_at=None):
                award.email_held_at = None
                emails.send_issued(award)
                count += 1
    if count:
        audit.record(by, "certificates.send_held_emails", order.edition, after={"e-mails": count})
    return count
