"""The analysis of questions and the table of answers in the CMS."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from assessments.codes import code_of
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_essay, make_question, make_quiz, take_quiz
from tests.factories.courses import give_course_role
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def quiz(db):
    return make_quiz(questions=[make_question(name="Freezing order"), make_question(), make_essay()])


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course)


def sat(quiz, edition, how_many=12):
    for number in range(how_many):
        good = number % 2
        person = make_person(last_name=f"Okello {number}")
        take_quiz(make_enrolment(edition, person), quiz, ["b"] if good else ["a"], ["a"] if good else ["c"])


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def author(quiz):
    person = make_staff()
    give_course_role(person, quiz.course, Role.AUTHOR)
    return person


@pytest.fixture
def tutor(edition):
    person = make_staff()
    give_edition_role(person, edition, Role.TUTOR)
    return person


def quiz_url(quiz):
    return reverse("item_analysis:quiz", args=[quiz.pk])


def question_url(quiz, place=0):
    version = quiz.versions.get().quiz_items.get(sort_order=place).question_version
    return reverse("item_analysis:question", args=[quiz.pk, version.pk])


def responses_url(quiz):
    return reverse("item_analysis:responses", args=[quiz.pk])


def rows_of(response):
    return [list(row) for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize("who", ["author", "tutor", "evaluator"])
def test_authors_teachers_and_evaluators_see_figures_and_no_names(request, signed_in, quiz, edition, who):
    person = make_staff(Role.EVALUATOR) if who == "evaluator" else request.getfixturevalue(who)
    sat(quiz, edition)

    for url in (quiz_url(quiz), question_url(quiz)):
        page = signed_in(person).get(url).content.decode()
        assert "Freezing order" in page
        assert "Those who do well overall choose B" in page
        assert "Okello" not in page


def test_others_are_refused(client, signed_in, quiz, edition):
    other = make_staff()
    give_edition_role(other, make_tutored_edition(), Role.TUTOR)
    sat(quiz, edition, 1)
    for url in (quiz_url(quiz), question_url(quiz), responses_url(quiz)):
        assert signed_in(other).get(url, follow=True).status_code == 404
        client.logout()
        assert "login" in client.get(url)["Location"]


def test_a_tutor_sees_only_the_editions_taught(signed_in, quiz, edition, tutor):
    sat(quiz, make_tutored_edition(quiz.course), 3)
    sat(quiz, edition, 1)

    page = signed_in(tutor).get(quiz_url(quiz)).content.decode()

    assert "1 attempt handed in" in page


def test_the_figures_can_be_taken_out_as_a_table(signed_in, quiz, edition, author):
    sat(quiz, edition)

    rows = rows_of(signed_in(author).get(quiz_url(quiz), {"export": "xlsx"}))

    assert rows[0][:4] == ["No.", "Question", "Version", "Kind"]
    assert rows[1][1] == "Freezing order"
    assert rows[1][5:7] == [12, 0.5]
    assert rows[1][14].startswith("Those who do well overall choose B")


def test_a_question_that_nobody_was_asked_is_not_there(signed_in, quiz, edition, author):
    assert signed_in(author).get(question_url(quiz), follow=True).status_code == 404


def test_a_filter_that_makes_no_sense_shows_everything(signed_in, quiz, edition, author):
    sat(quiz, edition, 2)

    page = signed_in(author).get(quiz_url(quiz), {"edition": "x", "language": "zz"}).content.decode()

    assert "2 attempts handed in" in page


def test_answers_go_out_with_a_reason_that_is_recorded(signed_in, quiz, edition, tutor):
    person = make_person(first_name="=HYPERLINK", last_name="Okello")
    attempt = take_quiz(make_enrolment(edition, person), quiz, ["a"], ["a"], {"text": '=cmd|"/C calc"!A0'})
    client = signed_in(tutor)
    data = {"editions": [edition.pk], "names": "names", "reason": "Report of the donor"}

    assert client.post(responses_url(quiz), data | {"reason": ""}).status_code == 422
    _headings, row = rows_of(client.post(responses_url(quiz), data))

    assert row[:2] == ["Okello", "'=HYPERLINK"]
    assert row[15] == '\'=cmd|"/C calc"!A0'
    entry = Entry.objects.get(action="assessments.export_responses")
    assert (entry.reason, entry.after["rows"], entry.after["names"]) == ("Report of the donor", 1, True)
    _headings, row = rows_of(client.post(responses_url(quiz), data | {"names": "codes"}))
    assert row[0] == code_of(attempt.pk)


def test_evaluators_and_authors_take_out_no_names(signed_in, quiz, edition, author):
    sat(quiz, edition, 1)
    data = {"editions": [edition.pk], "names": "names", "reason": "Curious"}
    for person in (author, make_staff(Role.EVALUATOR)):
        client = signed_in(person)
        assert "Names and e-mail" not in client.get(responses_url(quiz)).content.decode()
        assert client.post(responses_url(quiz), data).status_code == 422
    assert not Entry.objects.filter(action="assessments.export_responses").exists()


def test_pages_ask_no_more_for_twelve_attempts_than_for_two(
    signed_in, quiz, edition, author, django_assert_max_num_queries
):
    client = signed_in(author)
    sat(quiz, edition, 2)
    counts = {}
    for url in (quiz_url(quiz), question_url(quiz)):
        client.get(url)
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        counts[url] = len(asked)
    sat(quiz, edition, 10)

    for url, count in counts.items():
        with django_assert_max_num_queries(count):
            client.get(url)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.TUTOR, False), (Role.MARKER, False), (Role.COORDINATOR, True)]
)
def test_where_markers_see_no_names_only_managers_take_them_out(signed_in, quiz, edition, role, may):
    quiz.anonymous_marking = True
    quiz.save()
    sat(quiz, edition, 1)
    person = make_staff()
    give_edition_role(person, edition, role)
    data = {"editions": [edition.pk], "names": "names", "reason": "Report of the donor"}

    response = signed_in(person).post(responses_url(quiz), data)

    assert ("spreadsheet" in response["Content-Type"]) == may


@pytest.mark.parametrize("address", [lambda quiz: reverse("marking:index"), responses_url])
def test_an_edition_that_is_no_number_is_passed_over(signed_in, quiz, edition, tutor, address):
    assert signed_in(tutor).get(f"{address(quiz)}?edition=²").status_code == 200
