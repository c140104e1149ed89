"""Certificates in the CMS: the register, award types, signatories and what each course gives."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from accounts.models import Role
from certificates import services
from certificates.models import Award, AwardType, CourseAward, Signatory
from courses.models import AwardKind, CourseRole
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db

REGISTER = "/cms/certificates/register/"
TYPES = "/cms/certificates/types/"


def refuses(client, path, data=None):
    """Whether the CMS answers "not found"; on the way it tries the address with a language."""
    response = client.get(path, follow=True) if data is None else client.post(path, data, follow=True)
    return response.status_code == 404


def inspect(award):
    return f"{REGISTER}inspect/{award.pk}/"


# The register


def test_the_registrar_finds_an_award_by_number_code_or_name(client, award, registrar):
    client.force_login(registrar)

    for typed in (award.number, award.code.lower(), "amina", award.enrolment.person.email):
        assert award.number in client.get(REGISTER, {"q": typed}).content.decode()
    assert award.number not in client.get(REGISTER, {"q": "Nobody"}).content.decode()


@pytest.mark.parametrize("state", ["valid", "replaced", "revoked", "prepared", "not_drawn"])
def test_the_register_narrows_down_by_state(client, award, registrar, state):
    if state == "replaced":
        services.replace(award, by=registrar, reason="Misspelt")
    if state == "revoked":
        services.revoke(award, by=registrar, reason="Fraud")
    if state in ("prepared", "not_drawn"):
        Award.objects.update(
            stored_at=None, drawing_problem="A font is missing." if state == "not_drawn" else ""
        )
    client.force_login(registrar)

    for asked in ("valid", "replaced", "revoked", "prepared", "not_drawn"):
        page = client.get(REGISTER, {"state": asked}).content.decode()
        assert (inspect(award) in page) is (asked == state)


def test_the_register_narrows_down_by_course_and_edition(client, award, registrar, course, complete):
    elsewhere = make_edition(course)
    complete(make_enrolment(elsewhere, award.enrolment.person))
    client.force_login(registrar)

    mine = client.get(REGISTER, {"edition": award.enrolment.edition_id, "course": course.pk}).content.decode()
    assert award.number in mine
    assert award.number not in client.get(REGISTER, {"edition": elsewhere.pk}).content.decode()


def test_the_register_is_exported_as_a_spreadsheet(client, award, registrar):
    client.force_login(registrar)

    response = client.get(REGISTER, {"export": "xlsx"})

    content = b"".join(response.streaming_content) if response.streaming else response.content
    [heading, row] = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert heading[:3] == ("Number", "Name", "Award")
    assert row[:2] == (award.number, "Amina Diallo")
    assert "Valid" in row


def test_a_name_that_looks_like_a_formula_stays_text(client, award, registrar):
    Award.objects.update(snapshot=award.snapshot | {"name": "=1+1"})
    client.force_login(registrar)

    assert b"'=1+1" in b"".join(client.get(REGISTER, {"export": "csv"}).streaming_content)


def test_the_register_takes_as_many_queries_with_ten_awards_as_with_two(
    client, course, registrar, complete, learner, django_assert_num_queries
):
    for _each in range(2):
        complete(make_enrolment(make_edition(course), learner))
    client.force_login(registrar)
    client.get(REGISTER)
    with CaptureQueriesContext(connection) as few:
        client.get(REGISTER)
    for _each in range(8):
        complete(make_enrolment(make_edition(course), learner))

    with django_assert_num_queries(len(few)):
        client.get(REGISTER)


def test_an_award_shows_what_was_frozen_and_its_history(client, award, registrar):
    services.revoke(award, by=registrar, reason="Somebody else took the quiz")
    client.force_login(registrar)

    page = client.get(inspect(award)).content.decode()

    for shown in (
        "Amina Diallo",
        "Tracing assets",
        award.sha256,
        "Somebody else took the quiz",
        "Ruth Okello",
    ):
        assert shown in page


def test_revoking_needs_a_reason_and_is_recorded(client, award, registrar):
    client.force_login(registrar)
    address = f"{REGISTER}{award.pk}/revoke/"

    assert client.post(address, {"reason": ""}).status_code == 422
    response = client.post(address, {"reason": "Fraud"})

    award.refresh_from_db()
    assert response.headers["Location"] == inspect(award)
    assert award.revocation_reason == "Fraud"
    assert Entry.objects.about(award).get().actor == registrar


def test_replacing_prints_the_corrected_name(client, award, registrar, committed):
    client.force_login(registrar)

    with committed():
        client.post(f"{REGISTER}{award.pk}/replace/", {"name": "Aminata Diallo", "reason": "Misspelt"})

    award.refresh_from_db()
    assert award.superseded_by.snapshot["name"] == "Aminata Diallo"


def test_a_name_that_cannot_be_printed_stays_on_the_form(client, award, registrar):
    client.force_login(registrar)

    response = client.post(
        f"{REGISTER}{award.pk}/replace/", {"name": "Amina \U0001f600", "reason": "Misspelt"}
    )

    assert response.status_code == 422
    assert "cannot be printed" in response.content.decode()
    assert "Misspelt" in response.content.decode()


@pytest.mark.parametrize("action", ["revoke", "replace"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EVALUATOR])
def test_who_only_reads_the_register_cannot_decide(client, award, role, action):
    client.force_login(make_staff(role))

    page = client.get(inspect(award))
    assert page.status_code == 200
    assert action.capitalize() + "</" not in page.content.decode()
    assert refuses(client, f"{REGISTER}{award.pk}/{action}/", {"reason": "X", "name": "Y"})


def test_a_coordinator_of_one_edition_reads_its_awards_and_no_other(client, award, course, complete, learner):
    other = complete(make_enrolment(make_edition(course), learner))
    coordinator = make_staff()
    give_edition_role(coordinator, award.enrolment.edition, Role.COORDINATOR)
    client.force_login(coordinator)

    page = client.get(REGISTER).content.decode()
    assert award.number in page and other.number not in page
    assert client.get(f"{REGISTER}{award.pk}/file/").content == award.file.open().read()
    assert refuses(client, inspect(other))
    assert refuses(client, f"{REGISTER}{other.pk}/file/")


def test_a_tutor_does_not_see_the_register(client, award):
    tutor = make_staff()
    give_edition_role(tutor, award.enrolment.edition, Role.TUTOR)
    client.force_login(tutor)

    assert client.get(REGISTER).status_code == 302
    assert client.get(inspect(award)).status_code in (302, 404)


@pytest.mark.parametrize(
    "path", [REGISTER, TYPES, "/cms/certificates/courses/", "/cms/certificates/signatories/"]
)
def test_learners_and_strangers_do_not_enter(client, path):
    assert "/accounts/login/" in client.get(path, follow=True).redirect_chain[-1][0]
    client.force_login(make_person())
    assert client.get(path).status_code in (302, 403)


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy"])
def test_no_address_edits_or_deletes_an_award(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"award_register:{name}", args=[1] if name != "add" else [])


# Award types and signatories


def wording(index, **fields):
    values = {
        "language": "en",
        "title": "Certificate",
        "presented_to": "This certifies that",
        "achievement": "completed",
    }
    values |= {"id": "", "ORDER": index + 1, "DELETE": ""} | fields
    return {f"wordings-{index}-{field}": value for field, value in values.items()}


def type_form(*wordings, **fields):
    data = {"name": "Completion", "kind": "completion", "rule": "completion", "signatory": ""}
    data |= {"number_prefix": "UNI"} | fields
    for rows in ("cosignatories", "marks"):
        data |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    data |= {"wordings-TOTAL_FORMS": len(wordings), "wordings-INITIAL_FORMS": 0}
    return data | {key: value for words in wordings for key, value in words.items()}


def test_a_registrar_defines_an_award_type_with_its_words(client, registrar):
    signatory = Signatory.objects.create(name="Leif Villadsen", position="Director")
    client.force_login(registrar)

    client.post(
        f"{TYPES}new/",
        type_form(wording(0), wording(1, language="fr", title="Certificat"), signatory=signatory.pk),
    )

    award_type = AwardType.objects.get()
    assert {words.language: words.title for words in award_type.wordings.all()} == {
        "en": "Certificate",
        "fr": "Certificat",
    }
    assert Entry.objects.about(award_type).get().after["name"] == "Completion"


def test_the_same_language_twice_is_refused_with_a_sentence(client, registrar):
    client.force_login(registrar)

    response = client.post(f"{TYPES}new/", type_form(wording(0), wording(1)))

    assert response.status_code == 200
    assert not AwardType.objects.exists()


def test_the_screen_says_what_is_missing(client, registrar):
    award_type = make_award_type(signatory=None, languages=())
    client.force_login(registrar)

    page = client.get(f"{TYPES}edit/{award_type.pk}/").content.decode()

    assert "has no signatory" in page and "has no wording" in page
    assert "has no signatory" in client.get(TYPES).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sample_is_a_pdf(client, registrar, award_type, language):
    client.force_login(registrar)

    response = client.get(f"{TYPES}{award_type.pk}/sample/{language}/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert Award.objects.count() == 0


def test_a_sample_of_a_language_without_words_is_not_there(client, registrar, award_type):
    client.force_login(registrar)

    assert refuses(client, f"{TYPES}{award_type.pk}/sample/ru/")


def test_an_award_type_is_retired_with_a_reason_and_never_deleted(client, registrar, award_type, award):
    client.force_login(registrar)

    client.post(f"{TYPES}{award_type.pk}/retire/", {"reason": "A new design"})

    award_type.refresh_from_db()
    assert award_type.retired_at
    assert Entry.objects.about(award_type).get().reason == "A new design"
    assert refuses(client, f"{TYPES}delete/{award_type.pk}/")
    client.post(f"{TYPES}{award_type.pk}/reinstate/", {"reason": "After all"})
    award_type.refresh_from_db()
    assert award_type.retired_at is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUTHOR])
def test_others_cannot_change_award_types(client, award_type, role):
    client.force_login(make_staff(role))

    assert client.get(f"{TYPES}edit/{award_type.pk}/").status_code == 302
    assert refuses(client, f"{TYPES}{award_type.pk}/retire/", {"reason": "X"})
    assert client.get(f"{TYPES}{award_type.pk}/sample/en/").status_code == 200


def test_a_signatory_has_a_position_in_every_language(client, registrar):
    client.force_login(registrar)

    client.post(
        "/cms/certificates/signatories/new/",
        {"name": "Leif Villadsen", "position": "Director", "position_fr": "Directeur", "is_active": "on"},
    )

    assert Signatory.objects.get().positions == {"fr": "Directeur"}


# What a course gives


@pytest.fixture
def author(course):
    person = make_staff()
    CourseRole.objects.create(person=person, role=Role.AUTHOR, course=course)
    return person


def test_the_author_of_a_course_chooses_its_award(client, course, author):
    other = make_award_type(name="Another one")
    client.force_login(author)

    page = client.get(f"/cms/courses/{course.pk}/", follow=True).content.decode()
    assert f"/cms/certificates/courses/{course.pk}/" in page
    client.post(
        f"/cms/certificates/courses/{course.pk}/", {"award_type": other.pk, "reason": "It fits better"}
    )

    assert CourseAward.objects.get(course=course).award_type == other
    assert Entry.objects.about(course).get().reason == "It fits better"


def test_an_award_of_another_kind_than_promised_is_refused(client, course, author):
    other = make_award_type(kind=AwardKind.PARTICIPATION)
    client.force_login(author)

    response = client.post(f"/cms/certificates/courses/{course.pk}/", {"award_type": other.pk, "reason": "X"})

    assert response.status_code == 422
    assert "Choose an award of that kind" in response.content.decode()


def test_who_does_not_write_the_course_does_not_choose_its_award(client, course):
    client.force_login(make_staff(Role.AUTHOR))

    assert refuses(client, f"/cms/certificates/courses/{course.pk}/", {"award_type": "", "reason": "X"})


def test_the_list_says_what_each_course_lacks(client, course, registrar, award_type):
    services.retire(award_type, by=registrar, reason="A new design")
    client.force_login(registrar)

    assert "has been retired" in client.get("/cms/certificates/courses/").content.decode()


# The staff home


def test_the_staff_home_shows_awards_that_could_not_be_drawn(client, award, registrar):
    Award.objects.update(stored_at=None, drawing_problem="The character “☃” cannot be printed.")
    client.force_login(registrar)

    page = client.get("/cms/").content.decode()
    assert "could not be drawn" in page and award.number in page and "☃" in page
    client.force_login(make_staff(Role.AUTHOR))
    assert "could not be drawn" not in client.get("/cms/").content.decode()
