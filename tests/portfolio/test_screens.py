"""The staff screens of the portfolio in the Wagtail admin."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation.audit.models import Entry
from portfolio.models import (
    Country,
    Donor,
    Framework,
    Office,
    Partner,
    Profession,
    Project,
    SustainableGoal,
    Theme,
)

pytestmark = pytest.mark.django_db

SCREENS = [
    "frameworks",
    "projects",
    "donors",
    "partners",
    "offices",
    "themes",
    "professions",
    "countries",
    "goals",
]


@pytest.fixture
def staff(django_user_model):
    """Somebody who may open the CMS and, until a test says more, nothing else."""
    person = django_user_model.objects.create_user(
        email="staff@demo.example", password="correct horse battery"
    )
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


@pytest.fixture
def allow(staff):
    def add(*codenames):
        staff.user_permissions.add(*Permission.objects.filter(codename__in=codenames))

    return add


@pytest.fixture
def staff_client(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def project():
    donor = Donor.objects.create(name="Fund for Justice", acronym="FFJ")
    project = Project.objects.create(code="P-1", name="Assets")
    project.donors.add(donor)
    return project


def url(screen, view="index", *args):
    return reverse(f"portfolio_{screen}:{view}", args=args)


def form_of(**values):
    languages = dict.fromkeys(["name_fr", "name_ar", "name_es", "name_ru", "name_zh_hans"], "")
    return languages | values


def framework_form(framework, **values):
    """What the browser would send for a framework, its priorities and their results as they are."""
    priorities = []
    for priority in framework.priorities.order_by("number"):
        results = [
            form_of(id=result.pk, number=result.number, name=result.name)
            for result in priority.expected_results.order_by("number")
        ]
        priorities.append(
            form_of(
                id=priority.pk,
                number=priority.number,
                name=priority.name,
                expected_results=inline_formset(results, initial=len(results)),
            )
        )
    fields = form_of(
        name=framework.name,
        slug=framework.slug,
        starts_on=framework.starts_on,
        ends_on=framework.ends_on,
        source="",
        priorities=inline_formset(priorities, initial=len(priorities)),
    )
    return nested_form_data(fields) | values


def messages_of(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_shown_to_those_who_may_view_and_refused_to_others(staff_client, allow, screen):
    refused = staff_client.get(url(screen))
    model = {"countries": "country", "goals": "sustainablegoal"}.get(screen, screen.removesuffix("s"))
    allow(f"view_{model}")
    allowed = staff_client.get(url(screen))

    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))
    assert allowed.status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_a_stranger_is_asked_to_sign_in(client, screen):
    response = client.get(url(screen))

    assert response.status_code == 302
    assert "next=" in response.url


def test_a_name_is_given_in_every_language(staff_client, allow):
    allow("add_theme")

    staff_client.post(
        url("themes", "add"),
        form_of(name="Piracy", name_fr="Piraterie", name_ar="القرصنة", slug="piracy", position=20),
    )

    assert Theme.objects.get(slug="piracy").names == {"fr": "Piraterie", "ar": "القرصنة"}


def test_a_form_shows_the_names_there_are_in_inputs_of_their_language(staff_client, allow):
    allow("change_theme")
    theme = Theme.objects.get(slug="cbrn")

    page = staff_client.get(url("themes", "edit", theme.pk)).content.decode()

    assert theme.names["ar"] in page
    assert 'lang="ar"' in page


def test_a_name_that_is_emptied_is_forgotten(staff_client, allow):
    allow("change_theme")
    theme = Theme.objects.get(slug="cbrn")

    staff_client.post(
        url("themes", "edit", theme.pk), form_of(name=theme.name, name_fr="NRBC", slug="cbrn", position=6)
    )

    theme.refresh_from_db()
    assert theme.names == {"fr": "NRBC"}


def test_adding_is_recorded(staff_client, staff, allow):
    allow("add_donor")

    staff_client.post(url("donors", "add"), form_of(name="Fund", acronym="F", country=""))

    entry = Entry.objects.get(action="portfolio.add_donor")
    assert entry.actor == staff
    assert entry.after["name"] == "Fund"


def test_changing_records_what_changed_and_nothing_else(staff_client, allow):
    allow("change_donor")
    donor = Donor.objects.create(name="Fund", acronym="F")

    staff_client.post(url("donors", "edit", donor.pk), form_of(name="Fund", acronym="FND", country=""))

    entry = Entry.objects.get(action="portfolio.change_donor")
    assert (entry.before, entry.after) == ({"acronym": "F"}, {"acronym": "FND"})


def test_saving_without_a_change_records_nothing(staff_client, allow):
    allow("change_donor")
    donor = Donor.objects.create(name="Fund", acronym="F")

    staff_client.post(url("donors", "edit", donor.pk), form_of(name="Fund", acronym="F", country=""))

    assert not Entry.objects.filter(action="portfolio.change_donor").exists()


def test_a_project_keeps_its_donors_and_the_log_says_which(staff_client, allow, project):
    allow("change_project")
    other = Donor.objects.create(name="Other fund")

    staff_client.post(
        url("projects", "edit", project.pk),
        form_of(name="Assets", code="P-1", donors=[other.pk], starts_on="", ends_on=""),
    )

    entry = Entry.objects.get(action="portfolio.change_project")
    assert list(project.donors.all()) == [other]
    assert (entry.before["donors"], entry.after["donors"]) == (["Fund for Justice"], ["Other fund"])


def test_a_project_chooses_expected_results_by_their_reference(staff_client, allow):
    allow("add_project")

    page = staff_client.get(url("projects", "add")).content.decode()

    assert "2019-2022/2.2 States are able to trace" in page


def test_what_is_in_use_is_not_deleted_and_a_sentence_says_why(staff_client, allow, project):
    allow("change_donor", "delete_donor")
    donor = project.donors.get()

    asked = staff_client.get(url("donors", "delete", donor.pk))
    told = staff_client.post(url("donors", "delete", donor.pk))

    assert asked.url == told.url == url("donors", "edit", donor.pk)
    assert "“Fund for Justice” is in use (Projects) and cannot be deleted." in messages_of(told)
    assert Donor.objects.filter(pk=donor.pk).exists()


@pytest.mark.parametrize(
    ("screen", "model", "lookup"),
    [
        ("professions", "profession", lambda: Profession.objects.get(slug="police")),
        ("frameworks", "framework", lambda: Framework.objects.get(slug="2019-2022")),
    ],
)
def test_what_is_in_use_by_its_parts_is_not_deleted(staff_client, allow, project, screen, model, lookup):
    allow(f"change_{model}", f"delete_{model}")
    row = lookup()
    project.expected_results.add(
        Framework.objects.get(slug="2019-2022").priorities.first().expected_results.first()
    )

    response = staff_client.post(url(screen, "delete", row.pk))

    assert "cannot be deleted" in messages_of(response)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_uses_is_deleted_and_recorded(staff_client, allow):
    allow("delete_theme")
    theme = Theme.objects.create(name="Piracy", slug="piracy")

    staff_client.post(url("themes", "delete", theme.pk))

    assert not Theme.objects.filter(slug="piracy").exists()
    assert Entry.objects.get(action="portfolio.delete_theme").before["slug"] == "piracy"


def test_a_framework_is_changed_together_with_its_priorities_and_results(staff_client, allow):
    allow("change_framework")
    framework = Framework.objects.get(slug="2019-2022")
    form = framework_form(
        framework,
        **{"priorities-0-expected_results-1-name": "New words", "priorities-0-name_fr": "En français"},
    )

    staff_client.post(url("frameworks", "edit", framework.pk), form)

    first = framework.priorities.get(number=1)
    assert first.names == {"fr": "En français"}
    assert first.expected_results.get(number=2).name == "New words"
    assert "New words" in str(Entry.objects.get(action="portfolio.change_framework").after["priorities"])


def test_a_priority_in_use_is_not_removed_from_its_framework(staff_client, allow, project):
    allow("change_framework")
    framework = Framework.objects.get(slug="2019-2022")
    project.expected_results.add(framework.priorities.get(number=1).expected_results.get(number=1))

    response = staff_client.post(
        url("frameworks", "edit", framework.pk), framework_form(framework, **{"priorities-0-DELETE": "on"})
    )

    assert "cannot be deleted" in response.content.decode()
    assert framework.priorities.count() == 6


def test_a_result_in_use_is_not_removed_from_its_priority(staff_client, allow, project):
    allow("change_framework")
    framework = Framework.objects.get(slug="2019-2022")
    project.expected_results.add(framework.priorities.get(number=1).expected_results.get(number=1))

    response = staff_client.post(
        url("frameworks", "edit", framework.pk),
        framework_form(framework, **{"priorities-0-expected_results-0-DELETE": "on"}),
    )

    assert "cannot be deleted" in response.content.decode()


def test_a_priority_that_nothing_uses_is_removed(staff_client, allow):
    allow("change_framework")
    framework = Framework.objects.get(slug="2023-2026")

    staff_client.post(
        url("frameworks", "edit", framework.pk), framework_form(framework, **{"priorities-4-DELETE": "on"})
    )

    assert framework.priorities.count() == 4


def test_a_framework_that_ends_before_it_starts_is_returned_with_what_was_typed(staff_client, allow):
    allow("change_framework")
    framework = Framework.objects.get(slug="2023-2026")

    page = staff_client.post(
        url("frameworks", "edit", framework.pk), framework_form(framework, ends_on="2001-01-01")
    ).content.decode()

    assert "The last day comes before the first day." in page
    assert "2001-01-01" in page


def test_a_group_with_professions_does_not_become_a_profession(staff_client, allow):
    allow("change_profession")
    police, media = Profession.objects.get(slug="police"), Profession.objects.get(slug="media")

    response = staff_client.post(
        url("professions", "edit", police.pk),
        form_of(name="Police", slug="police", parent=media.pk, position=3),
    )

    police.refresh_from_db()
    assert "professions of its own" in response.content.decode()
    assert police.parent is None


@pytest.mark.parametrize(("screen", "model"), [("countries", Country), ("goals", SustainableGoal)])
def test_what_belongs_to_the_united_nations_is_edited_by_nobody(admin_client, screen, model):
    row = model.objects.first()

    for view, args in [("add", []), ("edit", [row.pk]), ("delete", [row.pk])]:
        response = admin_client.post(url(screen, view, *args), {"name": "Mine"})
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))

    assert admin_client.get(url(screen, "inspect", row.pk)).status_code == 200


@pytest.mark.parametrize("query", ["cote", "Ivoire", "ديفوار", "CI"])
def test_a_screen_is_searched_in_every_language(admin_client, query):
    page = admin_client.get(url("countries"), {"q": query}).content.decode()

    assert "Côte d&#x27;Ivoire" in page
    assert "Zimbabwe" not in page


@pytest.mark.parametrize(("screen", "query"), [("donors", "ffj"), ("projects", "p-1"), ("donors", "JUSTICE")])
def test_donors_are_found_by_acronym_and_projects_by_code(admin_client, project, screen, query):
    page = admin_client.get(url(screen), {"q": query}).content.decode()

    assert "Fund for Justice" in page or "P-1" in page


def test_countries_are_filtered_by_region(admin_client):
    region = Country.objects.get(code="ZA").region

    page = admin_client.get(url("countries"), {"region": region.pk}).content.decode()

    assert "South Africa" in page
    assert "Albania" not in page


@pytest.mark.parametrize("model", [Donor, Partner])
def test_a_list_costs_as_many_queries_with_twelve_rows_as_with_two(
    admin_client, django_assert_max_num_queries, model
):
    screen = f"{model._meta.model_name}s"
    countries = list(Country.objects.all()[:12])
    model.objects.bulk_create(model(name=f"Fund {i}", country=countries[i]) for i in range(2))
    admin_client.get(url(screen))
    with django_assert_max_num_queries(100) as two:
        admin_client.get(url(screen))
    model.objects.bulk_create(model(name=f"Fund {i}", country=countries[i]) for i in range(2, 12))

    with django_assert_max_num_queries(len(two.captured_queries)):
        admin_client.get(url(screen))


def test_offices_and_professions_are_listed_without_a_query_for_each(
    admin_client, django_assert_max_num_queries
):
    assert Office.objects.count() > 10

    for screen in ("offices", "professions"):
        admin_client.get(url(screen))
        with django_assert_max_num_queries(20):
            admin_client.get(url(screen))


def test_a_framework_offers_only_what_is_dated(staff_client, allow, time_machine):
    time_machine.move_to("2026-06-01 12:00")

    assert [framework.slug for framework in Framework.objects.current()] == ["2023-2026"]
    assert Framework.objects.current(date(2020, 6, 1)).get().slug == "2019-2022"
