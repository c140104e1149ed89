"""A registrar enters awards of other years from a spreadsheet; a stranger verifies one on a phone."""

import pytest
from playwright.sync_api import expect

from certificates.models import Award
from certificates.verification import verify
from tests.certificates.test_past_awards import row, workbook
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type

pytestmark = pytest.mark.django_db(transaction=True)


def test_awards_of_other_years_are_entered_and_verified(signed_in, live_site, page_problems, look, tmp_path):
    make_award_type(languages=("en", "ar"), name="Past completion")
    make_person("amina@example.org", first_name="Amina", last_name="Diallo")
    file = tmp_path / "register-2012.xlsx"
    file.write_bytes(
        workbook(
            row(email="amina@example.org"),
            row(number="CERT/2012/0418", name="Łukasz Nowak", email="gone@example.org"),
            row(number="CERT/2012/0419", name="عبد الله", day="30/04/2012"),
        )
    )
    page = signed_in(make_staff("registrar"), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/certificates/register/")
    page.goto(f"{live_site.url}/cms/past-awards/")
    look(page)
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_text("2 awards will be entered.")).to_be_visible()
    expect(page.get_by_text("“30/04/2012” is no day.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="To look at twice").click()
    expect(page.get_by_text("No account has the address gone@example.org")).to_be_visible()
    page.get_by_label("Reason").fill("Register of 2012, kept on paper")
    page.get_by_role("button", name="Enter 2 awards").click()
    expect(page.get_by_role("link", name="CERT/2012/0417")).to_be_visible()
    page.reload()  # without the CMS's message, which is pale while it fades in
    look(page)
    page.get_by_role("link", name="CERT/2012/0417").click()
    expect(page.get_by_text("Given before this site kept the register.")).to_be_visible()

    code = verify(Award.objects.get(number="CERT/2012/0417").code, "en").code
    stranger = page.context.browser.new_page(**PHONE)
    stranger.goto(f"{live_site.url}/ar/verify/{code}/")
    look(stranger)
    expect(stranger.get_by_text("Amina Diallo")).to_be_visible()
    stranger.close()
