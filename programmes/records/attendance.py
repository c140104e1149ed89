"""How much of the programme each student attended, as the record needs it."""

from collections.abc import Sequence
from fractions import Fraction

from enrolments.models import Enrolment
from programmes.models import ProgrammeEdition


def attended_shares(enrolments: Sequence[Enrolment], edition: ProgrammeEdition) -> dict[int, Fraction | None]:
    """The share of the hours attended, by student; None where there was nothing to attend."""
    return {}
