"""A tutored edition with two quizzes and something graded by hand, and the people around it."""

import pytest

from accounts.models import Role
from gradebook.services import create_scheme
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, place
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition
from tests.factories.gradebook import make_category, make_item


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def edition(db):
    course = make_course("Tracing assets")
    for title in ("Quiz one", "Quiz two"):
        quiz = make_quiz(course, title=title, placed=False, questions=1)
        place(quiz, make_lesson(course, f"Lesson with {title}"))
    make_lesson(course, "Only to read", read=True)
    return make_tutored_edition(course, code="spring")


@pytest.fixture
def enrolment(edition):
    return make_enrolment(edition, make_person("amara@example.org", first_name="Amara", last_name="Okello"))


@pytest.fixture
def coordinator(db):
    return make_staff(Role.COORDINATOR, first_name="Luc", last_name="Moreau")


@pytest.fixture
def tutor(edition):
    person = make_staff(first_name="Ngozi", last_name="Adeyemi")
    give_edition_role(person, edition, Role.TUTOR)
    return person


@pytest.fixture
def scheme(edition, coordinator):
    """The default gradebook: two quizzes, released."""
    return create_scheme(edition, by=coordinator)


@pytest.fixture
def quiz_one(scheme):
    return scheme.items.select_related("activity", "scheme").get(activity__title="Quiz one")


@pytest.fixture
def quiz_two(scheme):
    return scheme.items.select_related("activity", "scheme").get(activity__title="Quiz two")


@pytest.fixture
def moot(scheme):
    """Graded by hand out of 20, hidden."""
    return make_item(
        make_category(scheme, name="Moot", weight=50), name="Pleading", points=20, released=False
    )
