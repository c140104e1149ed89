"""The pages of a quiz: whose they are, what they show and what they never show, how many queries they take."""

import json
import re

import pytest
from django.urls import reverse

from assessments.models import Answer
from assessments.services import AnswerSave, begin_quiz, hand_in, save_answers
from tests.factories.accounts import make_person
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_lesson, translate
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def url(name, enrolment, *args):
    return reverse(f"assessments:{name}", args=[enrolment.edition.code, *args])


def begin(enrolment, quiz):
    return begin_quiz(enrolment, quiz, language="en").attempt


def answered(attempt, *keys):
    items = attempt.quiz_attempt.items.all()
    save_answers(
        attempt, {item.pk: AnswerSave([key]) for item, key in zip(items, keys, strict=False)}, language="en"
    )
    return attempt


def test_the_whole_journey_works_without_javascript(client, learner, enrolment, quiz):
    page = client.get(url("quiz", enrolment, quiz.pk))
    assert "Begin the quiz" in page.text

    begun = client.post(url("begin_quiz", enrolment, quiz.pk))
    attempt = enrolment.attempts.get()
    assert begun.url == url("attempt", enrolment, attempt.pk)

    items = list(attempt.quiz_attempt.items.all())
    looked = client.post(begun.url, {f"item-{item.pk}": "a" for item in items}, follow=True)
    assert "All questions are answered." in looked.text

    result = client.post(url("hand_in", enrolment, attempt.pk), follow=True)
    assert "Passed" in result.text
    assert "2 of 2 questions right" in result.text


def test_the_review_says_what_is_not_answered(client, learner, enrolment, quiz):
    attempt = answered(begin(enrolment, quiz), "a")

    page = client.get(url("review", enrolment, attempt.pk))

    assert "1 question is not answered" in page.text


def test_a_stale_tab_overwrites_nothing_it_did_not_touch(client, learner, enrolment, quiz):
    attempt = begin(enrolment, quiz)
    first, second = attempt.quiz_attempt.items.all()
    answered(attempt, "b")

    client.post(
        url("attempt", enrolment, attempt.pk),
        {f"was-{first.pk}": "[]", f"was-{second.pk}": "[]", f"item-{second.pk}": "a"},
    )

    assert dict(Answer.objects.values_list("item", "response")) == {first.pk: ["b"], second.pk: ["a"]}


def test_saving_one_answer_says_so(client, learner, enrolment, quiz):
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()

    answer = client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": "a"})

    assert "Saved" in answer.text
    assert Answer.objects.get().response == ["a"]


def test_an_answer_that_comes_after_handing_in_is_refused_with_a_sentence(client, learner, enrolment, quiz):
    attempt = hand_in(begin(enrolment, quiz))
    item = attempt.quiz_attempt.items.first()

    answer = client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": "a"})

    assert answer.status_code == 409
    assert "has been handed in" in answer.text
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", ["attempt", "review"])
def test_pages_of_an_attempt_handed_in_lead_to_its_result(client, learner, enrolment, quiz, name):
    attempt = hand_in(begin(enrolment, quiz))

    answer = client.get(url(name, enrolment, attempt.pk))

    assert answer.url == url("result", enrolment, attempt.pk)


def test_a_second_tab_that_sends_its_answers_after_the_hand_in_changes_nothing(
    client, learner, enrolment, quiz
):
    attempt = hand_in(begin(enrolment, quiz))
    item = attempt.quiz_attempt.items.first()

    answer = client.post(url("attempt", enrolment, attempt.pk), {f"item-{item.pk}": "a"})

    assert answer.url == url("result", enrolment, attempt.pk)
    assert not Answer.objects.exists()


def test_an_option_of_another_question_is_not_kept(client, learner, enrolment, quiz):
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()

    client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": ["zz", "b", "a"]})

    assert Answer.objects.get().response == ["a"]


def test_a_question_of_another_quiz_is_not_there(client, learner, enrolment, quiz):
    other = begin_quiz(make_enrolment(enrolment.edition), quiz, language="en").items.first()
    attempt = begin(enrolment, quiz)

    answer = client.post(url("save_answer", enrolment, attempt.pk, other.pk), {f"item-{other.pk}": "a"})

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
@pytest.mark.parametrize("person", ["another learner", "anonymous"])
def test_the_attempts_of_others_are_not_there(client, enrolment, quiz, name, person):
    attempt = begin(enrolment, quiz)
    if person == "another learner":
        client.force_login(make_enrolment(enrolment.edition).person)

    answer = client.get(url(name, enrolment, attempt.pk))

    assert answer.status_code == (404 if person == "another learner" else 302)
    assert "/login/" in answer.get("Location", "/login/")


def test_who_has_no_place_does_not_see_the_quiz(client, enrolment, quiz):
    client.force_login(make_person())

    assert client.get(url("quiz", enrolment, quiz.pk)).status_code == 404


def secrets_of(quiz):
    """What the answer key is made of, as it could stand in a page."""
    return [
        "Feedback on",
        "General feedback",
        "Correct answer",
        '"correct"',
        "option--right",
        "option--wrong",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_answer_key_is_in_no_response_before_it_may_be(client, learner, enrolment, quiz, language):
    """Every page of the journey, byte for byte, up to the hand-in; options alike but for their words."""
    seen = [client.get(url("quiz", enrolment, quiz.pk)), client.post(url("begin_quiz", enrolment, quiz.pk))]
    attempt = enrolment.attempts.get()
    item = attempt.quiz_attempt.items.first()
    for key in ("b", "a"):
        seen.append(client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": key}))
        for name in ("attempt", "review"):
            page = url(name, enrolment, attempt.pk).replace("/en/", f"/{language}/")
            seen.append(client.get(page))

    for answer in seen:
        body = answer.content.decode() + json.dumps(dict(answer.headers))
        assert not [secret for secret in secrets_of(quiz) if secret in body], answer.request["PATH_INFO"]


def test_right_and_wrong_answers_get_the_same_response(client, learner, enrolment, quiz):
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()
    said = set()
    for key in ("a", "b", "c"):
        answer = client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": key})
        said.add(re.sub(r'data-sequence="\d+"', "", answer.text).rsplit("Saved", 1)[0])

    assert len(said) == 1


def test_a_failed_attempt_shows_what_was_chosen_but_not_what_is_right(client, learner, enrolment, quiz):
    attempt = hand_in(answered(begin(enrolment, quiz), "b", "b"))

    page = client.get(url("result", enrolment, attempt.pk))

    assert "Your answer, not correct" in page.text
    assert "Feedback on b" in page.text
    assert "Feedback on a" not in page.text
    assert "General feedback" not in page.text
    assert "Correct answer" not in page.text


def test_a_passed_attempt_shows_everything(client, learner, enrolment, quiz):
    attempt = hand_in(answered(begin(enrolment, quiz), "a", "a"))

    page = client.get(url("result", enrolment, attempt.pk))

    assert "Your answer, correct" in page.text
    assert "General feedback" in page.text


def test_a_wrong_answer_names_the_lesson_to_read_again(client, learner, enrolment, quiz):
    from assessments.publishing import freeze_quiz

    lesson = make_lesson(quiz.course, "How courts freeze")
    question = quiz.items.first().question
    question.lesson = lesson
    question.save()
    freeze_quiz(quiz)
    attempt = hand_in(answered(begin(enrolment, quiz), "b", "a"))

    page = client.get(url("result", enrolment, attempt.pk))

    assert "How courts freeze" in page.text
    assert reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk]) in page.text


def test_switching_the_language_in_the_middle_keeps_the_answers(client):
    quiz = make_quiz(languages=("en", "ar"))
    translate(quiz.placements.get().lesson, "ar")
    enrolment = make_enrolment(make_edition(quiz.course))
    client.force_login(enrolment.person)
    attempt = answered(begin(enrolment, quiz), "b")
    item = attempt.quiz_attempt.items.first()

    page = client.get(url("attempt", enrolment, attempt.pk).replace("/en/", "/ar/"))

    assert "Freeze it [ar]" in page.text
    assert "[en]" not in page.text.split("<main")[1]
    assert f'name="item-{item.pk}" value="b" checked' in page.text


def test_a_language_without_words_falls_back_to_the_source_and_says_which_it_is(
    client, learner, enrolment, quiz
):
    attempt = begin(enrolment, quiz)

    page = client.get(url("attempt", enrolment, attempt.pk).replace("/en/", "/ar/"))

    assert 'lang="en" dir="ltr"' in page.text
    assert "Freeze it [en]" in page.text


def test_options_stand_in_the_same_order_each_time_an_attempt_is_shown(client, learner, enrolment, quiz):
    attempt = begin(enrolment, quiz)
    order = [
        line
        for line in client.get(url("attempt", enrolment, attempt.pk)).text.splitlines()
        if "option__text" in line
    ]

    again = [
        line
        for line in client.get(url("attempt", enrolment, attempt.pk)).text.splitlines()
        if "option__text" in line
    ]

    assert order == again


def test_title_and_instructions_are_in_the_language_of_the_learner(client, learner, enrolment, quiz):
    quiz.texts.create(language="en", title="Check yourself", instructions="Ten minutes.")
    quiz.texts.create(language="ar", title="اختبر نفسك", instructions="عشر دقائق")
    quiz.save()

    page = url("quiz", enrolment, quiz.pk)

    assert "Check yourself" in client.get(page).text
    assert "عشر دقائق" in client.get(page.replace("/en/", "/ar/")).text


# Budgets: session and savepoints count.


@pytest.fixture(params=[2, 40])
def taken(request, client):
    """An attempt under way at a quiz of few or many questions, half of them answered."""
    quiz = make_quiz(questions=request.param)
    make_lesson(quiz.course, read=True, required=False)
    enrolment = make_enrolment(make_edition(quiz.course))
    client.force_login(enrolment.person)
    attempt = begin(enrolment, quiz)
    return enrolment, answered(attempt, *["a"] * (request.param // 2))


def test_saving_an_answer_takes_at_most_8_queries(client, taken, django_assert_max_num_queries):
    enrolment, attempt = taken
    for item in (attempt.quiz_attempt.items.first(), attempt.quiz_attempt.items.last()):
        with django_assert_max_num_queries(8):
            answer = client.post(url("save_answer", enrolment, attempt.pk, item.pk), {f"item-{item.pk}": "b"})
        assert answer.status_code == 200


def test_handing_in_takes_at_most_30_queries(client, taken, django_assert_max_num_queries):
    enrolment, attempt = taken
    answered(attempt, *["a"] * 40)

    with django_assert_max_num_queries(30):
        client.post(url("hand_in", enrolment, attempt.pk))

    assert enrolment.attempts.get().passed


@pytest.mark.parametrize("name", ["attempt", "review"])
def test_the_pages_of_an_attempt_take_at_most_20_queries(client, taken, name, django_assert_max_num_queries):
    enrolment, attempt = taken

    with django_assert_max_num_queries(20):
        client.get(url(name, enrolment, attempt.pk))


def test_saving_all_answers_without_javascript_takes_no_query_per_question(
    client, taken, django_assert_max_num_queries
):
    enrolment, attempt = taken

    with django_assert_max_num_queries(12):
        client.post(
            url("attempt", enrolment, attempt.pk),
            {f"item-{i.pk}": "c" for i in attempt.quiz_attempt.items.all()},
        )


def test_the_result_takes_at_most_20_queries(client, taken, django_assert_max_num_queries):
    enrolment, attempt = taken
    hand_in(attempt)

    with django_assert_max_num_queries(20):
        client.get(url("result", enrolment, attempt.pk))


def test_the_page_of_a_quiz_takes_at_most_20_queries(client, taken, django_assert_max_num_queries):
    enrolment, attempt = taken

    with django_assert_max_num_queries(20):
        client.get(url("quiz", enrolment, attempt.activity_id))
