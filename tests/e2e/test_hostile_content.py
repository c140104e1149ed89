"""Code in content that wants more than it may: it gets nowhere, whatever it tries."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from h5p.services.importing import import_package
from learning.models import H5PState
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive
from tests.h5p.players import SCRIPT, playable_package

# Each attempt answers with what it got; "nothing" is what it should get. One that never settles counts as nothing.
HOSTILE = """
(function () {
  var tried = {};
  var results = document.createElement("pre");
  results.id = "results";
  var site = location.protocol + "//" + location.host;
  var attempts = {
    "the page around": function () { return parent.document.body.innerText; },
    "the top page": function () { return top.document.title; },
    "the address of the page": function () { return parent.location.href; },
    "the element it is in": function () { return window.frameElement && window.frameElement.outerHTML; },
    "cookies": function () { return document.cookie; },
    "kept by the site": function () { return localStorage.getItem("secret"); },
    "databases": function () { return indexedDB.open("secret").constructor.name; },
    "another name": function () { document.domain = document.domain; return "named"; },
    "code made of text": function () { return new Function("return 'ran'")(); },
    "an inline script": function () {
      var script = document.createElement("script");
      script.textContent = "window.ranInline = 'ran';";
      document.head.appendChild(script);
      return window.ranInline;
    },
    "my learning": function () {
      return fetch(site + "/en/learn/", { credentials: "include" }).then(function (page) { return page.text(); });
    },
    "my learning, unread": function () {
      var options = { credentials: "include", mode: "no-cors" };
      return fetch(site + "/en/learn/", options).then(function () { return "sent"; });
    },
    "another site": function () {
      return fetch("http://127.0.0.2:9/").then(function () { return "sent"; });
    },
    "a picture as a message": function () {
      return new Promise(function (resolve, reject) {
        var picture = new Image();
        picture.onload = function () { resolve("sent"); };
        picture.onerror = reject;
        picture.src = site + "/en/learn/?stolen";
      });
    },
    "a worker": function () { navigator.serviceWorker.register(site + "/static/js/menus.js"); return ""; },
    "a frame of the site": function () {
      return new Promise(function (resolve, reject) {
        var frame = document.createElement("iframe");
        frame.onload = function () { resolve(frame.contentDocument && frame.contentDocument.title); };
        setTimeout(reject, 500);
        frame.src = site + "/en/learn/";
        document.body.appendChild(frame);
      });
    },
    "a form of the site": function () {
      var form = document.createElement("form");
      form.action = site + "/set-language/";
      form.method = "post";
      document.body.appendChild(form);
      form.submit();
      return "";
    },
    "another top page": function () { top.location.href = site + "/stolen"; return ""; },
    "a window": function () { var opened = window.open(site + "/en/learn/"); return opened && opened.document.title; },
    "files of others": function () {
      return fetch(site + "/media/images/1.png").then(function (answer) { return answer.text(); });
    },
  };
  var note = function (name, got) {
    tried[name] = got ? String(got).slice(0, 60) : "nothing";
    results.textContent = JSON.stringify(tried);
  };
  document.addEventListener("DOMContentLoaded", function () {
    document.body.appendChild(results);
    var all = Object.keys(attempts).map(function (name) {
      var got;
      try { got = Promise.resolve(attempts[name]()); } catch (error) { got = Promise.reject(error); }
      return got.then(function (value) { note(name, value); }, function () { note(name, ""); });
    });
    Promise.all(all).then(function () { results.dataset.done = Object.keys(attempts).length; });
  });
})();
"""


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def enrolment():
    content = import_package(
        playable_package(script=HOSTILE + SCRIPT), "evil.h5p", by=None, approve=True
    ).content
    activity = make_interactive(make_course(), content=content)
    return make_enrolment(make_edition(activity.course))


@pytest.fixture
def lesson(live_site, enrolment):
    placement = enrolment.edition.course.activities.get().placements.get()
    return live_site.url + reverse("learning:lesson", args=[enrolment.edition.code, placement.lesson_id])


def test_hostile_code_gets_nowhere(signed_in, lesson, live_site, enrolment, page_problems):
    page_problems.allow("")
    page = signed_in(enrolment.person)
    sent, opened = [], []
    page.context.on("request", lambda request: sent.append(request))
    page.context.on("page", lambda new: opened.append(new))
    page.goto(lesson)
    page.evaluate("localStorage.setItem('secret', 'of the site'); document.cookie = 'mine=1'")
    page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.h5p-frame__frame")

    results = frame.locator("#results[data-done]")
    results.wait_for(state="attached")
    tried = page.frames[1].evaluate("JSON.parse(document.getElementById('results').textContent)")

    assert len(tried) == int(results.get_attribute("data-done")) >= 16
    assert {name: got for name, got in tried.items() if got != "nothing"} == {}
    assert page.url == lesson
    assert not any(
        window.url.startswith(f"{live_site.url}/en/learn/") and window.title() for window in opened
    )
    from_frame = [request for request in sent if "/h5p/assets/" in request.url or "stolen" in request.url]
    assert from_frame
    assert not any("cookie" in request.all_headers() for request in from_frame)
    assert page.frames[1].evaluate("self.origin") == "null"


def test_what_it_says_to_the_lesson_is_believed_of_its_own_height_alone(
    signed_in, lesson, enrolment, page_problems
):
    page_problems.allow("")
    page = signed_in(enrolment.person)
    page.goto(lesson)
    page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.h5p-frame__frame")
    expect(frame.get_by_role("button", name="Check")).to_be_visible()

    page.frames[1].evaluate(
        """() => {
            for (const action of ["load", "constructor", "__proto__", "tell", "say", "again"]) {
                parent.postMessage({ context: "interactive", action, height: 1 }, "*");
            }
            parent.postMessage({ context: "interactive", action: "resize", height: 1e9 }, "*");
            parent.postMessage({ context: "interactive", action: "resize", height: "<b>" }, "*");
        }"""
    )
    page.wait_for_timeout(200)

    assert page.locator("iframe").evaluate("frame => frame.clientHeight") <= 30_000
    assert page.locator("iframe").count() == 1
    assert not H5PState.objects.exists()


def test_messages_from_elsewhere_are_not_listened_to(signed_in, lesson, enrolment, page_problems):
    page_problems.allow("")
    page = signed_in(enrolment.person)
    page.goto(lesson)
    page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.h5p-frame__frame")
    expect(frame.get_by_role("button", name="Check")).to_be_visible()

    page.evaluate("postMessage({ context: 'interactive', action: 'resize', height: 5000 }, '*')")
    page.wait_for_timeout(200)

    assert page.locator("iframe").evaluate("frame => frame.clientHeight") != 5000


def test_the_player_opened_by_itself_has_no_more_rights(
    signed_in, live_site, lesson, enrolment, page_problems
):
    page_problems.allow("")
    page = signed_in(enrolment.person)
    page.goto(lesson)

    # By itself it is its own top page, and may lead that elsewhere.
    page.route("**/stolen", lambda route: route.fulfill(status=204))
    src = page.locator("[data-h5p-frame]").get_attribute("data-src")

    page.goto(live_site.url + src, wait_until="commit")
    page.locator("#results[data-done]").wait_for(state="attached")

    assert page.evaluate("self.origin") == "null"
    tried = page.evaluate("JSON.parse(document.getElementById('results').textContent)")
    assert tried["cookies"] == tried["my learning"] == tried["kept by the site"] == "nothing"
