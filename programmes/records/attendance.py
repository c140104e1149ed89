"""How much of the programme each student attended, as the record needs it."""

from collections.abc import Sequence
from fractions import Fraction

from programmes.models import ModuleEnrolment
from programmes.presence import Presence, presence_of


def attended_shares(places: Sequence[ModuleEnrolment]) -> dict[int, Fraction | None]:
    """The share of the hours held that each student attended, in all modules together, by student."""
    found = presence_of([place.enrolment for place in places])
    sums: dict[int, Presence] = {}
    for place in places:
        here = found.get(place.enrolment_id, Presence())
        sums[place.student_id] = sums.get(place.student_id, Presence()) + here
    return {
        student: None if presence.share is None else Fraction(presence.attended) / Fraction(presence.possible)
        for student, presence in sums.items()
    }
