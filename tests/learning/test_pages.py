"""The classroom and My learning: whose they are, what they say, how many queries they take."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Role
from learning.models import TutorMessage, TutorThread
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, make_unit, place, reading_of, translate
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return make_lesson(make_course(), "Freezing orders", read=True)


@pytest.fixture
def enrolment(lesson):
    return make_enrolment(make_tutored_edition(lesson.course))


@pytest.fixture
def learner(client, enrolment):
    client.force_login(enrolment.person)
    return enrolment.person


def lesson_url(enrolment, lesson):
    return reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk])


def done_url(enrolment, activity):
    return reverse("learning:complete_activity", args=[enrolment.edition.code, activity.pk])


def test_a_lesson_is_read_and_marked_as_done_without_javascript(client, learner, enrolment, lesson):
    assert "Follow the money." in client.get(lesson_url(enrolment, lesson)).text

    answer = client.post(done_url(enrolment, reading_of(lesson)))

    assert answer.url == lesson_url(enrolment, lesson)
    assert enrolment.completions.count() == 1


def test_reading_alone_records_nothing(client, learner, enrolment, lesson):
    client.get(lesson_url(enrolment, lesson))
    client.get(done_url(enrolment, reading_of(lesson)))

    assert not enrolment.completions.exists()


def test_marking_as_done_twice_does_it_once(client, learner, enrolment, lesson):
    for _click in range(2):
        client.post(done_url(enrolment, reading_of(lesson)))

    assert enrolment.completions.count() == 1


def test_a_quiz_marked_as_done_is_refused_with_a_sentence(client, learner, enrolment, lesson):
    quiz = make_quiz(lesson.course, lesson=lesson)

    answer = client.post(done_url(enrolment, quiz), follow=True)

    assert "once you reach the pass mark" in answer.text
    assert not enrolment.completions.exists()


@pytest.mark.parametrize("person", ["stranger", "anonymous"])
def test_the_classroom_is_for_those_with_a_place(client, enrolment, lesson, person):
    if person == "stranger":
        client.force_login(make_person())
    status = 404 if person == "stranger" else 302

    assert client.get(lesson_url(enrolment, lesson)).status_code == status
    assert client.get(reverse("learning:outline", args=[enrolment.edition.code])).status_code == status
    assert client.post(done_url(enrolment, reading_of(lesson))).status_code == status


def test_a_lesson_of_another_course_is_not_there(client, learner, enrolment):
    assert client.get(lesson_url(enrolment, make_lesson(make_course(), read=True))).status_code == 404


def test_a_lesson_is_read_in_another_language_under_the_same_number(client, learner, enrolment, lesson):
    translate(lesson, "ar", "أوامر التجميد")

    page = client.get(lesson_url(enrolment, lesson).replace("/en/", "/ar/"))

    assert "أوامر التجميد" in page.text
    assert 'dir="rtl"' in page.text


def test_my_learning_opens_for_a_course_that_has_no_lesson_yet(client):
    person = make_enrolment(make_edition(make_course("Moot court"))).person
    client.force_login(person)

    page = client.get(reverse("learning:my_learning"))

    assert "Moot court" in page.content.decode()


def test_my_learning_names_what_is_under_way(client, learner, enrolment):
    page = client.get(reverse("learning:my_learning"))

    assert enrolment.edition.course.title in page.text


def test_a_learner_asks_the_tutor_once_however_often_the_button_is_clicked(
    client, learner, enrolment, lesson
):
    give_edition_role(make_staff(), enrolment.edition, Role.TUTOR)
    url = reverse("learning:ask_tutor", args=[enrolment.edition.code, lesson.pk])
    sent = {"text": "Must the order be served first?", "form_key": str(uuid.uuid4())}

    for _click in range(2):
        client.post(url, sent)

    assert TutorMessage.objects.get().text == "Must the order be served first?"


def test_an_empty_question_is_said_and_not_sent(client, learner, enrolment, lesson):
    give_edition_role(make_staff(), enrolment.edition, Role.TUTOR)
    url = reverse("learning:ask_tutor", args=[enrolment.edition.code, lesson.pk])

    answer = client.post(url, {"text": " ", "form_key": str(uuid.uuid4())})

    assert answer.status_code == 422
    assert "Write your message first." in answer.text


def test_a_question_is_seen_by_nobody_else(client, learner, enrolment, lesson):
    thread = TutorThread.objects.create(enrolment=enrolment, lesson=lesson)
    url = reverse("learning:thread", args=[enrolment.edition.code, thread.pk])
    assert client.get(url).status_code == 200

    client.force_login(make_enrolment(enrolment.edition).person)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("size", [2, 20])
def test_a_lesson_takes_at_most_20_queries(client, size, django_assert_max_num_queries):
    course = make_course()
    for _unit in range(size // 2):
        unit = make_unit(course)
        for _lesson in range(2):
            lesson = make_lesson(unit, read=True)
    place(make_quiz(course, placed=False), lesson)
    enrolment = make_enrolment(make_tutored_edition(course))
    client.force_login(enrolment.person)
    client.get(lesson_url(enrolment, lesson))

    with django_assert_max_num_queries(20):
        assert client.get(lesson_url(enrolment, lesson)).status_code == 200


@pytest.mark.parametrize("size", [2, 20])
def test_my_learning_takes_at_most_20_queries(client, size, django_assert_max_num_queries):
    person = make_person()
    for _enrolment in range(size):
        make_enrolment(make_edition(make_course(units=1, lessons=2)), person)
    client.force_login(person)
    client.get(reverse("learning:my_learning"))

    with django_assert_max_num_queries(20):
        assert client.get(reverse("learning:my_learning")).status_code == 200
