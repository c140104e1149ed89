"""Enrolments, progress with its reasons, and exports, as staff see them."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Role
from enrolments.models import Enrolment
from enrolments.services import withdraw
from foundation.audit.models import Entry
from learning.last_seen import gone_quiet, never_begun, with_last_seen
from learning.models import Completion
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, reading_of
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment, make_tutored_edition
from tests.factories.learning import make_attempt, make_completion, make_course_completion
from tests.factories.portfolio import country, profession

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=20)


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def coordinator(db):
    return make_staff(Role.COORDINATOR)


@pytest.fixture
def edition(db):
    """An edition of a course with one lesson to read and one quiz."""
    course = make_course()
    make_lesson(course, "On property", read=True)
    make_quiz(course, title="Check", pass_mark=Decimal("0.7"))
    return make_tutored_edition(course)


@pytest.fixture
def tutor(edition):
    person = make_staff(first_name="Ngozi")
    give_edition_role(person, edition, Role.TUTOR)
    return person


def quiz_of(edition):
    return edition.course.activities.get(kind="quiz")


def queries_of(django_assert_max_num_queries, client, url, limit=200):
    with django_assert_max_num_queries(limit) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_table_says_how_much_is_done_what_is_left_and_what_the_quiz_gave(signed_in, tutor, edition):
    enrolment = make_enrolment(edition, make_person(first_name="Amara", last_name="Okello"))
    make_completion(enrolment, reading_of(edition.course.get_descendants().get(title="On property").specific))
    make_attempt(enrolment, quiz_of(edition), score=Decimal("0.65"))

    page = signed_in(tutor).get(reverse("learner_progress:edition", args=[edition.pk])).content.decode()

    assert "Amara Okello" in page
    assert "50&nbsp;%" in page
    assert "one left" in page
    assert "65\u00a0%" in page


def test_a_learners_page_gives_the_reasons(signed_in, tutor, edition):
    enrolment = make_enrolment(edition)
    make_attempt(enrolment, quiz_of(edition), score=Decimal("0.6"))

    page = signed_in(tutor).get(reverse("learner_progress:learner", args=[enrolment.pk])).content.decode()

    assert "Mark “On property” as read." in page
    assert "you have 60 %, you need 70 %" in page


def test_a_tutor_sees_name_institution_and_country_and_no_more_of_the_person(signed_in, tutor, edition):
    person = make_person(email="private@example.org", institution="High Court", country=country("KE"))
    enrolment = make_enrolment(edition, person, gender="woman")
    withdraw(enrolment, by=person, reason="My health")
    client = signed_in(tutor)

    pages = [
        client.get(reverse("learner_progress:learner", args=[enrolment.pk])).content.decode(),
        client.get(reverse("learner_progress:edition", args=[edition.pk]), {"show": "gone"}).content.decode(),
    ]

    for page in pages:
        assert "High Court" in page
        assert "Kenya" in page
        assert "private@example.org" not in page
        assert "Woman" not in page
        assert "My health" not in page


def test_a_coordinator_sees_why_somebody_withdrew(signed_in, coordinator, edition):
    enrolment = make_enrolment(edition)
    withdraw(enrolment, by=enrolment.person, reason="A long trial")

    page = (
        signed_in(coordinator).get(reverse("learner_progress:learner", args=[enrolment.pk])).content.decode()
    )

    assert "A long trial" in page


@pytest.mark.parametrize("screen", ["edition", "learner"])
def test_other_editions_of_a_tutor_are_not_there(signed_in, tutor, screen):
    other = make_enrolment(make_tutored_edition())
    pk = other.edition_id if screen == "edition" else other.pk

    response = signed_in(tutor).get(reverse(f"learner_progress:{screen}", args=[pk]), follow=True)

    assert response.status_code == 404


def test_a_tutor_has_no_list_of_enrolments_and_no_export(signed_in, tutor, edition):
    make_enrolment(edition)
    client = signed_in(tutor)

    assert client.get(reverse("enrolment_list:index")).status_code == 302
    response = client.post(reverse("enrolment_list:export"), {"kind": "xlsx", "reason": "Curious"})
    assert response.status_code == 302
    assert not Entry.objects.filter(action="learning.export_enrolments").exists()


@pytest.mark.parametrize("viewer", ["coordinator", "tutor"])
def test_the_table_asks_no_more_for_sixty_learners_than_for_two(
    request, signed_in, edition, viewer, django_assert_max_num_queries
):
    client = signed_in(request.getfixturevalue(viewer))
    url = reverse("learner_progress:edition", args=[edition.pk])
    make_enrolment(edition)
    make_attempt(make_enrolment(edition), quiz_of(edition), score=Decimal("0.8"))
    client.get(url)
    two = queries_of(django_assert_max_num_queries, client, url)
    for _number in range(58):
        make_attempt(make_enrolment(edition), quiz_of(edition), score=Decimal("0.8"))

    assert queries_of(django_assert_max_num_queries, client, url, limit=30) == two


def test_whoever_did_something_lately_is_not_quiet_and_whoever_did_nothing_never_began(edition):
    quiet = make_enrolment(edition, enrolled_at=LONG_AGO)
    busy = make_enrolment(edition, enrolled_at=LONG_AGO)
    make_attempt(busy, quiz_of(edition))
    done = make_enrolment(edition, enrolled_at=LONG_AGO)
    make_course_completion(done)
    enrolments = Enrolment.objects.all()

    assert list(gone_quiet(enrolments)) == [quiet]
    assert set(never_begun(enrolments)) == {quiet, done}


def test_a_week_without_a_trace_is_quiet(edition):
    enrolment = make_enrolment(edition, enrolled_at=LONG_AGO)
    completion = make_completion(enrolment, quiz_of(edition))
    eight_days = timezone.now() - datetime.timedelta(days=8)
    Completion.objects.filter(pk=completion.pk).update(completed_at=eight_days)

    found = gone_quiet(Enrolment.objects.all()).get()

    assert found.seen_at == eight_days
    assert with_last_seen(Enrolment.objects.all()).get().seen_at == eight_days


def test_nobody_is_quiet_before_the_edition_has_begun(edition):
    edition.starts_on = timezone.localdate() + datetime.timedelta(days=3)
    edition.save()
    make_enrolment(edition, enrolled_at=LONG_AGO)

    assert not gone_quiet(Enrolment.objects.all()).exists()


FILTERS = [
    ({"country": "KE"}, "ke"),
    ({"gender": "woman"}, "woman"),
    ({"state": "withdrawn"}, "withdrawn"),
    ({"completed": "yes"}, "completed"),
    ({"q": "ÉLODIE"}, "elodie"),
    ({"profession": "police"}, "police"),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_enrolments_are_narrowed_down_and_searched(signed_in, coordinator, query, expected):
    edition = make_edition()

    def enrolled(name, **fields):
        return make_enrolment(
            edition, make_person(first_name=name, email=f"{name.lower()}@x.example.org"), **fields
        )

    rows = {
        "plain": enrolled("Zed"),
        "ke": enrolled("Ken", country=country("KE")),
        "woman": enrolled("Wil", gender="woman"),
        "withdrawn": enrolled("Wit", withdrawn_at=timezone.now()),
        "completed": enrolled("Com"),
        "elodie": enrolled("Élodie"),
        "police": enrolled("Pol", profession=profession("police")),
    }
    make_course_completion(rows["completed"])
    if "country" in query:
        query = {"country": country("KE").pk}
    if "profession" in query:
        query = {"profession": profession("police").pk}

    response = signed_in(coordinator).get(reverse("enrolment_list:index"), query)

    assert list(response.context["object_list"]) == [rows[expected]]


def test_the_list_asks_as_many_queries_for_two_hundred_as_for_two(
    signed_in, coordinator, django_assert_max_num_queries
):
    client, url = signed_in(coordinator), reverse("enrolment_list:index")
    edition = make_edition()
    make_enrolment(edition)
    make_course_completion(make_enrolment(edition))
    client.get(url)
    two = queries_of(django_assert_max_num_queries, client, url)
    for _number in range(18):
        make_enrolment(edition, country=country("KE"), profession=profession("judiciary"))
    assert queries_of(django_assert_max_num_queries, client, url) == two
    people = [make_person() for _number in range(180)]
    for person in people:
        Enrolment.objects.create(edition=edition, person=person, language="en")

    assert queries_of(django_assert_max_num_queries, client, url) == two


def test_an_export_asks_for_a_reason_and_is_recorded(signed_in, coordinator):
    make_enrolment(make_edition(), gender="woman")
    make_enrolment(make_edition(), gender="man")
    client, url = signed_in(coordinator), f"{reverse('enrolment_list:export')}?gender=woman"

    assert client.post(url, {"kind": "xlsx", "reason": ""}).status_code == 422
    response = client.post(url, {"kind": "xlsx", "reason": "Annual report"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 2
    entry = Entry.objects.get(action="learning.export_enrolments")
    assert (entry.reason, entry.after["rows"], entry.after["filters"]) == (
        "Annual report",
        1,
        {"gender": "woman"},
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_people_typed_is_never_a_formula_in_the_export(signed_in, coordinator, kind):
    make_enrolment(make_edition(), make_person(first_name="=HYPERLINK(1)\x0b"), institution="@cmd")

    response = signed_in(coordinator).post(
        reverse("enrolment_list:export"), {"kind": kind, "reason": "Report"}
    )

    if kind == "csv":
        cells = response.content.decode("utf-8-sig").splitlines()[1].split(",")
    else:
        row = list(load_workbook(BytesIO(response.content)).active.rows)[1]
        assert all(cell.data_type != "f" for cell in row)
        cells = [cell.value for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "'@cmd" in cells


def test_the_coordinator_of_one_edition_exports_that_one_only(signed_in):
    person = make_staff()
    own = make_enrolment(make_edition())
    make_enrolment(make_edition())
    give_edition_role(person, own.edition, Role.COORDINATOR)

    response = signed_in(person).post(reverse("enrolment_list:export"), {"kind": "csv", "reason": "Report"})

    assert len(response.content.decode().splitlines()) == 2
    assert get_user_model().objects.filter(enrolments=own).get().email in response.content.decode()
