"""Interactive content in a lesson: played, closed at once, gone on with elsewhere, scored, tried again."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from h5p.services.importing import import_package
from learning.models import Attempt, H5PAttempt, H5PState, H5PStatement
from tests.e2e.conftest import PHONE, wait_until
from tests.factories.courses import make_course, place, translate
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive
from tests.h5p.players import playable_package

REAL = Path(__file__).parents[3] / "shared" / "testdata" / "h5p" / "true-false-1.6.h5p"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def content():
    return import_package(playable_package(), "custody.h5p", by=None, approve=True).content


@pytest.fixture
def activity(content):
    return make_interactive(make_course(), content=content, completion_rule="passed", pass_mark="0.8")


@pytest.fixture
def enrolment(activity):
    return make_enrolment(make_edition(activity.course))


@pytest.fixture
def lesson(live_site, enrolment, activity):
    placement = activity.placements.get()
    path = reverse("learning:lesson", args=[enrolment.edition.code, placement.lesson_id])
    return f"{live_site.url}{path}"


def frame_of(page, number=0):
    page.locator("[data-h5p-frame]").nth(number).scroll_into_view_if_needed()
    return page.frame_locator("iframe.h5p-frame__frame").nth(number)


def test_a_learner_plays_leaves_goes_on_elsewhere_fails_and_passes(
    signed_in, lesson, enrolment, activity, look
):
    phone = signed_in(enrolment.person, **PHONE)
    phone.goto(lesson)
    frame = frame_of(phone)
    frame.get_by_role("button", name="The court").click()
    expect(frame.get_by_role("status")).to_have_text("Chosen: court")
    look(phone, {"exclude": [["iframe"]]})
    phone.wait_for_timeout(300)
    frame.get_by_role("button", name="The officer").click()
    phone.goto("about:blank")
    wait_until(phone, lambda: H5PState.objects.filter(data__contains="officer").exists())

    desk = signed_in(enrolment.person)
    desk.goto(lesson)
    frame = frame_of(desk)
    expect(frame.get_by_role("status")).to_have_text("Chosen: officer")
    frame.get_by_role("button", name="The court").click()
    frame.get_by_role("button", name="Check").click()
    expect(desk.get_by_text("Result saved: 0 of 1. That is not enough to pass yet.")).to_be_visible()
    assert Attempt.objects.get().score == 0

    frame.get_by_role("button", name="Retry").click()
    frame.get_by_role("button", name="The officer").click()
    frame.get_by_role("button", name="Check").click()
    expect(desk.get_by_text("Result saved: 1 of 1. That is enough to pass.")).to_be_visible()
    assert [attempt.score for attempt in Attempt.objects.order_by("number")] == [0, 1]
    assert enrolment.completions.filter(activity=activity).exists()

    desk.reload()
    expect(frame_of(desk).get_by_role("status")).to_have_text("Chosen: officer, points: 1")
    expect(desk.get_by_text("Result saved: 1 of 1. That is enough to pass.")).to_be_visible()
    assert H5PAttempt.objects.count() == 2

    frame_of(desk).get_by_role("button", name="The court").click()
    wait_until(desk, lambda: H5PState.objects.filter(h5p_attempt__attempt__number=3).exists())

    desk.get_by_role("button", name="Try again").click()
    expect(frame_of(desk).get_by_role("status")).to_have_text("Chosen: nothing")
    desk.wait_for_timeout(300)
    assert H5PAttempt.objects.count() == 3
    assert not H5PState.objects.filter(h5p_attempt__attempt__number=3).exists()


def test_changed_content_says_that_one_begins_anew(signed_in, lesson, enrolment, content):
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame_of(page).get_by_role("button", name="The court").click()
    wait_until(page, lambda: H5PState.objects.exists())
    newer = playable_package(question="<p>Who signed it?</p>")
    import_package(newer, "newer.h5p", by=None, content=content)

    frame_of(page).get_by_role("button", name="The officer").click()
    expect(page.get_by_text("Nothing more is saved here")).to_have_count(0)
    page.reload()

    expect(frame_of(page).get_by_text("Who signed it?")).to_be_visible()
    expect(frame_of(page).get_by_role("status")).to_have_text("Chosen: nothing")
    expect(page.get_by_text("This content was changed after you had begun.")).to_be_visible()


def test_content_plays_on_a_host_of_its_own(signed_in, live_site, lesson, enrolment, settings):
    settings.H5P_ORIGIN = live_site.url.replace("localhost", "127.0.0.1")
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"frame-src": [settings.H5P_ORIGIN]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)

    frame.get_by_role("button", name="The officer").click()
    frame.get_by_role("button", name="Check").click()

    expect(page.get_by_text("Result saved: 1 of 1.")).to_be_visible()
    assert page.frames[1].url.startswith(settings.H5P_ORIGIN)


def add_activities(activity, number):
    """More of them in the same lesson."""
    lesson = activity.placements.get().lesson
    for words in range(number):
        other = make_interactive(
            activity.course, content=activity.words.get().content, placed=False, title=f"{words}"
        )
        place(other, lesson)


def test_ten_in_one_lesson_load_one_after_another_as_they_come_into_view(
    signed_in, lesson, enrolment, activity, look
):
    add_activities(activity, 9)
    page = signed_in(enrolment.person, **PHONE)
    loading = []
    page.on("framenavigated", lambda frame: loading.append(frame.url) if "/h5p/play/" in frame.url else None)
    page.goto(lesson)
    expect(frame_of(page).get_by_role("status")).to_have_text("Chosen: nothing")
    assert 0 < len(loading) < 5, "only those near the window"

    for number in range(10):
        expect(frame_of(page, number).get_by_role("status")).to_have_text("Chosen: nothing")

    assert len(loading) == len(set(loading)) == 10
    at_once = page.evaluate("window.performance.getEntriesByType('navigation').length")
    assert at_once == 1
    look(page, {"exclude": [["iframe"]]})


def test_a_frame_that_cannot_be_loaded_says_so_and_loads_again(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("ERR_FAILED|Unable to find constructor|script error")
    page = signed_in(enrolment.person, **PHONE)
    page.route("**/h5p/assets/**/code/*.js", lambda route: route.abort())
    page.goto(lesson)
    page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    expect(page.get_by_text("This could not be loaded.")).to_be_visible()

    page.unroute("**/h5p/assets/**/code/*.js")
    page.get_by_role("button", name="Load again").click()

    expect(frame_of(page).get_by_role("button", name="The court")).to_be_visible()


def test_what_happens_without_a_connection_is_kept_and_sent_later(
    signed_in, lesson, enrolment, page_problems
):
    page_problems.allow("ERR_FAILED|ERR_INTERNET_DISCONNECTED")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)
    frame.get_by_role("button", name="The officer").click()
    expect(frame.get_by_role("status")).to_have_text("Chosen: officer")
    for name in ("statements", "finished", "state"):
        page.route(f"**/h5p/{name}/**", lambda route: route.abort())

    frame.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.unroute_all()

    expect(page.get_by_text("Result saved: 1 of 1.")).to_be_visible()
    assert Attempt.objects.get().score == 1


def test_a_result_without_a_connection_outlives_the_page(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)
    frame.get_by_role("button", name="The officer").click()
    wait_until(page, lambda: Attempt.objects.exists())
    page.context.set_offline(True)
    frame.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    other = page.context.new_page()
    page.close()
    assert Attempt.objects.get().score is None

    page.context.set_offline(False)
    other.goto(lesson)
    frame_of(other)

    expect(other.get_by_text("Result saved: 1 of 1.")).to_be_visible()
    assert Attempt.objects.get().score == 1
    wait_until(other, lambda: other.evaluate("Object.keys(localStorage).length") == 0)


def test_what_could_not_even_begin_outlives_the_page(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)
    expect(frame.get_by_role("status")).to_have_text("Chosen: nothing")
    page.context.set_offline(True)
    for answer in ("The court", "The officer"):
        frame.get_by_role("button", name=answer).click()
        frame.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    other = page.context.new_page()
    page.close()
    assert not Attempt.objects.exists()

    other.context.set_offline(False)
    other.goto(lesson)
    frame_of(other)

    expect(other.get_by_text("Result saved: 1 of 1.")).to_be_visible()
    assert [attempt.score for attempt in Attempt.objects.order_by("number")] == [0, 1]
    wait_until(other, lambda: other.evaluate("Object.keys(localStorage).length") == 0)


def test_one_statement_that_is_refused_takes_no_result_with_it(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("ERR_FAILED|413")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)

    def refuse(route):
        if "interacted" not in route.request.post_data:
            route.fallback()
            return
        route.fulfill(status=413, headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/h5p/begin/**", lambda route: route.abort(), times=1)
    page.route("**/h5p/statements/**", refuse)
    frame.get_by_role("button", name="The officer").click()
    frame.get_by_role("button", name="Check").click()

    expect(page.get_by_text("Result saved: 1 of 1.")).to_be_visible()
    assert {statement.verb.split("/")[-1] for statement in H5PStatement.objects.all()} == {
        "attempted",
        "answered",
    }


def test_one_may_ask_again_for_another_go_that_could_not_begin(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("ERR_FAILED")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)
    frame.get_by_role("button", name="The court").click()
    frame.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Result saved: 0 of 1.")).to_be_visible()
    page.route("**/h5p/again/**", lambda route: route.abort())
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    # By then the place of the attempt before would have been saved, for the new one.
    page.wait_for_timeout(2500)
    page.unroute_all()

    page.get_by_role("button", name="Try again").click()

    expect(frame_of(page).get_by_role("status")).to_have_text("Chosen: nothing")
    page.reload()
    expect(frame_of(page).get_by_role("status")).to_have_text("Chosen: nothing")
    assert Attempt.objects.count() == 2


def test_without_javascript_the_text_takes_its_place(signed_in, lesson, enrolment, look):
    page = signed_in(enrolment.person, java_script_enabled=False, **PHONE)

    page.goto(lesson)

    expect(page.get_by_text("Interactive content needs JavaScript.")).to_be_visible()
    expect(page.get_by_text("What an exhibit needs before it is sealed.")).to_be_visible()
    expect(page.get_by_role("button", name="Full screen")).to_have_count(0)


def test_what_reports_nothing_is_marked_as_done_by_hand(signed_in, lesson, enrolment, activity):
    activity.completion_rule = "marked"
    activity.save()
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame = frame_of(page)
    frame.get_by_role("button", name="The court").click()

    page.get_by_role("button", name="Mark as done").click()

    expect(page.get_by_text("Done", exact=True).locator("..")).to_be_focused()
    expect(frame.get_by_role("status")).to_have_text("Chosen: court")
    assert enrolment.completions.filter(activity=activity).exists()


def test_it_is_played_in_arabic_and_fills_the_screen(signed_in, lesson, enrolment, activity, look):
    translate(activity.placements.get().lesson, "ar", "ختم الأدلة")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson.replace("/en/", "/ar/"))
    expect(frame_of(page).get_by_role("button", name="The court")).to_be_visible()
    look(page, {"exclude": [["iframe"]]})

    page.locator("[data-h5p-full]").click()
    wait_until(page, lambda: page.evaluate("document.fullscreenElement?.tagName") == "IFRAME")
    expect(frame_of(page).locator("html.fills-the-screen")).to_have_count(1)
    page.keyboard.press("Escape")


@pytest.mark.skipif(not REAL.exists(), reason="The packages of other systems are not on this machine.")
def test_a_package_of_another_system_plays(signed_in, live_site):
    with REAL.open("rb") as file:
        content = import_package(file, REAL.name, by=None, approve=True).content
    activity = make_interactive(make_course(), content=content)
    enrolment = make_enrolment(make_edition(activity.course))
    page = signed_in(enrolment.person, **PHONE)
    path = [enrolment.edition.code, activity.placements.get().lesson_id]
    page.goto(live_site.url + reverse("learning:lesson", args=path))
    frame = frame_of(page)

    frame.get_by_role("radio").first.click()
    frame.get_by_role("button", name="Check").click()

    expect(page.get_by_text("Result saved: 0 of 1.")).to_be_visible()
    assert {statement.verb.split("/")[-1] for statement in H5PStatement.objects.all()} == {
        "attempted",
        "interacted",
        "answered",
    }
