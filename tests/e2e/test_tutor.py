"""A learner asks the tutor from a lesson and is answered there and by e-mail; nobody else reads it."""

from playwright.sync_api import expect

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course, make_lesson
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

QUESTION = "Which court is competent when the account is abroad?"
ANSWER = "The court of the place where the measure is executed; see the next lesson."


def test_a_question_is_asked_and_answered(live_site, mailbox, person, signed_in, look):
    course = make_course("Tracing criminal assets")
    lesson = make_lesson(course, "Follow the money", read=True)
    edition = make_tutored_edition(course, code="tutored")
    make_enrolment(edition, person)
    stranger = make_enrolment(edition, make_person(first_name="Omar")).person
    tutor = make_staff(first_name="Ngozi", last_name="Adeyemi")
    give_edition_role(tutor, edition, Role.TUTOR)

    asking = signed_in(person, viewport={"width": 360, "height": 740})
    asking.goto(f"{live_site.url}/en/learn/tutored/{lesson.pk}/")
    asking.get_by_role("main").locator("textarea").fill(QUESTION)
    asking.get_by_role("button", name="Send the question").click()
    expect(asking.get_by_role("main").get_by_text(QUESTION)).to_be_visible()
    thread = asking.url
    look(asking)

    answering = signed_in(tutor, viewport={"width": 1280, "height": 860})
    answering.goto(f"{live_site.url}/cms/")
    answering.get_by_role("link", name="Tutoring").first.click()
    answering.get_by_role("link", name="Amara Okello: Follow the money").click()
    expect(answering.get_by_text(QUESTION)).to_be_visible()
    answering.get_by_role("main").locator("textarea").fill(ANSWER)
    with answering.expect_navigation():
        answering.get_by_role("button", name="Send the answer").click()

    asking.goto(f"{live_site.url}/mailbox/")
    asking.get_by_role("main").locator("ol.listing a").first.click()
    expect(asking.get_by_role("main")).to_contain_text(ANSWER)
    asking.goto(thread)
    expect(asking.get_by_text(ANSWER)).to_be_visible()
    look(asking)

    curious = signed_in(stranger)
    assert curious.request.get(thread).status == 404
