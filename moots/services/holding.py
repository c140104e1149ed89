"""Holding rows until the transaction ends, always in this order: edition, enrolments, moot court, pairing, seat."""

from moots.models import BenchSeat, Moot, Pairing


def hold_moot(moot: Moot) -> Moot:
    """Hold the whole court: for its rules, teams and pairings."""
    return (
        Moot.objects.select_for_update(of=["self"])
        .select_related("edition__course", "activity", "written_rubric", "oral_rubric")
        .get(pk=moot.pk)
    )


def hold_pairing(pairing: Pairing) -> Pairing:
    """Hold one pairing: for memorials and their exchange."""
    return (
        Pairing.objects.select_for_update(of=["self"])
        .select_related("round__moot__edition__course")
        .get(pk=pairing.pk)
    )


def hold_seat(seat: BenchSeat) -> BenchSeat:
    """Hold one judge's seat: for scores."""
    return (
        BenchSeat.objects.select_for_update(of=["self"])
        .select_related(
            "pairing__round__moot__edition",
            "pairing__round__moot__written_rubric",
            "pairing__round__moot__oral_rubric",
            "person",
        )
        .get(pk=seat.pk)
    )
