"""Ordering an award for many."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.bulk import tasks
from certificates.bulk.outlook import outlook
from certificates.models import AwardType, BulkIssue, BulkIssueLine
from enrolments.models import Edition
from foundation.audit import services as audit


class NobodyQualifies(Exception):
    """None of those chosen would get the award now; `str()` says so."""


@transaction.atomic
def order_bulk_issue(
    edition: Edition,
    award_type: AwardType,
    *,
    chosen: set[int],
    by: User,
    reason: str,
    form_key: UUID,
    holds_emails: bool = False,
) -> BulkIssue:
    """Order the award for those of these enrolments that qualify now. The same form twice gives the same order.

    Raises NobodyQualifies.
    """
    if existing := BulkIssue.objects.filter(form_key=form_key).first():
        return existing
    ready = [one.enrolment for one in outlook(edition, award_type).ready if one.enrolment.pk in chosen]
    if not ready:
        raise NobodyQualifies(
            _("Nobody among those chosen qualifies for this award now. Nothing was issued.")
        )
    try:
        with transaction.atomic():
            order = BulkIssue.objects.create(
                edition=edition,
                award_type=award_type,
                reason=reason,
                holds_emails=holds_emails,
                form_key=form_key,
                created_by=by,
            )
    except IntegrityError:
        return BulkIssue.objects.get(form_key=form_key)
    BulkIssueLine.objects.bulk_create(
        BulkIssueLine(bulk_issue=order, enrolment=enrolment) for enrolment in ready
    )
    after = {"award": award_type.name, "people": len(ready), "e-mails held back": holds_emails}
    audit.record(by, "certificates.order_bulk_issue", edition, reason=reason, after=after)
    transaction.on_commit(lambda: tasks.issue_in_bulk.enqueue(order.pk))
    return order
