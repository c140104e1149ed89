"""What the public pages may cost, at any size."""

import gzip
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from catalogue.criteria import Criteria
from catalogue.listing import listing
from portfolio.models import Priority
from tests.factories.accounts import make_person
from tests.factories.cms import make_home
from tests.factories.courses import make_course, make_course_index, make_lesson, translate
from tests.factories.enrolments import make_edition, make_enrolment, make_tutored_edition
from tests.factories.portfolio import profession, theme

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
MOST_BYTES = 100_000


def fill(number):
    """That many courses with everything a result shows, half of them in French too."""
    priority = Priority.objects.get(framework__slug="2023-2026", number=1)
    for place in range(number):
        course = make_course(f"Course {place:04} on assets")
        course.themes.add(theme())
        course.audience.add(profession())
        course.priorities.add(priority)
        course.save()
        make_edition(course, capacity=20)
        make_tutored_edition(course, enrolment_opens_on=timezone.localdate() + timedelta(days=1))
        if place % 2:
            translate(course, "fr")


@pytest.fixture
def in_french():
    make_course_index("fr")


def warm(client, url):
    """Content types, addresses of sites and templates are remembered by each process."""
    client.get(url)


@pytest.mark.parametrize("number", [2, 200])
@pytest.mark.parametrize(
    "url", ["/en/courses/", "/fr/courses/", "/en/courses/?q=assets&theme=organized-crime"]
)
def test_the_catalogue_costs_a_stranger_fifteen_queries_at_most(
    client, in_french, django_assert_max_num_queries, number, url
):
    fill(number)
    warm(client, url)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(url)

    assert len(response.context["listing"].cards) == min(number, 20)


@pytest.mark.parametrize("number", [2, 40])
def test_the_catalogue_costs_a_learner_no_more_with_many_courses(
    client, in_french, django_assert_num_queries, number
):
    fill(number)
    person = make_person()
    client.force_login(person)
    warm(client, "/fr/courses/?q=assets")

    with django_assert_num_queries(MOST_QUERIES):
        client.get("/fr/courses/?q=assets")


def test_facets_of_many_courses_load_no_body_of_any_page(django_assert_max_num_queries):
    fill(30)

    with django_assert_max_num_queries(10) as captured:
        listing(Criteria(words="assets"), "2", AnonymousUser(), "en")

    of_all = [
        query["sql"] for query in captured if '"introduction"' in query["sql"] or '"outcomes"' in query["sql"]
    ]
    assert of_all == []


@pytest.mark.parametrize("number", [2, 60])
def test_the_catalogue_is_light(client, number):
    fill(number)

    page = client.get("/en/courses/").content

    assert len(gzip.compress(page)) < MOST_BYTES / 4


@pytest.mark.parametrize("lessons", [1, 8])
def test_a_course_page_costs_the_same_with_many_lessons_and_editions(
    client, django_assert_max_num_queries, lessons
):
    course = make_course()
    for _place in range(lessons):
        make_lesson(course, read=True)
        make_tutored_edition(course, capacity=5)
    person = make_person()
    make_enrolment(course.editions.first(), person)
    client.force_login(person)
    warm(client, course.url)

    with django_assert_max_num_queries(44):
        client.get(course.url)


@pytest.mark.parametrize("number", [1, 6])
def test_the_front_page_costs_a_learner_the_same_with_many_courses(
    client, django_assert_max_num_queries, number
):
    fill(8)
    person = make_person()
    for course in list(make_course_index().get_children())[:number]:
        make_enrolment(course.specific.editions.first(), person)
    client.force_login(person)
    warm(client, make_home().url)

    with django_assert_max_num_queries(30):
        client.get(make_home().url)
