"""The staff's screens for cohorts and work groups."""

import pytest
from django.urls import reverse

from accounts.models import Role
from enrolments.models import Cohort, CohortMember
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import (
    give_edition_role,
    make_accommodation,
    make_cohort,
    make_edition,
    make_enrolment,
)


@pytest.fixture
def edition(db):
    return make_edition()


def address(edition, name="cohorts", *more):
    return reverse(f"editions:{name}", args=[edition.pk, *more])


def test_a_cohort_is_made_and_a_taken_name_is_refused_with_what_was_typed(signed_in, coordinator, edition):
    client = signed_in(coordinator)
    typed = {"make": "1", "make-name": "High court", "make-hands_in_together": "on"}

    assert client.post(address(edition), typed).status_code == 302
    response = client.post(address(edition), typed)

    assert response.status_code == 422
    assert "Another cohort of this edition has this name" in response.content.decode()
    assert response.context["making"]["name"].value() == "High court"
    assert Cohort.objects.get().hands_in_together


def test_everybody_is_shared_out_and_a_second_click_changes_nothing(signed_in, coordinator, edition):
    for _person in range(5):
        make_enrolment(edition)
    typed = {"split": "1", "split-groups": "2", "split-name": "Group"}
    client = signed_in(coordinator)

    assert client.post(address(edition), typed).status_code == 302
    assert client.post(address(edition), typed).status_code == 422

    assert [cohort.name for cohort in Cohort.objects.all()] == ["Group 1", "Group 2"]
    assert CohortMember.objects.current().count() == 5


def test_people_are_put_in_moved_and_taken_out(signed_in, coordinator, edition):
    enrolment = make_enrolment(edition)
    first, second = (make_cohort(edition, hands_in_together=True) for _group in range(2))
    client = signed_in(coordinator)

    client.post(address(edition, "cohort", first.pk), {"add": "1", "learners": [enrolment.pk]})
    refused = client.post(address(edition, "cohort", second.pk), {"add": "1", "learners": [enrolment.pk]})
    assert refused.status_code == 422
    assert "is in another work group" in refused.content.decode()
    assert first.members.current().count() == 1

    moved = {"add": "1", "learners": [enrolment.pk], "moving": "on"}
    client.post(address(edition, "cohort", second.pk), moved)
    assert second.members.current().get().enrolment == enrolment
    url = address(edition, "remove_member", second.pk, enrolment.pk)
    assert client.get(url).status_code == 405
    client.post(url)
    client.post(url)
    assert not CohortMember.objects.current().exists()


def test_ticking_nobody_or_somebody_of_another_edition_is_refused(signed_in, coordinator, edition):
    cohort, client = make_cohort(edition), signed_in(coordinator)
    make_enrolment(edition)

    for learners in ([], [make_enrolment().pk]):
        response = client.post(address(edition, "cohort", cohort.pk), {"add": "1", "learners": learners})
        assert response.status_code == 422
    assert not cohort.members.exists()


def test_the_people_offered_are_narrowed_down_by_name(signed_in, coordinator, edition, learner):
    make_enrolment(edition, learner)
    make_enrolment(edition)
    cohort = make_cohort(edition)

    shown = signed_in(coordinator).get(address(edition, "cohort", cohort.pk), {"q": "okello"})

    [(_value, label)] = shown.context["adding"].fields["learners"].choices
    assert label == "Amara Okello"


def test_a_cohort_is_renamed_and_dissolved_unless_something_is_granted_to_it(signed_in, coordinator, edition):
    cohort, favoured, client = make_cohort(edition), make_cohort(edition), signed_in(coordinator)
    make_accommodation(favoured, extra_attempts=1)

    client.post(address(edition, "cohort", cohort.pk), {"rename": "1", "rename-name": "Dakar"})
    client.post(address(edition, "close_cohort", cohort.pk), {"reason": "Too small"})
    refused = client.post(address(edition, "close_cohort", favoured.pk), {"reason": "Too small"})

    cohort.refresh_from_db()
    assert cohort.name == "Dakar"
    assert cohort.closed_at
    assert refused.status_code == 422
    assert "End them first" in refused.content.decode()
    assert client.get(address(edition, "cohort", cohort.pk)).status_code == 200


def test_the_printed_lists_name_everybody_also_who_is_in_no_group(signed_in, coordinator, edition, learner):
    make_cohort(edition, make_enrolment(edition, learner), hands_in_together=True, name="Group 1")
    alone = make_enrolment(edition)

    shown = signed_in(coordinator).get(address(edition, "cohorts_printed")).content.decode()

    for words in ("Group 1", "Amara Okello", str(alone.person)):
        assert words in shown


@pytest.mark.parametrize("name", ["cohorts", "cohorts_printed"])
def test_who_only_tutors_the_edition_and_who_is_not_signed_in_see_none_of_it(client, edition, name):
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    url = address(edition, name)

    assert client.get(url).status_code == 302
    client.force_login(tutor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url, follow=True).status_code == 404


def test_twelve_cohorts_and_members_ask_as_many_queries_as_two(
    signed_in, coordinator, edition, django_assert_max_num_queries
):
    client, cohort = signed_in(coordinator), make_cohort(edition)
    urls = [
        address(edition),
        address(edition, "cohorts_printed"),
        address(edition, "cohort", cohort.pk),
    ]
    asked = []
    for number in (2, 10):
        for _person in range(number):
            enrolment = make_enrolment(edition, make_person())
            make_cohort(edition, enrolment, hands_in_together=True)
            make_enrolment(edition, make_person())
            cohort.members.create(
                enrolment=enrolment, hands_in_together=False, joined_at=enrolment.enrolled_at
            )
        counts = []
        for url in urls:
            client.get(url)
            with django_assert_max_num_queries(60) as captured:
                client.get(url)
            counts.append(len(captured))
        asked.append(counts)

    assert asked[0] == asked[1]
