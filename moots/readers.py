"""Who may read which part of a case file: everybody of the court, or those who stand on its side."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from moots.models import Appearance, CaseDocument, Moot, Team, TeamMember


def readable_documents(moot: Moot, teams: Iterable[Team], now) -> QuerySet[CaseDocument]:
    """The parts that members of these teams may read at a moment."""
    stands = Appearance.objects.filter(team__in=list(teams)).filter(
        Q(round__opens_at=None) | Q(round__opens_at__lte=now)
    )
    own = Q(side="")
    for appearance in stands.select_related("round"):
        own |= Q(side=appearance.side) & (Q(round=None) | Q(round=appearance.round))
    return moot.documents.released(now).filter(own).select_related("round").prefetch_related("files")


def readers_of(document: CaseDocument) -> list[User]:
    """Everybody who may read a part, as far as they are in a team."""
    members = TeamMember.objects.current().filter(moot=document.moot, enrolment__withdrawn_at=None)
    if document.side:
        stands = Appearance.objects.filter(round__moot=document.moot, side=document.side)
        if document.round_id:
            stands = stands.filter(round=document.round_id)
        members = members.filter(team__in=stands.values("team"))
    return [member.enrolment.person for member in members.select_related("enrolment__person")]
