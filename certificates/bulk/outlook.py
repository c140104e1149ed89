"""Who would get an award, who has it, who would not and why: the same rules that decide when it is issued."""

from dataclasses import dataclass

from django.db.models import Q

from certificates.earning import Obstacle, Standing, standings
from certificates.models import Award, AwardQuerySet, AwardType, BulkIssue, Rule
from enrolments.models import Edition


@dataclass(frozen=True)
class Outlook:
    """Every place of an edition, sorted by what issuing now would do."""

    ready: tuple[Standing, ...]
    holders: tuple[Standing, ...]
    others: tuple[Standing, ...]


def outlook(edition: Edition, award_type: AwardType) -> Outlook:
    """What issuing this award to everybody in the edition would do now. The number of queries does not grow."""
    enrolments = list(
        edition.enrolments.active().select_related("person", "edition__course").order_by("person__last_name")
    )
    by_decision = award_type.rule == Rule.DECISION
    found = standings(edition, award_type, enrolments, decided=by_decision)
    return Outlook(
        ready=tuple(one for one in found if one.qualifies),
        holders=tuple(one for one in found if one.obstacle == Obstacle.HAS_IT),
        others=tuple(one for one in found if one.obstacle not in (None, Obstacle.HAS_IT)),
    )


@dataclass(frozen=True)
class Standings:
    """How far an order has come."""

    total: int
    done: int
    issued: int
    whole: int
    held: int

    @property
    def finished(self) -> bool:
        """Whether every line was worked through and every file is whole or refused."""
        return self.done == self.total and self.whole == self.issued


def awards_of(order: BulkIssue) -> AwardQuerySet:
    """What the people of an order hold now: their awards with a whole file, or those that have replaced them."""
    served = order.lines.filter(award__isnull=False).values("enrolment")
    return Award.objects.whole().holding().filter(enrolment__in=served, award_type=order.award_type)


def progress_of(order: BulkIssue) -> Standings:
    """How far an order has come: worked out from its lines, so that nothing can disagree. One query."""
    void = Q(award__revoked_at__isnull=False) | Q(award__superseded_at__isnull=False)
    lines = list(
        order.lines.annotate(is_void=Q(void)).values_list(
            "done_at", "award", "award__stored_at", "award__email_held_at", "is_void"
        )
    )
    return Standings(
        total=len(lines),
        done=sum(1 for done_at, *_others in lines if done_at),
        issued=sum(1 for _done_at, award, *_others in lines if award),
        whole=sum(1 for line in lines if line[2] or line[4]),
        held=sum(1 for line in lines if line[3] and not line[4]),
    )
