"""The last places of an edition."""

import pytest

from enrolments.models import Accommodation, CohortMember, Enrolment
from enrolments.refusals import CohortRefusal, CohortRefused, EnrolmentRefused, Refusal
from enrolments.services import (
    add_members,
    begin_anew,
    enrol,
    grant_accommodation,
    split_at_random,
    withdraw,
)
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment
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


def test_granting_the_same_four_times_at_once_grants_once():
    enrolment, staff = make_enrolment(), make_staff("registrar")

    found = at_once(
        *[
            lambda: grant_accommodation(
                enrolment.edition, enrolment=enrolment, extra_attempts=1, by=staff, reason="Agreed"
            )
        ]
        * 4
    )

    assert len(set(found)) == 1
    assert Accommodation.objects.count() == 1


def test_who_is_put_into_three_work_groups_at_once_is_in_one():
    enrolment, staff = make_enrolment(), make_staff("registrar")
    groups = [make_cohort(enrolment.edition, hands_in_together=True) for _group in range(3)]

    found = at_once(*[lambda group=group: add_members(group, [enrolment], by=staff) for group in groups])

    refused = [problem.refusal for problem in found if isinstance(problem, CohortRefused)]
    assert refused == [CohortRefusal.IN_ANOTHER_GROUP] * 2
    assert CohortMember.objects.current().count() == 1


def test_splitting_twice_at_once_puts_nobody_into_two_groups():
    edition, staff = make_edition(), make_staff("registrar")
    for _person in range(6):
        make_enrolment(edition)

    found = at_once(*[lambda: split_at_random(edition, 2, name="Group", by=staff)] * 2)

    assert [problem.refusal for problem in found if isinstance(problem, CohortRefused)] == [
        CohortRefusal.NOBODY_LEFT
    ]
    assert CohortMember.objects.current().count() == 6
