"""The last places of an edition."""

import pytest

from enrolments.models import Enrolment
from enrolments.refusals import EnrolmentRefused, Refusal
from enrolments.services import begin_anew, enrol, withdraw
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_edition, make_enrolment
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_eight_people_who_race_for_three_places_do_not_overfill_the_edition():
    edition = make_edition(capacity=3)
    people = [make_person() for _person in range(8)]

    found = at_once(*[lambda person=person: enrol(person, edition) for person in people])

    refused = [problem.refusal for problem in found if isinstance(problem, EnrolmentRefused)]
    assert edition.enrolments.active().count() == 3
    assert refused == [Refusal.FULL] * 5


def test_one_person_who_clicks_four_times_has_one_enrolment():
    edition, person = make_edition(), make_person()

    found = at_once(*[lambda: enrol(person, edition)] * 4)

    assert len(set(found)) == 1
    assert Enrolment.objects.count() == 1


def test_the_place_somebody_gives_back_goes_to_one_of_those_who_come_back():
    edition = make_edition(capacity=1)
    holder = make_enrolment(edition)
    waiting = [make_person() for _person in range(3)]
    withdraw(holder, by=holder.person, reason="No time")

    at_once(*[lambda person=person: enrol(person, edition) for person in [*waiting, holder.person]])

    assert edition.enrolments.active().count() == 1


def test_beginning_anew_twice_opens_one_new_occasion():
    enrolment = make_enrolment()

    found = at_once(*[lambda: begin_anew(enrolment, by=enrolment.person)] * 3)

    assert len(set(found)) == 1
    assert Enrolment.objects.count() == 2
