"""Every kind of question, answered from the first page to the result without JavaScript."""

import html

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from assessments.services import begin_quiz
from tests.factories.assessments import make_bank, make_quiz
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.questions import SAMPLES, fields_for, make_case, make_one_of_each

pytestmark = pytest.mark.django_db


def url(name, enrolment, *args):
    return reverse(f"assessments:{name}", args=[enrolment.edition.code, *args])


def make_taken(client, questions, course=None, **fields):
    quiz = make_quiz(course, questions=questions, **fields)
    enrolment = make_enrolment(make_edition(quiz.course))
    client.force_login(enrolment.person)
    return enrolment, quiz


def form_fields(page):
    """What a browser would send for the form of a page as it stands."""
    form = BeautifulSoup(page.content, "html.parser").select_one("form.quiz-page")
    data = {}
    for field in form.select("input, select, textarea"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data.setdefault(field["name"], []).append(chosen["value"])
        elif field.name == "textarea":
            data.setdefault(field["name"], []).append(field.text.removeprefix("\n").replace("\n", "\r\n"))
        elif field.get("type") not in ("checkbox", "radio", "file") or field.has_attr("checked"):
            data.setdefault(field["name"], []).append(field.get("value", ""))
    return data


@pytest.fixture
def taken(client):
    course = make_course()
    return make_taken(client, make_one_of_each(make_bank(course)), course)


@pytest.mark.parametrize("answer", ["right", "wrong"])
def test_every_kind_is_answered_looked_over_and_handed_in(client, taken, answer):
    enrolment, quiz = taken
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    items = list(attempt.quiz_attempt.items.select_related("question_version"))
    page = client.get(url("attempt", enrolment, attempt.pk))
    data = form_fields(page)
    for item in items:
        data |= fields_for(item, answer)

    looked = client.post(url("attempt", enrolment, attempt.pk), data | {"go": "review"}, follow=True)
    result = client.post(url("hand_in", enrolment, attempt.pk), follow=True)

    assert "All questions are answered." in looked.text
    assert "The seal" in looked.text or answer == "wrong"
    scores = {a.item.question_version.content["kind"]: a.score for a in attempt.quiz_attempt.answers.all()}
    assert scores.pop("essay") is None
    assert set(scores.values()) == {1 if answer == "right" else 0}
    assert "Waiting for marks" in result.text
    assert "Your essay is waiting for its mark." in html.unescape(result.text)


def test_a_page_sent_back_untouched_saves_nothing(client, taken):
    enrolment, quiz = taken
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    page = url("attempt", enrolment, attempt.pk)
    client.post(page, form_fields(client.get(page)) | {"go": "stay"})
    assert not attempt.quiz_attempt.answers.exists()
    answers = {}
    for item in attempt.quiz_attempt.items.select_related("question_version"):
        answers |= fields_for(item)
    client.post(page, form_fields(client.get(page)) | answers | {"go": "stay"})

    client.post(page, form_fields(client.get(page)) | {"go": "stay"})

    assert set(attempt.quiz_attempt.answers.values_list("sequence", flat=True)) == {1}
    assert attempt.quiz_attempt.answers.count() == len(SAMPLES)


def test_what_was_answered_stands_in_the_page_again(client, taken):
    enrolment, quiz = taken
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    page, answers = url("attempt", enrolment, attempt.pk), {}
    for item in attempt.quiz_attempt.items.select_related("question_version"):
        answers |= fields_for(item)
    client.post(page, form_fields(client.get(page)) | answers | {"go": "stay"})

    shown = form_fields(client.get(page))

    for name, value in answers.items():
        assert sorted(shown[name]) == sorted([value] if isinstance(value, str) else value), name


def test_every_field_has_a_name_for_those_who_hear_the_page(client, taken):
    enrolment, quiz = taken
    attempt = begin_quiz(enrolment, quiz, language="en").attempt

    soup = BeautifulSoup(client.get(url("attempt", enrolment, attempt.pk)).content, "html.parser")

    labels = {label.get("for") for label in soup.select("label[for]")}
    for field in soup.select("form.quiz-page :is(input, select, textarea):not([type=hidden])"):
        named = field.get("aria-label") or field.get("id") in labels or field.find_parent("label")
        assert named, field


def test_steps_never_stand_in_the_right_order_by_themselves(client):
    course = make_course()
    enrolment, quiz = make_taken(client, make_one_of_each(make_bank(course), kinds=("ordering",)), course)
    attempt = begin_quiz(enrolment, quiz, language="en")
    for seed in range(30):
        attempt.seed = seed
        attempt.save()
        soup = BeautifulSoup(client.get(url("attempt", enrolment, attempt.pk)).content, "html.parser")
        steps = [step.text.strip() for step in soup.select(".step__text")]
        assert sorted(steps) == ["Confiscate", "Freeze", "Trace"]
        assert steps != ["Trace", "Freeze", "Confiscate"]


def test_a_case_is_read_once_above_its_questions(client):
    course = make_course()
    enrolment, quiz = make_taken(client, [make_case(make_bank(course))], course)
    attempt = begin_quiz(enrolment, quiz, language="en")

    page = client.get(url("attempt", enrolment, attempt.pk))

    assert page.text.count("[case en]") == 1
    assert "Question 2 of 2" in page.text


SECRETS = [
    "Feedback on",
    "General feedback",
    "Correct answer",
    '"correct"',
    "option--right",
    "option--wrong",
    "tolerance",
    "42<",
]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_response_before_the_hand_in_contains_the_key_of_any_kind(client, language):
    course = make_course()
    questions = make_one_of_each(make_bank(course), languages=("en", "ar"))
    enrolment, quiz = make_taken(client, questions, course)
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    seen = [client.get(url("quiz", enrolment, quiz.pk))]
    for item in attempt.quiz_attempt.items.select_related("question_version"):
        address = url("save_answer", enrolment, attempt.pk, item.pk).replace("/en/", f"/{language}/")
        seen += [client.post(address, fields_for(item, answer)) for answer in ("wrong", "right", "wrong")]
    for name in ("attempt", "review", "time_left"):
        seen.append(client.get(url(name, enrolment, attempt.pk).replace("/en/", f"/{language}/")))

    for response in seen:
        assert response.status_code == 200
        shown = response.text.replace(str(enrolment.person), "")  # people of tests are numbered
        assert not [secret for secret in SECRETS if secret in shown], response.request["PATH_INFO"]
        assert "confiscation" not in shown


def test_a_failed_attempt_shows_no_right_answer_of_any_kind_before_it_may(client, taken):
    enrolment, quiz = taken
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    for item in attempt.quiz_attempt.items.select_related("question_version"):
        client.post(url("save_answer", enrolment, attempt.pk, item.pk), fields_for(item, "wrong"))

    result = client.post(url("hand_in", enrolment, attempt.pk), follow=True)

    assert "Your answer, not correct" in result.text
    for secret in ("Correct answer", "Correct order", "General feedback", "confiscation", "Feedback on a "):
        assert secret not in result.text


def test_once_no_attempt_is_left_the_right_answers_of_every_kind_are_shown(client):
    course = make_course()
    enrolment, quiz = make_taken(client, make_one_of_each(make_bank(course)), course, attempts_allowed=1)
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    for item in attempt.quiz_attempt.items.select_related("question_version"):
        client.post(url("save_answer", enrolment, attempt.pk, item.pk), fields_for(item, "wrong"))

    result = client.post(url("hand_in", enrolment, attempt.pk), follow=True)

    assert result.text.count("General feedback") == len(SAMPLES)
    for shown in ("Correct order", "confiscation", "42 km", "For ever", "Feedback on c [en]"):
        assert shown in result.text
