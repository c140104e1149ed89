"""A tutor enters results like in a spreadsheet, somebody else was there first, the learner reads what was released."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from gradebook.models import GradeEntry, GradeScale
from gradebook.services import create_scheme, enter, release
from gradebook.typed import parse
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, place
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition
from tests.factories.gradebook import make_category, make_item
from tests.factories.learning import make_attempt

DESK = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.fixture
def scheme(live_site, person):
    """A quiz taken, a moot to be graded; Amara Okello, Omar Haddad and Wen Li."""
    course = make_course("Tracing criminal assets")
    quiz = make_quiz(course, title="Check", placed=False, questions=1)
    place(quiz, make_lesson(course, "Follow the money"))
    edition = make_tutored_edition(course, code="spring")
    for learner in (
        make_person(first_name="Omar", last_name="Haddad"),
        person,
        make_person(first_name="Wen", last_name="Vu"),
    ):
        make_attempt(make_enrolment(edition, learner), quiz, score="0.8")
    scheme = create_scheme(edition, by=None)
    make_item(make_category(scheme, name="Moot", weight=50), name="Pleading", points=20, released=False)
    return scheme


@pytest.fixture
def moot(scheme):
    return scheme.items.get(name="Pleading")


@pytest.fixture
def tutor(scheme):
    tutor = make_staff(first_name="Ngozi", last_name="Adeyemi")
    give_edition_role(tutor, scheme.edition, Role.TUTOR)
    return tutor


def cell(page, learner, item):
    return page.get_by_role("textbox", name=f"{learner} ").and_(page.locator(f'[name$="-{item.pk}"]'))


def wait_for(page, text):
    expect(page.locator("[data-said]")).to_contain_text(text)


def test_results_are_entered_from_the_keyboard(
    live_site, scheme, moot, tutor, signed_in, look, page_problems
):
    page_problems.allow("422")
    quiz = scheme.items.get(activity__isnull=False)
    page = signed_in(tutor, **DESK)
    page.goto(f"{live_site.url}/cms/gradebook/{scheme.edition_id}/")
    look(page)

    cell(page, "Omar Haddad", moot).click()
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    expect(cell(page, "Amara Okello", moot)).to_be_focused()
    wait_for(page, "Saved: Omar Haddad, Pleading.")
    expect(page.get_by_role("row", name="Omar Haddad")).to_contain_text("82\u00a0%")

    page.keyboard.type("lots")
    page.keyboard.press("ArrowDown")
    wait_for(page, "“lots” is no result.")
    expect(cell(page, "Amara Okello", moot)).to_have_value("lots")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(cell(page, "Amara Okello", moot)).to_have_value("")

    page.keyboard.press("ArrowLeft")
    expect(cell(page, "Amara Okello", quiz)).to_be_focused()
    page.keyboard.type("90")
    page.keyboard.press("Enter")
    wait_for(page, "Say why in the field “Reason”")
    page.get_by_label("Reason", exact=True).fill("A question was unclear")
    cell(page, "Amara Okello", quiz).click()
    page.keyboard.press("Enter")
    wait_for(page, "Saved: Amara Okello, Check.")
    expect(page.get_by_role("row", name="Amara Okello")).to_contain_text("changed")

    page.get_by_role("button", name="Undo").click()
    wait_for(page, "Taken back: Amara Okello, Check.")
    expect(cell(page, "Amara Okello", quiz)).to_have_value("80")
    cell(page, "Amara Okello", quiz).click()
    page.get_by_text("About this cell").click()
    expect(page.locator("[data-details]")).to_contain_text("Total so far")
    look(page)


def test_what_somebody_else_entered_stands_and_what_was_typed_is_kept(
    live_site, scheme, moot, tutor, person, signed_in, page_problems
):
    page_problems.allow("409")
    colleague = make_staff(Role.COORDINATOR, first_name="Luc", last_name="Moreau")
    page = signed_in(tutor, **DESK)
    page.goto(f"{live_site.url}/cms/gradebook/{scheme.edition_id}/")
    enter(moot, person.enrolments.get(), parse("12", moot), by=colleague)

    cell(page, "Amara Okello", moot).fill("15")
    page.keyboard.press("Enter")

    wait_for(page, "Luc Moreau has entered 12 meanwhile, and that stands.")
    expect(cell(page, "Amara Okello", moot)).to_have_value("15")
    page.get_by_label("Reason", exact=True).fill("Agreed with Luc")
    cell(page, "Amara Okello", moot).click()
    page.keyboard.press("Enter")
    wait_for(page, "Saved: Amara Okello, Pleading.")
    assert [str(entry.by) for entry in GradeEntry.objects.filter(item=moot)] == [
        "Luc Moreau",
        "Ngozi Adeyemi",
    ]


def test_a_lost_connection_is_said_and_what_was_typed_is_sent_again(
    live_site, scheme, moot, tutor, signed_in, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|Failed to load")
    page = signed_in(tutor, **DESK)
    page.goto(f"{live_site.url}/cms/gradebook/{scheme.edition_id}/")
    page.context.set_offline(True)
    cell(page, "Omar Haddad", moot).fill("17")
    page.keyboard.press("Enter")
    wait_for(page, "Not saved: there is no connection.")

    page.context.set_offline(False)
    cell(page, "Omar Haddad", moot).click()
    page.keyboard.press("Enter")

    wait_for(page, "Saved: Omar Haddad, Pleading.")
    assert GradeEntry.objects.count() == 1


def test_lines_are_pasted_looked_through_and_saved(live_site, scheme, moot, tutor, person, signed_in, look):
    page = signed_in(tutor, **DESK)
    page.goto(f"{live_site.url}/cms/gradebook/{scheme.edition_id}/paste/")
    page.get_by_label("Item").select_option("Pleading")
    page.get_by_label("Lines").fill("judge@example.org\t17,5\nnobody@example.org\t3")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("main")).to_contain_text("One result would change.")
    expect(page.get_by_role("main")).to_contain_text("“nobody@example.org” is not in this edition.")
    look(page)
    assert not GradeEntry.objects.exists()

    page.get_by_role("button", name="Save these changes").click()

    expect(cell(page, "Amara Okello", moot)).to_have_value("17.5")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_other_screens_hold_a_critical_look(
    live_site, scheme, moot, tutor, person, signed_in, look, width
):
    enrolment = person.enrolments.get()
    enter(moot, enrolment, parse("17", moot), by=tutor, comment="Well argued")
    page = signed_in(make_staff(Role.REGISTRAR), viewport={"width": width, "height": 860})
    scale = GradeScale.objects.get(slug="distinction")
    of_learner = f"gradebook/{scheme.edition_id}/learners/{enrolment.pk}/"
    for path in (
        f"gradebook/{scheme.edition_id}/setup/",
        f"gradebook/{scheme.edition_id}/release/",
        f"gradebook/{scheme.edition_id}/items/add/",
        of_learner,
        f"{of_learner}{moot.pk}/",
        f"grading-scales/edit/{scale.pk}/",
    ):
        answer = page.goto(f"{live_site.url}/cms/{path}")
        look(page)
        assert answer.ok, path
        expect(page.get_by_role("main").get_by_role("heading").first).not_to_be_empty()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_learner_reads_what_was_released_on_a_phone(
    live_site, scheme, moot, tutor, person, signed_in, look, language
):
    enter(moot, person.enrolments.get(), parse("17", moot), by=tutor, comment="Well argued")
    page = signed_in(person, **PHONE, java_script_enabled=False)
    page.goto(f"{live_site.url}/{language}/learn/spring/")
    page.locator("a[href$='/learn/spring/grades/']").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("80\u00a0%")
    expect(main).not_to_contain_text("Well argued")

    release(scheme, [moot], by=tutor)
    page.reload()

    expect(main).to_contain_text("Well argued")
    expect(main).to_contain_text("80 × 100 ÷ 150 = 53.33" if language == "en" else "80 × 100 ÷ 150 = 53,33")
    scripted = signed_in(person, **PHONE)
    scripted.goto(page.url)
    look(scripted)
