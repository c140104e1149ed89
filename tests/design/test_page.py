"""The frame of every page: language, direction, landmarks, the switch of languages, and pages for bad luck."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = make_person(is_superuser=True)
    client.force_login(person)
    return client


@pytest.mark.parametrize("address", ["/en/styleguide/", "/en/styleguide/classroom/"])
def test_the_style_guide_is_for_staff(client, address):
    assert client.get(address).status_code == 404
    client.force_login(make_person())
    assert client.get(address).status_code == 404


def test_the_style_guide_shows_every_component(staff):
    assert staff.get("/en/styleguide/").status_code == 200
    assert staff.get("/en/styleguide/nothing/").status_code == 404


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_a_page_names_its_language_and_direction(staff, language, direction):
    page = BeautifulSoup(staff.get(f"/{language}/styleguide/home/").content, "html.parser")

    assert page.html["lang"] == language
    assert page.html["dir"] == direction
    assert page.find("a", class_="skip-link")["href"] == "#main"
    assert page.find("main", id="main") is not None
    assert len(page.find_all("h1")) == 1


def test_the_language_switch_keeps_the_place(staff):
    page = BeautifulSoup(staff.get("/en/styleguide/quiz/?page=2").content, "html.parser")

    assert page.find("a", hreflang="ar")["href"] == "/ar/styleguide/quiz/?page=2"


def test_a_page_without_a_language_in_its_address_posts_the_choice():
    request = RequestFactory().get("/verify/ABC/")
    with translation.override("en"):
        switch = render_to_string("components/language_menu.html", {}, request)

    assert (
        BeautifulSoup(switch, "html.parser").find("button", {"name": "language", "value": "fr"}) is not None
    )


def test_a_page_that_is_not_translated_leads_to_the_front_page_of_the_language():
    request = RequestFactory().get("/en/about/")
    with translation.override("en"):
        context = {"translations": {"fr": "/fr/a-propos/"}}
        switch = BeautifulSoup(
            render_to_string("components/language_menu.html", context, request), "html.parser"
        )

    assert switch.find("a", hreflang="fr")["href"] == "/fr/a-propos/"
    assert switch.find("a", hreflang="ar")["href"] == "/ar/"


@pytest.mark.parametrize(
    "name", ["home", "catalogue", "course", "classroom", "quiz", "result", "my-learning", "profile", "thread"]
)
def test_no_page_needs_an_inline_script_or_style(staff, name):
    html = staff.get(f"/en/styleguide/{name}/").content.decode()

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_pages_for_bad_luck_can_be_drawn_without_a_context(name):
    page = BeautifulSoup(render_to_string(f"{name}.html"), "html.parser")

    assert page.h1.get_text().strip()
    assert page.main is not None


@pytest.mark.parametrize("address", ["login", "signup", "password/reset"])
def test_signing_in_looks_like_the_rest(client, address):
    page = BeautifulSoup(client.get(f"/en/accounts/{address}/").content, "html.parser")

    assert page.html["lang"] == "en"
    assert page.find("main", id="main").form["class"] == ["form"]
    assert page.find("link", rel="stylesheet")["href"] == "/static/css/site.css"
