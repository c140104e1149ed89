"""The list of one's moot courts says what comes next in each."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from moots.coming import coming_for
from moots.models import Extension, RoundKind
from tests.factories.accounts import make_person
from tests.factories.moots import make_moot, make_pairing, make_round, make_team, person_of, side

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def moot():
    return make_moot()


@pytest.fixture
def team(moot):
    return make_team(moot)


def heard(moot, team, at):
    """A hearing of the team at a moment, or at none yet."""
    pairing = make_pairing(make_round(moot, RoundKind.ORAL), team)
    pairing.starts_at = at
    pairing.save()
    return side(pairing)


def test_the_nearest_deadline_or_hearing_is_next_and_what_is_over_is_not(moot, team):
    now = timezone.now()
    make_pairing(make_round(moot, due_in=-HOUR), team)
    heard(moot, team, None)
    later = heard(moot, team, now + 9 * HOUR)
    assert coming_for(person_of(team), [moot])[moot.pk].appearance == later

    due = side(make_pairing(make_round(moot, due_in=2 * HOUR), team))
    assert coming_for(person_of(team), [moot])[moot.pk].appearance == due

    granted = now + 12 * HOUR
    Extension.objects.create(appearance=due, until=granted, reason="Illness", granted_by=make_person())
    assert coming_for(person_of(team), [moot])[moot.pk].appearance == later


def test_rounds_that_have_not_opened_and_teams_of_others_say_nothing(moot, team):
    make_pairing(make_round(moot, due_in=9 * HOUR, opens_at=timezone.now() + HOUR), team)
    other = make_pairing(make_round(moot, due_in=HOUR))

    assert coming_for(person_of(team), [moot]) == {}
    assert set(coming_for(person_of(side(other).team), [moot])) == {moot.pk}


def test_it_stands_in_the_list_with_as_many_queries_for_many_courts(
    moot, team, client, django_assert_num_queries
):
    person = person_of(team)
    make_pairing(make_round(moot, due_in=2 * HOUR, name="Written memorials"), team)

    client.force_login(person)
    page = client.get(reverse("moots:own"))

    assert "Written memorials" in page.content.decode()
    courts = [moot, *(make_moot(moot.edition) for _number in range(4))]
    with django_assert_num_queries(2):
        coming_for(person, courts)
