"""Somebody with a place in a course that has a quiz."""

import pytest
from django.utils import translation

from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_edition, make_enrolment


@pytest.fixture
def quiz(db):
    return make_quiz(questions=2, attempts_allowed=2)


@pytest.fixture
def enrolment(quiz):
    return make_enrolment(make_edition(quiz.course))


@pytest.fixture
def learner(enrolment, client):
    client.force_login(enrolment.person)
    return enrolment.person


@pytest.fixture(autouse=True)
def _in_english():
    """The language of a request stays active in the thread; each test begins in English."""
    with translation.override("en"):
        yield
