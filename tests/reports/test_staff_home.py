"""What needs doing, for each member of staff."""

import datetime
import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from assessments.assignments.services import finish_marking
from courses.models import ChangeSet
from learning.tutoring import ask_tutor
from reports.broken import look_for_broken_courses
from reports.todo import to_do
from tests.factories.accounts import make_staff
from tests.factories.assignments import make_assignment, make_submission, worth
from tests.factories.certificates import make_award
from tests.factories.courses import give_course_role, make_course, make_lesson
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    cache.clear()


def item(person, url):
    """The figure that leads there."""
    return next((found for found in to_do(person) if found.url.startswith(url)), None)


def counted(person, url):
    found = item(person, url)
    return (found.count, found.total) if found else None


def test_a_tutor_is_told_of_unanswered_questions_and_quiet_learners_of_her_editions_alone():
    course = make_course()
    lesson = make_lesson(course, read=True)
    edition, other = make_tutored_edition(course), make_tutored_edition(course)
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    long_ago = timezone.now() - datetime.timedelta(days=20)
    asking = make_enrolment(edition, enrolled_at=long_ago)
    ask_tutor(asking, lesson, text="Why?", form_key=uuid.uuid4())
    make_enrolment(edition, enrolled_at=long_ago)
    make_enrolment(other, enrolled_at=long_ago)

    assert counted(tutor, reverse("tutoring:questions")) == (1, 1)
    assert counted(tutor, reverse("tutoring:index")[:-1] + "/") is not None
    quiet = next(found for found in to_do(tutor) if "quiet" in found.label)
    assert (quiet.count, quiet.total) == (1, 2)


def test_a_marker_is_told_what_was_handed_in_and_not_marked():
    assignment = make_assignment()
    edition = make_tutored_edition(assignment.course)
    marker = make_staff()
    give_edition_role(marker, edition, Role.MARKER)
    marked, _waits = (make_submission(assignment, make_enrolment(edition)) for _one in range(2))
    make_submission(assignment, make_enrolment(make_tutored_edition(assignment.course)))
    finish_marking(marked, worth(50), by=marker)

    assert counted(marker, reverse("assignment_marking:index")) == (1, 2)
    assert counted(make_staff(Role.AUTHOR), reverse("assignment_marking:index")) is None


def test_a_coordinator_is_told_of_editions_that_start_soon_without_a_tutor():
    soon = timezone.localdate() + datetime.timedelta(days=10)
    alone = make_tutored_edition(starts_on=soon)
    taught = make_tutored_edition(starts_on=soon)
    give_edition_role(make_staff(), taught, Role.TUTOR)
    make_tutored_edition(
        starts_on=soon + datetime.timedelta(days=30), ends_on=soon + datetime.timedelta(days=60)
    )
    make_edition(starts_on=soon)

    assert counted(make_staff(Role.COORDINATOR), reverse("editions:team", args=[alone.pk])) == (1, 2)


def test_an_author_is_told_of_a_returned_change_set_and_a_reviewer_of_one_that_waits():
    course, author, reviewer = make_course(), make_staff(), make_staff(Role.REVIEWER)
    give_course_role(author, course, Role.AUTHOR)
    returned = ChangeSet.objects.create(
        course=course, summary="Two words", submitted_by=author, returned_at=timezone.now()
    )
    ChangeSet.objects.create(course=make_course(), summary="More", submitted_by=author)

    assert counted(author, reverse("courses:change_set", args=[returned.pk])) == (1, 2)
    assert counted(reviewer, reverse("courses:reviews")) == (1, 1)


def test_an_author_is_told_of_published_courses_of_hers_that_lack_something():
    broken, author = make_course(), make_staff()
    give_course_role(author, broken, Role.AUTHOR)
    make_course()
    look_for_broken_courses()

    assert counted(author, reverse("courses:outline", args=[broken.pk])) == (1, 1)


def test_a_registrar_is_told_of_awards_that_could_not_be_drawn():
    make_award(make_enrolment())
    make_award(make_enrolment(), stored_at=None, drawing_problem="No font for this script.")

    assert counted(make_staff(Role.REGISTRAR), reverse("award_register:index")) == (1, 2)
    assert item(make_staff(Role.COORDINATOR), reverse("award_register:index")) is None


def test_an_administrator_is_told_that_nobody_does_the_background_work():
    labels = [found.label for found in to_do(make_staff(Role.ADMINISTRATOR)) if found.is_waiting]

    assert any("No worker is running" in label for label in labels)
    assert not any("worker" in found.label for found in to_do(make_staff(Role.COORDINATOR)))


def test_the_home_shows_what_needs_doing_and_no_news_of_the_software(signed_in):
    page = signed_in(make_staff(Role.ADMINISTRATOR)).get("/cms/").content.decode()

    assert "What needs doing" in page
    assert "whats-new-in-wagtail" not in page


def test_somebody_without_a_role_has_nothing_to_do(signed_in):
    page = signed_in(make_staff()).get("/cms/").content.decode()

    assert "Nothing waits for you." in page


def test_the_home_asks_as_many_queries_for_twelve_editions_as_for_two(
    signed_in, django_assert_max_num_queries
):
    client = signed_in(make_staff(Role.COORDINATOR))
    course = make_course()
    for _number in range(2):
        make_enrolment(make_tutored_edition(course))
    client.get("/cms/")
    with django_assert_max_num_queries(60) as two:
        client.get("/cms/")
    for _number in range(10):
        make_enrolment(make_tutored_edition(course))
    with django_assert_max_num_queries(60) as twelve:
        client.get("/cms/")

    assert len(two) == len(twelve)
