"""A learner whose browser runs no scripts enrols, reads, marks as done, takes a quiz and keeps a profile."""

from playwright.sync_api import expect

from accounts.models import Role
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, make_unit
from tests.factories.enrolments import (
    give_edition_role,
    make_edition,
    make_enrolment,
    make_tutored_edition,
)

PLAIN = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}


def test_a_course_is_taken_without_scripts(live_site, person, signed_in):
    course = make_course("Tracing criminal assets")
    unit = make_unit(course)
    make_lesson(unit, "Follow the money", read=True)
    quiz = make_quiz(course, placed=False, shuffle_options=False)
    make_lesson(unit, "Check yourself", activities=[quiz])
    make_edition(course, code="assets", enrolment_key="river")
    page = signed_in(person, **PLAIN)
    main = page.get_by_role("main")

    page.goto(f"{live_site.url}{course.url}")
    main.locator(".course__action a.button").click()
    main.get_by_label("Enrolment key").fill("river")
    main.get_by_role("button", name="Enrol in this course").click()
    main.get_by_role("link", name="Begin").first.click()
    main.get_by_role("button", name="Mark as read").click()
    expect(main.get_by_text("You have read this lesson.")).to_be_visible()
    main.locator("a[rel=next]").click()
    main.get_by_role("link", name="Open the quiz").click()
    main.get_by_role("button", name="Begin the quiz").click()
    for number in (1, 2):
        page.locator(f"#question-{number}").get_by_text("Freeze it").click()
    main.get_by_role("button", name="Look over your answers").click()
    expect(main.get_by_text("All questions are answered.")).to_be_visible()
    main.get_by_role("button", name="Hand in").click()

    expect(main.get_by_role("heading", name="Passed")).to_be_visible()
    assert person.enrolments.get().course_completion


def test_a_profile_keeps_what_was_typed_and_a_question_reaches_the_tutor(
    live_site, person, signed_in, page_problems
):
    page_problems.allow("422")  # a profile without its answers
    course = make_course("Tracing criminal assets")
    lesson = make_lesson(course, "Follow the money", read=True)
    edition = make_tutored_edition(course, code="tutored")
    make_enrolment(edition, person)
    give_edition_role(make_staff(), edition, Role.TUTOR)
    page = signed_in(person, **PLAIN)
    main = page.get_by_role("main")

    page.goto(f"{live_site.url}/en/accounts/profile/")
    main.get_by_label("Institution").fill("High Court")
    main.get_by_role("button", name="Save").click()
    expect(main.get_by_label("Institution")).to_have_value("High Court")
    expect(main.locator("[aria-invalid=true]").first).to_be_visible()
    main.locator("[name=country]").select_option(label="Uganda")
    main.locator("[name=gender]").select_option(value="undisclosed")
    main.locator("[name=profession]").select_option(label="Trial judge")
    main.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your profile has been saved.")).to_be_visible()

    page.goto(f"{live_site.url}/en/learn/{edition.code}/{lesson.pk}/")
    main.locator("textarea").fill("Which court is competent?")
    main.get_by_role("button", name="Send the question").click()
    expect(main.get_by_text("Which court is competent?")).to_be_visible()
