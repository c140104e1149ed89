"""Pages are light, ask nobody else for anything, and run no script that stands in the page."""

import gzip
import re

import pytest
from django.utils import timezone

from certificates.codes import new_code
from certificates.snapshot import snapshot_of
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_person
from tests.factories.assessments import make_quiz
from tests.factories.certificates import make_award, make_award_type
from tests.factories.courses import make_course, make_lesson
from tests.factories.enrolments import make_edition, make_enrolment, make_tutored_edition
from tests.factories.portfolio import theme

# Data for a script of ours is no script.
SCRIPT_IN_THE_PAGE = "script:not([src]):not([type='application/json'])"
PARAGRAPH = "<p>" + "Each answer rests on a document that somebody can be asked about. " * 12 + "</p>"


@pytest.fixture
def site(live_site):
    """Thirty courses, and one person who takes twenty of them."""
    judge = make_person()
    for number in range(30):
        course = make_course(f"Course {number}: the proceeds of crime", summary="How assets are traced. " * 8)
        course.themes.add(theme())
        course.save()
        make_lesson(course, read=True)
        edition = make_tutored_edition(course) if number % 2 else make_edition(course)
        if number < 20:
            make_enrolment(edition, judge)
    return live_site, judge


@pytest.fixture
def long_lesson(site):
    """A long lesson of text with a quiz, in a course with a long outline and a tutor."""
    course = make_course("A long course", units=4, lessons=4)
    blocks = [{"type": "prose", "value": PARAGRAPH * 20}, {"type": "heading", "value": "What the law asks"}]
    lesson = make_lesson(course, "A long lesson")
    lesson.body = [*blocks, *lesson.body.get_prep_value()]
    lesson.save()
    make_quiz(course, lesson=lesson)
    enrolment = make_enrolment(make_tutored_edition(course), site[1])
    return f"/en/learn/{enrolment.edition.code}/{lesson.pk}/"


@pytest.fixture
def weigh():
    """Opens a page with an empty cache; answers with what it weighs over the wire, text compressed."""

    def weighed(page, url):
        parts = {}
        page.on("response", lambda response: parts.setdefault(response.url, response))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        return sum(size_of(response) for response in parts.values())

    return weighed


def size_of(response):
    if response.status in (204, 304) or 300 <= response.status < 400:
        return 0
    body = response.body()
    kind = response.headers.get("content-type", "")
    return (
        len(gzip.compress(body))
        if re.match(r"text/|image/svg|application/(javascript|json)", kind)
        else len(body)
    )


def test_the_first_view_of_each_page_is_light(site, long_lesson, signed_in, new_context, weigh):
    live, judge = site
    pages = [
        ("/en/courses/", None, 100_000),
        ("/ar/courses/", None, 100_000),
        (long_lesson, judge, 100_000),
        ("/en/learn/", judge, 100_000),
        ("/en/verify/", None, 40_000),
    ]

    for path, person, allowed in pages:
        page = signed_in(person) if person else new_context().new_page()
        weight = weigh(page, live.url + path)
        assert weight <= allowed, f"{path} weighs {weight} bytes"


def test_a_verified_certificate_is_light(site, new_context, weigh):
    live, judge = site
    enrolment = judge.enrolments.first()
    award = make_award(enrolment, make_award_type(), code=new_code())
    award.snapshot = snapshot_of(enrolment, award.award_type, timezone.now())
    award.save()
    page = new_context().new_page()

    weight = weigh(page, f"{live.url}/verify/{award.code}/")

    assert page.locator(".verdict--valid").count() == 1
    assert weight <= 40_000


@pytest.mark.parametrize(
    "path", ["/en/", "/en/courses/", "/ar/courses/", "/en/verify/", "/en/accounts/login/"]
)
def test_public_pages_allow_no_script_but_files_of_ours(site, new_context, path):
    page = new_context(**PHONE).new_page()

    response = page.goto(site[0].url + path)

    policy = response.headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]+)", policy)[1]
    assert scripts.split() == ["'self'"]
    assert "unsafe-inline" not in policy
    assert page.locator(SCRIPT_IN_THE_PAGE).count() == 0
    assert page.locator("[onclick], [onload], [onsubmit], [style]").count() == 0


def test_pages_of_learners_allow_no_script_but_files_of_ours(site, long_lesson, signed_in):
    live, judge = site
    page = signed_in(judge)

    for path in (long_lesson, "/en/learn/", "/en/awards/", "/en/accounts/profile/"):
        policy = page.goto(live.url + path).headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert page.locator(SCRIPT_IN_THE_PAGE).count() == 0
        assert page.locator("[style]").count() == 0
