"""People and their roles in the CMS: opened, changed, closed; given roles that end."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts import services, tasks
from accounts.models import Role, SiteRole, User
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import make_enrolment

pytestmark = pytest.mark.django_db

PEOPLE, ROLES = "/cms/users/", "/cms/site-roles/"


@pytest.fixture
def administrator(client):
    person = make_staff(Role.ADMINISTRATOR, email="admin@example.org")
    client.force_login(person)
    return person


def details(**fields):
    return {"email": "sami@example.org", "first_name": "Sami", "last_name": "", "language": "ar"} | fields


def edit(person):
    return f"{PEOPLE}edit/{person.pk}/"


# Opening and changing accounts


def test_an_administrator_opens_an_account_and_the_person_is_told(
    client, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{PEOPLE}new/", details())

    person = User.objects.get(email="sami@example.org")
    assert (person.first_name, person.language, person.has_usable_password()) == ("Sami", "ar", False)
    assert "/ar/accounts/password/reset/" in mail.outbox[0].body
    assert Entry.objects.about(person).get().actor == administrator


def test_an_address_in_use_is_refused_whatever_its_case(client, administrator):
    make_person("sami@example.org")

    response = client.post(f"{PEOPLE}new/", details(email="SAMI@example.org"))

    assert "There is already an account with this address" in response.content.decode()


def test_a_changed_address_has_to_be_confirmed_again(client, administrator):
    person = make_person("old@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    client.post(edit(person), details(email="new@example.org"))

    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("new@example.org", False, True)
    assert Entry.objects.about(person).get().before["email"] == "old@example.org"


def test_the_form_has_no_groups_no_superusers_and_no_passwords(client, administrator):
    page = client.get(edit(make_person())).content.decode()

    for field in ("is_superuser", "groups", "password1", "is_active"):
        assert f'name="{field}"' not in page


def test_what_the_form_does_not_offer_cannot_be_sent(client, administrator):
    person = make_person()

    client.post(edit(person), details(is_superuser="on", is_staff="on"))

    person.refresh_from_db()
    assert not person.is_superuser


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REGISTRAR])
def test_only_administrators_manage_people(client, role):
    client.force_login(make_staff(role))
    person = make_person()

    assert client.get(PEOPLE).status_code == 302
    assert client.get(edit(person)).status_code == 302
    client.post(f"{PEOPLE}{person.pk}/deactivate/", {"reason": "X"})
    person.refresh_from_db()
    assert person.is_active


def test_the_list_takes_as_many_queries_with_twelve_people_as_with_two(
    client, administrator, django_assert_num_queries
):

    make_person()
    client.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        client.get(PEOPLE)
    for _each in range(10):
        make_person()

    with django_assert_num_queries(len(few)):
        client.get(PEOPLE)


# Closing accounts


def test_an_account_is_closed_with_a_reason_and_opened_again(client, administrator):
    person = make_person()

    assert client.post(f"{PEOPLE}{person.pk}/deactivate/", {"reason": ""}).status_code == 422
    client.post(f"{PEOPLE}{person.pk}/deactivate/", {"reason": "Left the service"})
    person.refresh_from_db()
    assert not person.is_active
    client.post(f"{PEOPLE}{person.pk}/reactivate/", {"reason": "Came back"})
    person.refresh_from_db()

    assert person.is_active
    assert [entry.reason for entry in Entry.objects.about(person)] == ["Came back", "Left the service"]


def test_closing_an_account_ends_its_sessions(client, administrator):
    person = make_person()
    browser = type(client)()
    browser.force_login(person)
    assert browser.get("/en/learn/").status_code == 200

    services.deactivate(person, by=administrator, reason="Left the service")

    assert browser.get("/en/learn/").status_code == 302


def test_somebody_with_records_cannot_be_deleted(client, administrator):
    person = make_enrolment().person

    for response in (
        client.get(f"{PEOPLE}delete/{person.pk}/", follow=True),
        client.post(f"{PEOPLE}delete/{person.pk}/", follow=True),
    ):
        assert "cannot be deleted" in response.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_nobody_is_deleted_in_bulk_while_one_has_records(client, administrator):
    person, other = make_enrolment().person, make_person()

    response = client.post(
        f"/cms/bulk/accounts/user/delete/?next=/cms/users/&id={person.pk}&id={other.pk}", follow=True
    )

    assert "cannot be deleted" in response.content.decode()
    assert User.objects.filter(pk__in=[person.pk, other.pk]).count() == 2


@pytest.mark.parametrize("action", ["set_active_state", "assign_role"])
def test_what_needs_a_reason_is_not_done_in_bulk(client, administrator, action):
    person = make_person()

    response = client.post(
        f"/cms/bulk/accounts/user/{action}/?next=/cms/users/&id={person.pk}",
        {"mark_as_active": "False", "role": services.staff_group().pk},
        follow=True,
    )

    person.refresh_from_db()
    assert person.is_active
    assert "needs a reason" in response.content.decode()


def test_somebody_without_records_can_be_deleted(client, administrator):
    person = make_person()

    client.post(f"{PEOPLE}delete/{person.pk}/")

    assert not User.objects.filter(pk=person.pk).exists()


# Roles


def test_a_role_is_given_by_address_with_a_reason_and_opens_the_cms(client, administrator):
    person = make_person("sami@example.org")
    today = timezone.localdate().isoformat()

    page = client.get(f"{ROLES}new/?person={person.pk}").content.decode()
    assert 'value="sami@example.org"' in page
    client.post(
        f"{ROLES}new/",
        {"person": "SAMI@example.org", "role": "registrar", "starts_on": today, "reason": "Replaces R."},
    )

    role = SiteRole.objects.held_by(person).get()
    person = User.objects.get(pk=person.pk)
    assert (role.role, role.granted_by, role.reason) == (Role.REGISTRAR, administrator, "Replaces R.")
    assert person.has_perm("wagtailadmin.access_admin")


def test_an_unknown_address_is_refused_with_a_sentence(client, administrator):
    response = client.post(
        f"{ROLES}new/", {"person": "nobody@example.org", "role": "registrar", "reason": "X"}
    )

    assert "Nobody has an account with this address" in response.content.decode()


def test_a_role_is_ended_with_a_reason_and_closes_the_cms(client, administrator):
    person = make_person()
    role = services.grant_role(SiteRole(person=person, role=Role.AUTHOR, reason="X"), by=administrator)

    client.post(f"{ROLES}{role.pk}/end/", {"reason": "Left"})

    person = User.objects.get(pk=person.pk)
    assert not SiteRole.objects.held_by(person).current().exists()
    assert not person.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_no_address_edits_or_deletes_a_role(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"site_roles:{name}", args=[1])


def test_only_administrators_see_site_roles(client):
    client.force_login(make_staff(Role.REGISTRAR))

    assert client.get(ROLES).status_code == 302
    assert client.get(f"{ROLES}new/").status_code == 302


def test_every_night_the_cms_is_closed_for_those_whose_last_role_has_ended(administrator):
    yesterday = timezone.localdate() - timedelta(days=1)
    ended, lasting, begun = make_person(), make_person(), make_person()
    for person, ends_on in ((ended, None), (lasting, None)):
        services.grant_role(
            SiteRole(person=person, role=Role.AUTHOR, ends_on=ends_on, reason="X"), by=administrator
        )
    SiteRole.objects.filter(person=ended).update(starts_on=yesterday, ends_on=yesterday)
    SiteRole.objects.create(person=begun, role=Role.AUTHOR)

    tasks.match_staff_group.call()

    opened = [
        User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
        for person in (ended, lasting, begun)
    ]
    assert opened == [False, True, True]


def test_a_role_that_has_ended_opens_nothing_even_before_the_night(client):
    person = make_staff(Role.ADMINISTRATOR)
    SiteRole.objects.update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(User.objects.get(pk=person.pk))

    assert client.get(PEOPLE).status_code == 302
    assert client.get(ROLES).status_code == 302
