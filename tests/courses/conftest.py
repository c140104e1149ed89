"""A course as its author leaves it, and the people around it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from accounts.models import Role
from courses import services
from courses.models import CoursePage, LessonPage, UnitPage
from tests.factories.accounts import make_person, make_staff
from tests.factories.cms import make_locale
from tests.factories.courses import give_course_role, make_course_index


def block(kind, value):
    """A block of a lesson, as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid4())}


PROSE = {"type": "prose", "value": "<p>Follow the money.</p>", "id": "0b7c3a1e-3a5e-4a53-8b1c-6f4f0a0a0001"}


@pytest.fixture
def draft_course(db):
    """A complete course nobody has published: one unit, two lessons that are marked as read."""
    locale = make_locale("en")
    course = make_course_index().add_child(
        instance=CoursePage(
            title="Confiscation",
            summary="How assets are confiscated.",
            workload_hours=4,
            outcomes=[{"type": "outcome", "value": "Draft an order.", "id": str(uuid4())}],
            locale=locale,
            live=False,
        )
    )
    unit = course.add_child(instance=UnitPage(title="First unit", locale=locale, live=False))
    for number in (1, 2):
        add_lesson(unit, f"Lesson {number}")
    for page in (course, unit):
        page.save_revision()
    return course


def add_lesson(unit, title, body=None):
    """A draft lesson."""
    body = body if body is not None else [block("prose", "<p>Text.</p>"), block("read", {"required": True})]
    lesson = unit.add_child(instance=LessonPage(title=title, locale=unit.locale, live=False, body=body))
    lesson.save_revision()
    return lesson


def editor_data(lesson):
    """What the editor's form sends for a lesson with an empty body."""
    return {
        "title": lesson.title,
        "slug": lesson.slug,
        "summary": "",
        "minutes": "15",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
    }


def lessons_of(course):
    """The lessons of a course, fresh from the database."""
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def unit_of(course):
    """The first unit of a course."""
    return UnitPage.objects.child_of(course).first()


@pytest.fixture
def author(draft_course):
    """Writes the course."""
    person = make_staff(first_name="Aisha")
    give_course_role(person, draft_course, Role.AUTHOR)
    return person


@pytest.fixture
def reviewer(draft_course):
    """Reviews the course."""
    person = make_staff(first_name="Ravi")
    give_course_role(person, draft_course, Role.REVIEWER)
    return person


@pytest.fixture
def outsider(db):
    """Staff without any role here."""
    return make_staff(first_name="Otto")


@pytest.fixture
def administrator(db):
    """May do everything."""
    person = make_staff(Role.ADMINISTRATOR, first_name="Adam")
    person.user_permissions.add(*Permission.objects.filter(codename="access_admin"))
    return person


@pytest.fixture
def learner(db):
    """No staff at all."""
    return make_person()


@pytest.fixture
def live_course(draft_course, administrator):
    """The course, published."""
    services.publish_course(draft_course, administrator, reason="For the test.")
    return CoursePage.objects.get(pk=draft_course.pk)


@pytest.fixture
def submitted(draft_course, author):
    """The course, waiting for its reviewer."""
    return services.submit(draft_course, author, summary="A new course.")


@pytest.fixture
def as_person(client):
    """Sign somebody in, afresh."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
