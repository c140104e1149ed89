"""What comes next for one person in each moot court: the memorial that is due, or the hearing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from moots.deadlines import deadline_of
from moots.models import Appearance, Moot


@dataclass(frozen=True)
class Coming:
    """One appearance of the person's team, and when it is due or heard."""

    appearance: Appearance
    at: datetime


def coming_for(user: User, moots: Iterable[Moot]) -> Mapping[int, Coming]:
    """The next deadline or hearing in each court, by the number of the court. Asks twice, however many there are."""
    now = timezone.now()
    own = Appearance.objects.filter(
        Q(round__opens_at=None) | Q(round__opens_at__lte=now),
        team__moot__in=list(moots),
        team__members__left_at=None,
        team__members__enrolment__person=user,
    )
    found: dict[int, Coming] = {}
    for one in own.select_related("round", "pairing", "team").prefetch_related("extensions").order_by("pk"):
        at = deadline_of(one) or one.pairing.starts_at
        nearest = found.get(one.team.moot_id)
        if at and at > now and (nearest is None or at < nearest.at):
            found[one.team.moot_id] = Coming(one, at)
    return found
