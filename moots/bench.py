"""What a judge has to score, how far that is, and whether the others' scores may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import RubricVersion
from assessments.rubrics import rubric_score
from moots.models import Appearance, BenchSeat, Pairing, ScoreCard, TeamMember, TurnKind


@dataclass(frozen=True)
class ToScore:
    """One memorial, or one speaker, with the judge's card where there is one."""

    appearance: Appearance
    speaker: TeamMember | None
    number: int
    card: ScoreCard | None = None

    @property
    def key(self) -> str:
        """What forms call it."""
        return f"{self.appearance.pk}-{self.speaker.pk if self.speaker else 0}"

    def is_complete(self, rubric: RubricVersion | None) -> bool:
        """Whether every criterion has a level."""
        return bool(self.card and rubric and rubric_score(rubric.content, self.card.choices) is not None)


def rubric_of(pairing: Pairing) -> RubricVersion | None:
    """What is scored by in this pairing's round."""
    moot = pairing.round.moot
    return moot.written_rubric if pairing.round.is_written else moot.oral_rubric


def appearances_of(pairing: Pairing) -> list[Appearance]:
    """The sides of a pairing with what judges need of them."""
    return list(
        pairing.appearances.select_related("team", "round__moot__edition").prefetch_related(
            "memorials", "turns__speaker__enrolment__person"
        )
    )


def speakers_of(appearance: Appearance) -> list[TeamMember]:
    """Who pleads for a side, in the order of their first main turns."""
    found: dict[int, TeamMember] = {}
    for turn in appearance.turns.all():
        if turn.kind == TurnKind.MAIN and turn.speaker:
            found.setdefault(turn.speaker.pk, turn.speaker)
    return list(found.values())


def what_to_score(
    pairing: Pairing, cards: Sequence[ScoreCard] = (), appearances: Sequence[Appearance] | None = None
) -> list[ToScore]:
    """Everything the bench scores in a pairing, with these cards of one judge."""
    known = {(card.appearance_id, card.speaker_id): card for card in cards}
    found = []
    for appearance in appearances_of(pairing) if appearances is None else appearances:
        if pairing.round.is_written:
            if appearance.memorials.all():
                found.append(ToScore(appearance, None, 1, known.get((appearance.pk, None))))
            continue
        for number, speaker in enumerate(speakers_of(appearance), start=1):
            found.append(ToScore(appearance, speaker, number, known.get((appearance.pk, speaker.pk))))
    return found


def scores_are_open(pairing: Pairing) -> bool:
    """Whether judges may see each other's scores: all have handed in, or the coordinator has opened them."""
    if pairing.scores_opened_at:
        return True
    seats: list[BenchSeat] = list(pairing.seats.taken())
    return bool(seats) and all(seat.handed_in_at for seat in seats)
