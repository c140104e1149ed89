"""Cohorts and work groups."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from enrolments.models import Cohort, CohortMember
from enrolments.refusals import CohortRefusal, CohortRefused
from enrolments.services import (
    add_members,
    close_cohort,
    make_cohort,
    remove_member,
    rename_cohort,
    split_at_random,
    withdraw,
)
from enrolments.signals import accommodation_changed
from foundation.audit.models import Entry
from tests.factories import enrolments as factories
from tests.factories.enrolments import make_accommodation, make_edition, make_enrolment


@pytest.fixture
def edition(db):
    return make_edition()


def inside(cohort):
    return {member.enrolment for member in cohort.members.current().select_related("enrolment")}


def test_a_cohort_has_a_name_of_its_own_in_its_edition(edition, coordinator):
    make_cohort(edition, "High court", by=coordinator)

    for name, refusal in ((" high COURT ", CohortRefusal.NAME_TAKEN), ("  ", CohortRefusal.NO_NAME)):
        with pytest.raises(CohortRefused) as refused:
            make_cohort(edition, name, by=coordinator)
        assert refused.value.refusal == refusal
    assert Cohort.objects.count() == 1
    assert make_cohort(make_edition(), "High court", by=coordinator)


def test_renaming_is_logged_and_refuses_a_taken_name(edition, coordinator):
    cohort = make_cohort(edition, "A", by=coordinator)
    make_cohort(edition, "B", by=coordinator)

    rename_cohort(cohort, "C", by=coordinator)
    with pytest.raises(CohortRefused):
        rename_cohort(cohort, "B", by=coordinator)

    entry = Entry.objects.get(action="enrolments.rename_cohort")
    assert (entry.before, entry.after) == ({"name": "A"}, {"name": "C"})


def test_members_join_once_and_leave_with_a_date(edition, coordinator):
    cohort, enrolment = factories.make_cohort(edition), make_enrolment(edition)

    add_members(cohort, [enrolment], by=coordinator)
    add_members(cohort, [enrolment], by=coordinator)
    assert inside(cohort) == {enrolment}
    remove_member(cohort, enrolment, by=coordinator)
    remove_member(cohort, enrolment, by=coordinator)

    assert inside(cohort) == set()
    assert CohortMember.objects.get().left_at
    assert Entry.objects.filter(action__contains="member").count() == 2


def test_one_refused_person_keeps_all_out(edition, coordinator):
    cohort, here, gone = factories.make_cohort(edition), make_enrolment(edition), make_enrolment(edition)
    withdraw(gone, by=coordinator, reason="No time")

    with pytest.raises(CohortRefused) as refused:
        add_members(cohort, [here, gone], by=coordinator)

    assert refused.value.refusal == CohortRefusal.NOT_HERE
    assert str(gone.person) in str(refused.value)
    assert inside(cohort) == set()


def test_a_learner_of_another_edition_does_not_join(edition, coordinator):
    with pytest.raises(CohortRefused) as refused:
        add_members(factories.make_cohort(edition), [make_enrolment()], by=coordinator)

    assert refused.value.refusal == CohortRefusal.OTHER_EDITION


def test_a_learner_is_in_one_work_group_and_as_many_cohorts_as_one_likes(edition, coordinator):
    enrolment = make_enrolment(edition)
    first = factories.make_cohort(edition, enrolment, hands_in_together=True)
    second = factories.make_cohort(edition, hands_in_together=True)
    add_members(factories.make_cohort(edition, enrolment), [enrolment], by=coordinator)
    add_members(factories.make_cohort(edition), [enrolment], by=coordinator)

    with pytest.raises(CohortRefused) as refused:
        add_members(second, [enrolment], by=coordinator)
    assert refused.value.refusal == CohortRefusal.IN_ANOTHER_GROUP
    with pytest.raises(IntegrityError), transaction.atomic():
        second.members.create(enrolment=enrolment, hands_in_together=True, joined_at=timezone.now())

    add_members(second, [enrolment], by=coordinator, moving=True)
    assert (inside(first), inside(second)) == (set(), {enrolment})
    moved = Entry.objects.filter(action="enrolments.add_members").latest("number")
    assert moved.after["came_from"] == {enrolment.person.email: first.name}


def test_a_refused_move_leaves_everything_as_it_was(edition, coordinator):
    enrolment = make_enrolment(edition)
    first = factories.make_cohort(edition, enrolment, hands_in_together=True)
    closed = factories.make_cohort(edition, hands_in_together=True, closed_at=timezone.now())

    with pytest.raises(CohortRefused):
        add_members(closed, [enrolment], by=coordinator, moving=True)

    assert inside(first) == {enrolment}


@pytest.mark.parametrize(("people", "groups", "sizes"), [(7, 3, [2, 2, 3]), (4, 4, [1] * 4), (5, 1, [5])])
def test_everybody_without_a_group_is_shared_out_evenly(edition, coordinator, people, groups, sizes):
    settled = make_enrolment(edition)
    factories.make_cohort(edition, settled, hands_in_together=True, name="Group 1")
    withdraw(make_enrolment(edition), by=coordinator, reason="No time")
    free = {make_enrolment(edition) for _person in range(people)}

    made = split_at_random(edition, groups, name="Group", by=coordinator)

    assert sorted(len(inside(cohort)) for cohort in made) == sizes
    assert set().union(*(inside(cohort) for cohort in made)) == free
    assert "Group 1" not in {cohort.name for cohort in made}
    assert Entry.objects.get(action="enrolments.split_at_random").after.keys() == {
        cohort.name for cohort in made
    }


def test_splitting_again_or_too_finely_is_refused(edition, coordinator):
    make_enrolment(edition)
    with pytest.raises(CohortRefused) as refused:
        split_at_random(edition, 2, name="Group", by=coordinator)
    assert refused.value.refusal == CohortRefusal.TOO_MANY_GROUPS
    split_at_random(edition, 1, name="Group", by=coordinator)

    with pytest.raises(CohortRefused) as refused:
        split_at_random(edition, 1, name="Group", by=coordinator)

    assert refused.value.refusal == CohortRefusal.NOBODY_LEFT
    assert Cohort.objects.count() == 1


def test_a_dissolved_cohort_lets_its_members_and_its_name_go(edition, coordinator):
    enrolment = make_enrolment(edition)
    cohort = factories.make_cohort(edition, enrolment, hands_in_together=True, name="Group 1")

    close_cohort(cohort, by=coordinator, reason="Too small")
    close_cohort(cohort, by=coordinator, reason="Again")

    assert CohortMember.objects.get().left_at
    assert make_cohort(edition, "Group 1", by=coordinator)
    assert Entry.objects.get(action="enrolments.close_cohort").before["members"] == [enrolment.person.email]
    with pytest.raises(CohortRefused) as refused:
        add_members(cohort, [enrolment], by=coordinator)
    assert refused.value.refusal == CohortRefusal.CLOSED


def test_a_cohort_with_accommodations_is_not_dissolved(edition, coordinator):
    cohort = factories.make_cohort(edition)
    make_accommodation(cohort, extra_attempts=1)

    with pytest.raises(CohortRefused) as refused:
        close_cohort(cohort, by=coordinator, reason="Too small")

    assert refused.value.refusal == CohortRefusal.STILL_GRANTED


def test_who_joins_a_cohort_that_was_granted_something_is_announced(edition, coordinator):
    heard = []

    def hear(enrolment_ids, **sent):
        heard.append(set(enrolment_ids))

    accommodation_changed.connect(hear)
    cohort, plain, enrolment = (
        factories.make_cohort(edition),
        factories.make_cohort(edition),
        make_enrolment(edition),
    )
    make_accommodation(cohort, extra_attempts=1)

    add_members(plain, [enrolment], by=coordinator)
    add_members(cohort, [enrolment], by=coordinator)
    remove_member(cohort, enrolment, by=coordinator)

    accommodation_changed.disconnect(hear)
    assert heard == [{enrolment.pk}] * 2
