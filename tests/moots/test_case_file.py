"""The case file is announced once, to those who may read it; three sides stand against each other."""

import datetime

import pytest
from django.utils import timezone

from foundation.outbox.models import Message
from moots import services
from moots.announcing import announce_released
from moots.models import Side
from moots.refusals import MootRefused
from tests.factories.accounts import make_person
from tests.factories.moots import (
    fresh,
    hand_in,
    make_document,
    make_moot,
    make_pairing,
    make_round,
    make_team,
    person_of,
    side,
)

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def told():
    return {message.recipient for message in Message.objects.filter(kind="moots.case_file")}


def test_what_is_released_is_announced_once_to_those_who_may_read_it():
    pairing = make_pairing(make_round(make_moot()))
    document = make_document(pairing.round.moot, side=Side.DEFENCE, released_at=timezone.now() + HOUR)
    defence = side(pairing, Side.DEFENCE).team

    assert announce_released() == 0
    assert announce_released(now=timezone.now() + 2 * HOUR) == 1
    assert announce_released(now=timezone.now() + 2 * HOUR) == 0

    assert told() == {person_of(defence), person_of(defence, 1)}
    assert fresh(document).announced_at


def test_nothing_is_announced_of_a_court_that_is_not_open():
    make_document(make_moot(opened=False))

    assert announce_released() == 0


def test_a_part_is_withdrawn_with_a_reason_and_kept():
    moot = make_moot()
    document = make_document(moot)

    with pytest.raises(MootRefused):
        services.withdraw_document(document, by=make_person(), reason=" ")
    services.withdraw_document(document, by=make_person(), reason="A date was wrong.")

    assert not moot.documents.standing().exists()
    assert fresh(document).withdrawn_at


def test_three_sides_hand_in_are_exchanged_together_and_swap_in_turn():
    moot = make_moot()
    teams = {name: make_team(moot) for name in Side.values}
    pairing = services.pair(make_round(moot), teams, by=make_person())
    for appearance in pairing.appearances.all():
        hand_in(appearance)

    [swapped] = services.swap_pairings(make_round(moot), by=make_person())

    assert {one.side: one.team for one in swapped.appearances.all()} == {
        Side.PROSECUTION: teams[Side.VICTIMS],
        Side.DEFENCE: teams[Side.PROSECUTION],
        Side.VICTIMS: teams[Side.DEFENCE],
    }


def test_a_pairing_in_which_somebody_has_worked_is_not_cleared():
    pairing = make_pairing(make_round(make_moot()))
    services.clear_pairings(
        make_pairing(make_round(pairing.round.moot), *pairing_teams(pairing)).round, by=make_person()
    )
    hand_in(side(pairing))

    with pytest.raises(MootRefused, match="stays as it is"):
        services.clear_pairings(pairing.round, by=make_person())

    assert pairing.round.pairings.count() == 1


def pairing_teams(pairing):
    return side(pairing).team, side(pairing, Side.DEFENCE).team
