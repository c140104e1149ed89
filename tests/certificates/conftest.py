"""A course that gives a certificate, somebody who takes it, and the way to its end."""

import pytest
from django.utils import timezone

from learning.services import complete_activity
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course, make_lesson, make_unit, reading_of
from tests.factories.enrolments import make_edition, make_enrolment


@pytest.fixture
def award_type():
    return make_award_type(languages=("en", "fr", "ar"))


@pytest.fixture
def course(award_type):
    """One lesson to read, and a certificate at its end."""
    course = make_course("Tracing assets", workload_hours=6)
    make_lesson(make_unit(course), read=True)
    offer_award(course, award_type)
    return course


@pytest.fixture
def learner():
    """Somebody who has said how their name is to be printed."""
    return make_person(
        "amina@example.org",
        first_name="Amina",
        last_name="Diallo",
        name_for_certificate="Amina Diallo",
        name_confirmed_at=timezone.now(),
    )


@pytest.fixture
def enrolment(course, learner):
    return make_enrolment(make_edition(course, code="assets-1"), learner)


@pytest.fixture
def complete(django_capture_on_commit_callbacks):
    """Complete an enrolment's course as a learner does; what waits for the commit is done."""

    def completed(enrolment):
        lessons = enrolment.edition.course.get_descendants().filter(depth=enrolment.edition.course.depth + 2)
        with django_capture_on_commit_callbacks(execute=True):
            for lesson in lessons.specific():
                complete_activity(enrolment, reading_of(lesson))
        return enrolment.awards.first()

    return completed


@pytest.fixture
def award(enrolment, complete):
    """A certificate issued, drawn and stored."""
    return complete(enrolment)


@pytest.fixture
def registrar():
    return make_staff("registrar", email="registrar@example.org", first_name="Ruth", last_name="Okello")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do what waits for the commit at once: `with committed(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
