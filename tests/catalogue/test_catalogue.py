"""Searching and narrowing down what can be taken."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import PageViewRestriction

from catalogue.forms import CatalogueForm
from courses.models import ProgrammePage
from enrolments.models import Format
from portfolio.models import Priority
from tests.factories.accounts import make_person
from tests.factories.courses import make_course, make_course_index, translate
from tests.factories.enrolments import make_edition, make_enrolment, make_tutored_edition
from tests.factories.portfolio import profession, theme

pytestmark = pytest.mark.django_db


def reindexed(course):
    """Themes are written after the page: what the worker indexes later is indexed here by saving twice."""
    course.save()
    course.save()
    return course


def listing(client, query="", language="en"):
    response = client.get(f"/{language}/courses/{query}")
    assert response.status_code == 200
    return response.context["listing"]


def titles(client, query="", language="en"):
    return [card.page.title for card in listing(client, query, language).cards]


def counts(found, name):
    facet = next((facet for facet in found.facets if facet.name == name), None)
    return {option.slug: option.count for option in facet.options} if facet else {}


@pytest.fixture
def assets():
    course = make_course("Tracing criminal assets", summary="Follow the money.")
    course.themes.add(theme("asset-recovery"))
    course.audience.add(profession("judiciary"), profession("prosecution"))
    make_edition(course)
    return reindexed(course)


@pytest.fixture
def evidence():
    course = make_course("Electronic evidence", summary="Data that stands in court.", outcomes=[])
    course.themes.add(theme("cybercrime"))
    course.audience.add(profession("prosecution"), profession("financial-investigator"))
    make_tutored_edition(course)
    return reindexed(course)


def test_the_catalogue_lists_everything_by_title(client, assets, evidence):
    assert titles(client) == ["Electronic evidence", "Tracing criminal assets"]


def test_it_is_found_at_the_address_of_its_page(client, catalogue_page):
    catalogue_page.slug = "learn-with-us"
    catalogue_page.save()

    assert client.get("/en/learn-with-us/").status_code == 200
    assert client.get("/en/courses/").status_code == 404


def test_a_catalogue_that_staff_closed_asks_to_sign_in(client, catalogue_page):
    PageViewRestriction.objects.create(page=catalogue_page, restriction_type=PageViewRestriction.LOGIN)

    assert "/accounts/login/" in client.get(reverse("catalogue:catalogue")).url


def test_in_a_language_without_catalogue_its_address_leads_to_the_one_there_is(client):
    assert client.get("/es/courses/").url == "/en/courses/"


@pytest.mark.parametrize(
    "query", ["asset", "ASSETS", "trace", "recovery", "recouvrement d'avoirs", "استرداد"]
)
def test_a_course_is_found_by_title_outcome_or_theme_in_any_language(client, assets, evidence, query):
    assert titles(client, f"?q={query}") == ["Tracing criminal assets"]


def test_an_arabic_reader_finds_a_course_by_its_french_words_and_reads_it_in_its_source_language(
    client, assets
):
    make_course_index("ar")
    translate(assets, "fr", "Dépister les avoirs criminels")

    found = listing(client, "?q=depister", "ar")

    assert [(card.page.title, card.language) for card in found.cards] == [("Tracing criminal assets", "en")]


def test_a_course_is_listed_once_in_the_language_of_its_reader(client, assets):
    translate(assets, "fr", "Dépister les avoirs criminels")

    assert titles(client) == ["Tracing criminal assets"]
    assert titles(client, language="fr") == ["Dépister les avoirs criminels"]


def test_title_words_come_before_words_of_the_summary(client):
    make_course("Money and crime", summary="With a word on evidence.")
    make_course("Evidence", summary="What a court believes.")

    assert titles(client, "?q=evidence") == ["Evidence", "Money and crime"]
    assert titles(client, "?q=evidence&sort=title") == ["Evidence", "Money and crime"]
    assert titles(client, "?q=money+evidence") == ["Money and crime"]


@pytest.mark.parametrize("query", ["?q=zebra", "?q=!!!", "?theme=cybercrime&language=fr"])
def test_no_result_says_what_to_do(client, evidence, query):
    response = client.get(f"/en/courses/{query}")

    assert "remove a filter" in response.content.decode()
    assert "Show the whole catalogue" in response.content.decode()


def test_choices_of_one_facet_widen_and_those_of_several_narrow_down(client, assets, evidence):
    assert titles(client, "?theme=cybercrime") == ["Electronic evidence"]
    assert len(titles(client, "?theme=cybercrime&theme=asset-recovery")) == 2
    assert titles(client, "?theme=cybercrime&profession=judiciary") == []


def test_a_profession_counts_for_its_group(client, assets, evidence):
    assert titles(client, "?profession=police") == ["Electronic evidence"]


def test_counts_say_what_each_choice_would_leave(client, assets, evidence):
    everything, narrowed = listing(client), listing(client, "?profession=judiciary")

    assert counts(everything, "profession") == {"judiciary": 1, "prosecution": 2, "police": 1}
    assert counts(everything, "format") == {"self_study": 1, "tutored": 1}
    assert counts(narrowed, "profession") == counts(everything, "profession")
    assert counts(narrowed, "format") == {"self_study": 1}


def test_past_editions_give_no_format(client, assets):
    today = assets.editions.get().starts_on
    make_edition(assets, format=Format.BLENDED, starts_on=today, ends_on=today)

    assert counts(listing(client), "format") == {"self_study": 1}


def test_only_priorities_in_force_are_offered(client, assets):
    assets.priorities.add(
        Priority.objects.get(framework__slug="2019-2022", number=1),
        Priority.objects.get(framework__slug="2023-2026", number=2),
    )
    assets.save()

    assert counts(listing(client), "priority") == {"2023-2026.2": 1}


def test_the_academic_route_shows_programmes_and_their_courses(client, catalogue_page, assets, evidence):
    programme = catalogue_page.add_child(instance=ProgrammePage(title="LL.M.", slug="llm"))
    programme.courses.add(evidence)
    programme.save()

    assert titles(client, "?route=academic") == ["LL.M.", "Electronic evidence"]
    assert titles(client, "?route=professional") == ["Electronic evidence", "Tracing criminal assets"]


@pytest.mark.parametrize(
    "query",
    ["?theme=nothing", "?page=zebra", "?page=99", "?sort=price", "?q=" + "a" * 300, "?q=%00", "?language="],
)
def test_what_makes_no_sense_in_the_address_is_ignored(client, assets, query):
    assert titles(client, query) == ["Tracing criminal assets"]


def test_each_choice_can_be_taken_back(client, assets):
    found = listing(client, "?q=assets&theme=asset-recovery&theme=nothing")

    assert [(choice.label, choice.query) for choice in found.choices] == [
        ("“assets”", "theme=asset-recovery"),
        ("Asset recovery", "q=assets"),
    ]


def test_the_address_of_what_is_asked_asks_it_again():
    asked = "q=fonds+gel%C3%A9s&theme=a&theme=b&sort=title"

    assert CatalogueForm(QueryDict(asked)).criteria().query == asked


def test_results_come_in_pages_of_twenty(client):
    for number in range(21):
        make_course(f"Course {number:02}")

    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == ["Course 20"]


def test_a_result_says_how_this_person_gets_in(client, assets):
    open_to_all = listing(client).cards[0].offer.way_in
    person = make_person()
    make_enrolment(assets.editions.get(), person)
    client.force_login(person)

    assert open_to_all == "Open to everyone: enrol now"
    assert listing(client).cards[0].offer.way_in == "You are enrolled"


def test_htmx_receives_the_results_alone_and_caches_know_it(client, assets):
    response = client.get("/en/courses/?q=assets", headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert "Tracing criminal assets" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_going_back_with_htmx_receives_the_whole_page(client, assets):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get("/en/courses/", headers=headers).content.decode()
