"""An author brings a Moodle file into a bank and takes it out again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from tests.assessments.exchange.test_importing import GIFT
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank
from tests.factories.courses import give_course_role, make_course

OUR_PART = "#main"


@pytest.fixture
def author(transactional_db):
    return make_staff(first_name="Rosa")


def test_questions_come_in_after_a_look_at_them_and_leave_as_a_file(
    signed_in, live_site, author, axe, tmp_path
):
    bank = make_bank(make_course())
    give_course_role(author, bank.course, Role.AUTHOR)
    file = tmp_path / "law.gift"
    file.write_text(GIFT)
    page = signed_in(author)

    page.goto(live_site.url + reverse("question_bank:bank", args=[bank.pk]))
    page.get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(file)
    axe(page, OUR_PART)
    page.get_by_role("button", name="Look at the file").click()

    expect(page.get_by_role("row", name="Just text")).to_contain_text("Does not come in.")
    expect(page.get_by_role("row", name="One")).to_contain_text("Comes in as a draft.")
    axe(page, OUR_PART)
    page.get_by_role("link", name="Not understood 1").click()
    expect(page.get_by_role("row", name="What first?")).to_have_count(0)

    page.get_by_role("button", name="Bring in 2 questions").click()
    expect(page.get_by_text("2 questions came in as drafts.")).to_be_visible()
    axe(page, OUR_PART)
    page.get_by_role("link", name="To the bank").click()
    expect(page.get_by_role("link", name="Two")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    assert b"<text>Two</text>" in download.value.path().read_bytes()
