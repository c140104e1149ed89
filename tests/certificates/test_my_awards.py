"""What the learner sees: awards, download, and the name to be printed."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates import services
from certificates.codes import printed
from certificates.models import Award
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db

AWARDS, NAME = "/en/awards/", "/en/awards/name/"


def test_the_download_is_what_was_stored_byte_for_byte(client, award, learner):
    client.force_login(learner)

    response = client.get(f"/en/awards/{printed(award.code)}/download/")

    assert response["Content-Type"] == "application/pdf"
    assert award.number in response["Content-Disposition"]
    assert hashlib.sha256(response.content).hexdigest() == award.sha256


def test_a_damaged_file_is_not_handed_out(client, award, learner):
    with award.file.storage.open(award.file.name, "ab") as stored:
        stored.write(b"x")
    client.force_login(learner)

    response = client.get(f"/en/awards/{award.code}/download/")

    assert response.status_code == 500
    assert "Our staff have been told" in response.content.decode()


def test_nobody_downloads_the_certificate_of_somebody_else(client, award):
    client.force_login(make_person())

    assert client.get(f"/en/awards/{award.code}/download/").status_code == 404


@pytest.mark.parametrize("path", [AWARDS, NAME, "/en/awards/X/download/"])
def test_strangers_are_asked_to_sign_in(client, path):
    assert client.get(path).headers["Location"].startswith("/en/accounts/login/?next=")


def test_the_file_is_not_reachable_by_its_path(client, award, learner):
    client.force_login(learner)

    assert client.get(f"/media/{award.file.name}").status_code == 404


def test_a_certificate_being_drawn_says_so(client, award, learner):
    Award.objects.update(stored_at=None)
    client.force_login(learner)

    assert "is being prepared" in client.get(AWARDS).content.decode()


def test_a_certificate_that_could_not_be_drawn_says_so(client, award, learner):
    Award.objects.update(stored_at=None, drawing_problem="A font is missing.")
    client.force_login(learner)

    page = client.get(AWARDS).content.decode()
    assert "could not be printed" in page
    assert "A font is missing." not in page


def test_a_replaced_certificate_is_marked(client, award, learner, registrar, committed):
    with committed():
        services.replace(award, by=registrar, reason="Misspelt")
    client.force_login(learner)

    page = client.get(AWARDS).content.decode()
    assert page.count("Replaced") == 1


def test_whoever_has_earned_nothing_is_shown_the_way(client):
    client.force_login(make_person())

    page = client.get(AWARDS).content.decode()
    assert "No awards yet" in page and "/en/learn/" in page


def test_the_list_takes_as_many_queries_with_ten_awards_as_with_two(
    client, course, learner, complete, django_assert_num_queries
):
    def earn(times):
        for _each in range(times):
            complete(make_enrolment(make_edition(course), learner))

    earn(2)
    client.force_login(learner)
    client.get(AWARDS)
    with CaptureQueriesContext(connection) as few:
        client.get(AWARDS)
    earn(8)

    with django_assert_num_queries(len(few)):
        client.get(AWARDS)


@pytest.fixture
def newcomer(course, complete):
    """Somebody who completed the course and never said how the name is to be printed."""
    person = make_person("new@example.org", first_name="Sami", last_name="Haddad")
    complete(make_enrolment(make_edition(course), person))
    return person


def test_a_certificate_that_waits_for_the_name_leads_to_confirming_it(client, newcomer):
    client.force_login(newcomer)

    page = client.get(AWARDS).content.decode()

    assert "Confirm your name to receive your certificate" in page
    assert NAME in page


def test_the_name_is_shown_as_it_will_be_printed_and_confirmed_with_one_click(client, newcomer, committed):
    client.force_login(newcomer)
    page = client.get(NAME).content.decode()
    assert 'aria-label="Sami Haddad"' in page and '<path d="M' in page

    with committed():
        response = client.post(NAME, {"name": "Sami Haddad", "seen": "Sami Haddad"})

    assert response.headers["Location"] == AWARDS
    assert Award.objects.get(enrolment__person=newcomer).stored_at


def test_a_changed_name_is_shown_before_it_is_kept(client, newcomer):
    client.force_login(newcomer)

    page = client.post(NAME, {"name": "سامي حدّاد", "seen": "Sami Haddad"}).content.decode()
    newcomer.refresh_from_db()
    assert newcomer.name_confirmed_at is None
    assert 'aria-label="سامي حدّاد"' in page

    client.post(NAME, {"name": "سامي حدّاد", "seen": "سامي حدّاد"})
    newcomer.refresh_from_db()
    assert newcomer.name_for_certificate == "سامي حدّاد"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Sami \U0001f600", "cannot be printed"),
        ("S" * 150, "too long"),
        ("", "required"),
        (" \u2068\u2069 ", "Write your name"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_and_kept_in_the_form(client, newcomer, name, sentence):
    client.force_login(newcomer)

    response = client.post(NAME, {"name": name, "seen": name})

    newcomer.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert newcomer.name_confirmed_at is None


def test_confirming_goes_back_to_where_the_person_came_from_but_never_to_another_site(client, newcomer):
    client.force_login(newcomer)
    data = {"name": "Sami Haddad", "seen": "Sami Haddad"}

    assert client.post(NAME, data | {"next": "/en/learn/"}).headers["Location"] == "/en/learn/"
    assert client.post(NAME, data | {"next": "https://evil.example/"}).headers["Location"] == AWARDS


def test_confirming_another_name_later_issues_nothing_twice(client, award, learner, committed):
    client.force_login(learner)

    with committed():
        client.post(NAME, {"name": "Amina D.", "seen": "Amina D."})

    assert Award.objects.filter(enrolment__person=learner).count() == 1


def test_a_name_with_a_right_to_left_and_a_latin_part_is_shown(client, newcomer):
    newcomer.name_for_certificate = "Юлия (عبد) 王"
    newcomer.name_confirmed_at = timezone.now()
    newcomer.save()
    client.force_login(newcomer)

    assert '<path d="M' in client.get(NAME).content.decode()


def test_the_list_stands_where_a_file_is_gone(client, award, learner):
    award.file.storage.delete(award.file.name)
    client.force_login(learner)

    assert client.get(reverse("certificates:my_awards")).status_code == 200


@pytest.mark.parametrize("short", ["/verify/7K3M9 QXR2T 4VW8P/", "/verify/a.b/"])
def test_a_code_retyped_in_the_short_address_is_asked_for_on_the_page(client, short):
    assert client.get(short, follow=True).status_code in (404, 422)
