"""The order of speaking of a hearing, as the reader may know it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from moots.bench import speakers_of
from moots.models import Pairing, Team
from moots.naming import team_name


@dataclass(frozen=True)
class TurnShown:
    """One turn: whose, what, for how long."""

    order: int
    kind: str
    side: str
    team: str
    speaker: str
    minutes: int

    @property
    def seconds(self) -> int:
        """For the timer."""
        return self.minutes * 60


@dataclass(frozen=True)
class HearingShown:
    """A hearing with its turns in order."""

    pairing: Pairing
    turns: tuple[TurnShown, ...]

    @property
    def minutes(self) -> int:
        """How long all turns take."""
        return sum(turn.minutes for turn in self.turns)


def hearing_shown(pairing: Pairing, *, hidden: bool, own_team: Team | None = None) -> HearingShown:
    """The hearing; while names are hidden, speakers of other teams are known by number."""
    turns: list[TurnShown] = []
    appearances = pairing.appearances.select_related("team").prefetch_related(
        "turns__speaker__enrolment__person"
    )
    for appearance in appearances:
        turns += _turns(appearance, hidden and appearance.team != own_team)
    return HearingShown(pairing, tuple(sorted(turns, key=lambda one: one.order)))


def _turns(appearance, hides):
    numbers = {one.pk: number for number, one in enumerate(speakers_of(appearance), start=1)}
    return [
        TurnShown(
            order=turn.order,
            kind=turn.get_kind_display(),
            side=appearance.get_side_display(),
            team=team_name(appearance.team, hidden=hides),
            speaker=_speaker(turn.speaker, hides, numbers),
            minutes=turn.minutes,
        )
        for turn in appearance.turns.all()
    ]


def _speaker(speaker, hides, numbers):
    if speaker is None:
        return _("Not named yet")
    if hides:
        return _("Speaker %(number)s") % {"number": numbers.get(speaker.pk, len(numbers) + 1)}
    return speaker.enrolment.person.full_name
