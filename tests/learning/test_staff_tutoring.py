"""The tutor's desk."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from foundation.outbox.models import Message
from learning.models import TutorMessage
from learning.questions import threads_of, unanswered
from learning.tutoring import ask_tutor
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course, make_lesson
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def edition(db):
    course = make_course()
    make_lesson(course, "On property", read=True)
    return make_tutored_edition(course)


@pytest.fixture
def tutor(edition):
    person = make_staff(first_name="Ngozi")
    give_edition_role(person, edition, Role.TUTOR)
    return person


@pytest.fixture
def thread(edition, tutor):
    enrolment = make_enrolment(edition, make_person(first_name="Amara", email="judge@example.org"))
    lesson = edition.course.get_descendants().get(title="On property").specific
    return ask_tutor(enrolment, lesson, text="Which document first?", form_key=uuid.uuid4())


def test_unanswered_questions_come_first_and_leave_once_answered(signed_in, tutor, thread):
    client = signed_in(tutor)

    assert "Which document first?" in client.get(reverse("tutoring:index")).content.decode()
    client.post(
        reverse("tutoring:thread", args=[thread.pk]), {"text": "The land title.", "form_key": uuid.uuid4()}
    )

    assert not unanswered(threads_of([thread.enrolment.edition_id])).exists()
    assert "Every question has been answered." in client.get(reverse("tutoring:index")).content.decode()


def test_the_learner_is_told_once_however_often_the_answer_is_sent(signed_in, tutor, thread):
    typed = {"text": "The land title.", "form_key": uuid.uuid4()}
    client = signed_in(tutor)

    client.post(reverse("tutoring:thread", args=[thread.pk]), typed)
    client.post(reverse("tutoring:thread", args=[thread.pk]), typed)

    assert TutorMessage.objects.filter(author=tutor).count() == 1
    assert Message.objects.filter(kind="learning.answer", email="judge@example.org").count() == 1


def test_an_empty_answer_is_refused_with_a_sentence(signed_in, tutor, thread):
    response = signed_in(tutor).post(
        reverse("tutoring:thread", args=[thread.pk]), {"text": " ", "form_key": uuid.uuid4()}
    )

    assert response.status_code == 422
    assert "Write your message first." in response.content.decode()


def test_the_address_in_the_message_to_the_tutor_is_the_threads(tutor, thread):
    body = Message.objects.get(kind="learning.question", recipient=tutor).body

    assert reverse("tutoring:thread", args=[thread.pk]) in body


def test_another_tutor_a_learner_and_a_stranger_do_not_read_it(client, signed_in, thread):
    url = reverse("tutoring:thread", args=[thread.pk])
    other = make_staff()
    give_edition_role(other, make_tutored_edition(), Role.TUTOR)

    assert "login" in client.get(url)["Location"]
    assert "login" in signed_in(thread.enrolment.person).get(url)["Location"]
    assert signed_in(other).get(url, follow=True).status_code == 404


def test_a_tutor_whose_role_has_ended_sees_nothing_more(signed_in, edition):
    former = make_staff()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    give_edition_role(former, edition, Role.TUTOR, starts_on=yesterday, ends_on=yesterday)

    response = signed_in(former).get(reverse("learner_progress:edition", args=[edition.pk]), follow=True)

    assert response.status_code == 404


def test_the_desk_names_who_never_began_and_asks_no_more_for_twelve_than_for_two(
    signed_in, tutor, edition, django_assert_max_num_queries
):
    client, url = signed_in(tutor), reverse("tutoring:index")
    long_ago = timezone.now() - datetime.timedelta(days=20)
    make_enrolment(edition, make_person(first_name="Quiet"), enrolled_at=long_ago)
    make_enrolment(edition, enrolled_at=long_ago)
    assert "Never begun" in client.get(url).content.decode()
    with django_assert_max_num_queries(40) as two:
        client.get(url)
    for _number in range(10):
        make_enrolment(edition, enrolled_at=long_ago)
    with django_assert_max_num_queries(40) as twelve:
        client.get(url)

    assert len(twelve) == len(two)


def test_the_menu_shows_tutoring_to_tutors_only(signed_in, tutor, edition):
    coordinator = make_staff(Role.COORDINATOR)

    assert reverse("tutoring:index") in signed_in(tutor).get("/cms/").content.decode()
    assert f'"{reverse("tutoring:index")}"' not in signed_in(coordinator).get("/cms/").content.decode()
