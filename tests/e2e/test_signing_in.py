"""The first page of every journey, and what our browser tests refuse to overlook."""

import pytest


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("page_name", ["login", "signup", "password/reset"])
def test_the_pages_before_signing_in_are_accessible_on_a_phone(
    live_site, new_context, axe, language, page_name
):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()

    page.goto(f"{live_site.url}/{language}/accounts/{page_name}/")

    axe(page)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_somebody_signs_in_with_address_and_password(live_site, page, django_user_model):
    person = django_user_model.objects.create_user(
        "mira@example.org", "a long pass phrase", first_name="Mira"
    )
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    page.goto(f"{live_site.url}/en/accounts/login/")

    page.get_by_label("Email").fill("mira@example.org")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("main").get_by_role("button", name="Sign In", exact=True).click()
    page.wait_for_load_state()

    assert "/accounts/login/" not in page.url
