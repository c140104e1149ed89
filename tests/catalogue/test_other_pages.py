"""The front page, programmes, and what search engines read."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from courses.models import ProgrammePage
from tests.factories.accounts import make_person
from tests.factories.cms import make_home
from tests.factories.courses import make_course, make_course_index, make_lesson, reading_of, translate
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.learning import make_completion

pytestmark = pytest.mark.django_db


def test_the_root_leads_to_the_front_page_in_the_language_of_the_visitor(client):
    make_home()
    make_home("fr")

    assert client.get("/", headers={"Accept-Language": "fr-CH, en;q=0.5"}).url == "/fr/"


def test_a_front_page_that_is_not_translated_leads_to_the_one_there_is(client):
    make_home()

    assert client.get("/ru/").url == "/en/"


def test_the_front_page_says_who_we_are_searches_and_shows_what_is_new(client, catalogue_page):
    make_edition(make_course("Tracing criminal assets"))

    content = client.get(make_home().url).content.decode()

    assert "We teach." in content
    assert f'action="{catalogue_page.url}"' in content
    assert "Tracing criminal assets" in content
    assert "Go on where you stopped" not in content


def test_the_front_page_leads_a_learner_to_the_next_lesson(client):
    course = make_course()
    done, following = (make_lesson(course, read=True) for _lesson in range(2))
    enrolment = make_enrolment(make_edition(course))
    make_completion(enrolment, reading_of(done))
    client.force_login(enrolment.person)

    content = client.get(make_home().url).content.decode()

    assert reverse("learning:lesson", args=[enrolment.edition.code, following.pk]) in content


def test_the_front_page_of_a_person_without_courses_has_no_next_step(client):
    client.force_login(make_person())

    assert client.get(make_home().url).context["next_step"] is None


def test_a_programme_states_its_facts_and_lists_only_courses_the_reader_may_know_of(client, catalogue_page):
    programme = ProgrammePage(title="LL.M.", slug="llm", duration="One year", place="Turin")
    catalogue_page.add_child(instance=programme)
    programme.courses.add(make_course("Open course"), make_course("Covert course", is_restricted=True))
    programme.save()

    content = client.get(programme.url).content.decode()

    assert "One year" in content
    assert "Open course" in content
    assert "Covert course" not in content


def test_a_page_that_staff_closed_asks_to_sign_in(client):
    course = make_course()
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)

    assert "/accounts/login/" in client.get(course.url).url


def test_the_sitemap_names_public_pages_with_their_twins_and_no_lessons(client):
    course = make_course(lessons=1, units=1)
    french = translate(course, "fr")

    found = ElementTree.fromstring(client.get("/sitemap.xml").content)

    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    places = {url.findtext("s:loc", namespaces=names): url for url in found.findall("s:url", names)}
    assert {course.full_url, french.full_url, make_home().full_url} <= set(places)
    assert not any("lesson" in place or "unit" in place for place in places)
    twins = {
        link.get("hreflang"): link.get("href") for link in places[course.full_url].findall("x:link", names)
    }
    assert twins == {"en": course.full_url, "fr": french.full_url}


def test_robots_are_told_what_to_leave_alone(client):
    content = client.get("/robots.txt").content.decode()

    assert "Disallow: /*/learn/" in content
    assert "Sitemap: http://testserver/sitemap.xml" in content


@pytest.mark.parametrize("kind", ["home", "catalogue", "course"])
def test_public_pages_say_what_they_are_for(client, kind):
    pages = {"home": make_home, "catalogue": make_course_index, "course": make_course}
    page = pages[kind]()
    page.summary = "One plain sentence."
    page.save()

    assert '<meta name="description" content="One plain sentence.">' in client.get(page.url).content.decode()


def test_an_author_previews_a_course_without_dates_and_button(client):
    course = make_course()

    response = course.make_preview_request(preview_mode="")

    assert response.status_code == 200
    assert "Readers find the button to enrol here." in response.rendered_content
