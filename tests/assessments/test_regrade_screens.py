"""Grading anew in the CMS: looked at first, applied once, in the background where it is large."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.after.admin_views import regrading
from assessments.models import Regrade
from assessments.services import MarkGiven, mark_item
from tests.factories.accounts import make_staff
from tests.factories.assessments import correct_key, make_question, make_quiz, take_quiz
from tests.factories.certificates import make_award
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def question(db):
    return make_question(name="Freezing order")


@pytest.fixture
def quiz(question):
    return make_quiz(questions=[question, make_question()])


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course)


@pytest.fixture
def coordinator(edition):
    person = make_staff(first_name="Luc")
    give_edition_role(person, edition, Role.COORDINATOR)
    return person


@pytest.fixture
def at_work(client, coordinator):
    client.force_login(coordinator, backend=BACKEND)
    return client


@pytest.fixture
def attempt(edition, quiz):
    return take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])


def begin_url(quiz):
    return reverse("regrades:begin", args=[quiz.pk])


def typed(edition, question, action, **more):
    return {
        "editions": [edition.pk],
        f"question-{question.pk}": action,
        "reason": "The key was wrong",
        "tell_learners": "on",
    } | more


def seen_in(page):
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]


def test_a_regrade_is_looked_at_and_then_applied(at_work, quiz, question, edition, attempt):
    correct_key(question, "b")
    award = make_award(attempt.enrolment)

    preview = at_work.post(begin_url(quiz), typed(edition, question, "newest")).content.decode()
    attempt.refresh_from_db()
    assert attempt.score == 0.5
    assert "passes now" in preview
    assert award.number in preview
    done = at_work.post(
        begin_url(quiz), typed(edition, question, "newest", apply="1", seen=seen_in(preview)), follow=True
    )

    attempt.refresh_from_db()
    assert attempt.score == 1
    page = done.content.decode()
    assert "The regrade has been applied." in page
    assert attempt.enrolment.person.last_name in page
    assert award.number in page


def test_a_preview_that_has_become_stale_is_shown_anew_and_nothing_is_done(
    at_work, quiz, question, edition, attempt
):
    preview = at_work.post(begin_url(quiz), typed(edition, question, "drop")).content.decode()
    item = attempt.quiz_attempt.items.last()
    mark_item(item, MarkGiven(0, reason="Copied"), marker=make_staff(), seen=None)

    response = at_work.post(
        begin_url(quiz), typed(edition, question, "drop", apply="1", seen=seen_in(preview))
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "have changed since you looked" in page
    assert seen_in(page) != seen_in(preview)
    assert not Regrade.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(at_work, quiz, question, edition, attempt):
    response = at_work.post(begin_url(quiz), typed(edition, question, ""))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose at least one question" in page
    assert "The key was wrong" in page


def test_the_key_of_a_newer_version_is_offered_only_where_there_is_one(
    at_work, quiz, question, edition, attempt
):
    assert "newest version" not in at_work.get(begin_url(quiz)).content.decode()

    correct_key(question, "b")

    assert "newest version" in at_work.get(begin_url(quiz)).content.decode()


def test_only_whoever_manages_the_edition_may(client, quiz, question, edition, attempt):
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    client.force_login(tutor, backend=BACKEND)

    assert client.get(begin_url(quiz), follow=True).status_code == 404
    client.logout()
    assert "login" in client.get(begin_url(quiz))["Location"]


def test_a_manager_of_one_edition_touches_no_other(at_work, quiz, question, edition, attempt):
    elsewhere = make_tutored_edition(quiz.course)

    response = at_work.post(
        begin_url(quiz), typed(edition, question, "drop", editions=[edition.pk, elsewhere.pk])
    )

    assert response.status_code == 422
    assert "is not one of the available choices" in response.content.decode()


def test_a_large_regrade_is_done_in_the_background_and_can_be_continued(
    at_work, quiz, question, edition, attempt, monkeypatch
):
    monkeypatch.setattr(regrading, "AT_ONCE", 0)
    queued = []
    monkeypatch.setattr(
        regrading, "tasks", SimpleNamespace(apply_regrade=SimpleNamespace(enqueue=queued.append))
    )
    preview = at_work.post(begin_url(quiz), typed(edition, question, "drop")).content.decode()

    page = at_work.post(
        begin_url(quiz), typed(edition, question, "drop", apply="1", seen=seen_in(preview)), follow=True
    ).content.decode()

    regrade = Regrade.objects.get()
    assert queued == [regrade.pk]
    assert "0 of 1 attempts are done." in page
    monkeypatch.setattr(regrading, "AT_ONCE", 200)
    at_work.post(reverse("regrades:go_on", args=[regrade.pk]))
    attempt.refresh_from_db()
    assert attempt.score == 1


def test_the_task_applies_it(quiz, question, edition, attempt, coordinator):
    from assessments.regrades import Choice, regrade_preview
    from assessments.services import begin_regrade
    from assessments.tasks import apply_regrade

    choices = {question.pk: Choice(question.pk, "drop")}
    seen = regrade_preview(quiz, [edition], choices).fingerprint
    regrade = begin_regrade(quiz, [edition], choices, by=coordinator, reason="Unclear", seen=seen)

    apply_regrade.enqueue(regrade.pk)

    attempt.refresh_from_db()
    assert attempt.score == 1


def test_the_list_asks_no_more_for_twelve_attempts_than_for_two(
    at_work, quiz, question, edition, attempt, django_assert_max_num_queries
):
    take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    data = typed(edition, question, "drop")
    at_work.post(begin_url(quiz), data)
    with django_assert_max_num_queries(70) as two:
        at_work.post(begin_url(quiz), data)
    for _number in range(10):
        take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])

    with django_assert_max_num_queries(len(two)):
        at_work.post(begin_url(quiz), data)
