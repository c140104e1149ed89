import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moots import services
from moots.models import CaseDocument, RoundKind
from moots.upcoming import upcoming
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_enrolment
from tests.factories.moots import (
    exchange,
    hand_in,
    make_hearing,
    make_moot,
    make_pairing,
    make_round,
    make_team,
    member_of,
    person_of,
    side,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def enrolment_of(team):
    return member_of(team).enrolment


def titles_for(team):
    return [one.title for one in upcoming([enrolment_of(team)])]


def test_a_memorial_is_due_until_it_is_handed_in_or_exchanged():
    moot = make_moot()
    ours, theirs = make_team(moot), make_team(moot)
    pairing = make_pairing(make_round(moot, name="Preliminary round"), ours, theirs)

    before = titles_for(ours)
    hand_in(side(pairing))
    after = titles_for(ours)
    others = titles_for(theirs)
    exchange(pairing)

    assert before == others == ["Memorial: Preliminary round"]
    assert after == titles_for(theirs) == []


def test_the_deadline_is_the_one_the_team_was_granted():
    moot = make_moot()
    ours, theirs = make_team(moot), make_team(moot)
    appearance = side(make_pairing(make_round(moot), ours, theirs))
    until = timezone.now() + 3 * DAY
    services.grant_extension(appearance, until, by=make_person(), reason="A strike of the trains.")

    (mine,), (other,) = upcoming([enrolment_of(ours)]), upcoming([enrolment_of(theirs)])

    assert (mine.at, mine.is_extended) == (until, True)
    assert not other.is_extended


def test_a_hearing_and_a_release_are_told_as_what_takes_place():
    moot = make_moot()
    hearing = make_hearing(moot, name="Semi-final")
    hearing.starts_at = timezone.now() + DAY
    hearing.save()
    CaseDocument.objects.create(moot=moot, title="The secret witness", released_at=timezone.now() + 2 * DAY)
    CaseDocument.objects.create(
        moot=moot, title="For one side", released_at=timezone.now() + 2 * DAY, side="victims"
    )

    found = upcoming([enrolment_of(side(hearing).team)])

    assert [one.title for one in found] == ["Hearing: Semi-final", "More of the case file is released"]
    assert all(one.is_appointment for one in found)


def test_nothing_is_said_of_rounds_not_opened_and_courts_of_others():
    moot = make_moot()
    ours, theirs = make_team(moot), make_team(moot)
    make_pairing(make_round(moot, opens_at=timezone.now() + DAY), ours, theirs)

    assert titles_for(ours) == []
    assert upcoming([make_enrolment(moot.edition, make_person())]) == []
    assert upcoming([]) == []


def test_my_learning_shows_it_with_the_way_there(client):
    moot = make_moot()
    ours = make_team(moot)
    pairing = make_pairing(make_round(moot, name="Preliminary round"), ours)
    client.force_login(person_of(ours))

    page = client.get(reverse("learning:my_learning")).text

    assert "Memorial: Preliminary round" in page
    assert reverse("moots:appearance", args=[moot.code, side(pairing).pk]) in page


def test_it_costs_as_many_queries_for_many_rounds_and_courts_as_for_one():
    counts = []
    for number in (1, 6):
        person = make_person()
        teams = [make_team(make_moot(), people=[person]) for _court in range(number)]
        for team in teams:
            for _round in range(number):
                make_pairing(make_round(team.moot), team)
                make_pairing(make_round(team.moot, RoundKind.ORAL), team)
        enrolments = [enrolment_of(team) for team in teams]
        with CaptureQueriesContext(connection) as queries:
            upcoming(enrolments)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 5
