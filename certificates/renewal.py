"""Awards that end: which ones are about to, and what renews them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from certificates.models import Award, AwardQuerySet
from courses.models import CoursePage

# Days before the last one on which a holder is written to, the nearest first.
REMINDERS = (30, 90)


@dataclass(frozen=True)
class Reminder:
    """One holder to write to, because fewer than `days` days are left."""

    award: Award
    days: int


def ending(within_days: int, today: date | None = None) -> AwardQuerySet:
    """Awards that hold today and end within so many days, and that nothing of the same person and type outlasts."""
    today = today or timezone.localdate()
    holder = Coalesce("enrolment__person", "occasion__person")
    outlasting = Award.objects.alias(held_by=holder).filter(
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
        held_by=OuterRef("held_by"),
        award_type=OuterRef("award_type"),
        revoked_at=None,
        superseded_at=None,
    )
    return (
        Award.objects.whole()
        .holding()
        .alias(held_by=holder)
        .filter(
            ~Exists(outlasting),
            held_by__isnull=False,
            valid_until__gte=today,
            valid_until__lte=today + timedelta(days=within_days),
        )
    )


def reminders_due(today: date | None = None) -> list[Reminder]:
    """Who is to be reminded now, each by the nearest reminder only."""
    awards = ending(max(REMINDERS), today).select_related(
        "award_type__renewed_by", "enrolment__person", "enrolment__edition__course", "occasion__person"
    )
    today = today or timezone.localdate()
    return [
        Reminder(award, next(days for days in REMINDERS if (award.valid_until - today).days <= days))
        for award in awards.order_by("pk")
    ]


def renewing_course(award: Award) -> CoursePage | None:
    """What holders take to renew it: the course that its type names, or the same course again, where it was one."""
    same_again = award.enrolment.edition.course if award.enrolment_id else None
    return award.award_type.renewed_by or same_again
