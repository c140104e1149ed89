"""What members of teams have to do next in their moot courts: memorials, hearings, parts of the case file to come."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrolments.models import Enrolment
from learning.deadlines import Deadline
from moots.deadlines import deadline_of
from moots.models import Appearance, CaseDocument, Moot, TeamMember


def upcoming(enrolments: Collection[Enrolment]) -> list[Deadline]:
    """In the open courts of these enrolments; as many queries for many as for one."""
    now = timezone.now()
    members = TeamMember.objects.current().filter(
        enrolment__in=[enrolment.pk for enrolment in enrolments],
        moot__opened_at__isnull=False,
        moot__edition__cancelled_at=None,
        team__dissolved_at=None,
    )
    moots = {member.team_id: member.moot for member in members.select_related("moot")}
    if not moots:
        return []
    appearances = (
        Appearance.objects.filter(team__in=moots)
        .filter(Q(round__opens_at=None) | Q(round__opens_at__lte=now))
        .select_related("round", "pairing")
        .prefetch_related("extensions", "memorials")
        .order_by("pk")
    )
    found = [one for appearance in appearances for one in _of(appearance, moots[appearance.team_id], now)]
    return [*found, *_releases(moots.values(), now)]


def _of(appearance: Appearance, moot: Moot, now: datetime) -> Iterator[Deadline]:
    words = {"round": appearance.round.name}
    url = reverse("moots:appearance", args=[moot.code, appearance.pk])
    if appearance.round.is_written:
        due = deadline_of(appearance)
        if due and not appearance.pairing.exchanged_at and not appearance.memorials.all():
            is_extended = due != appearance.round.memorials_due_at
            yield Deadline(due, _("Memorial: %(round)s") % words, url, moot.title, is_extended)
    elif (starts_at := appearance.pairing.starts_at) and starts_at >= now:
        yield Deadline(starts_at, _("Hearing: %(round)s") % words, url, moot.title, is_appointment=True)


def _releases(moots, now) -> Iterator[Deadline]:
    """When more of the case file can be read. What it is called is told with it."""
    by_pk = {moot.pk: moot for moot in moots}
    # What is for one side alone is left out: that it exists may be news to the others.
    coming = CaseDocument.objects.standing().filter(moot__in=by_pk, released_at__gt=now, side="")
    for pk, at in coming.order_by().values_list("moot", "released_at").distinct():
        moot = by_pk[pk]
        url = reverse("moots:moot", args=[moot.code])
        yield Deadline(at, _("More of the case file is released"), url, moot.title, is_appointment=True)
