"""The reference data every installation starts with."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils.translation import override

from portfolio import receivers
from portfolio.models import (
    Country,
    CountryStatus,
    ExpectedResult,
    Framework,
    Office,
    Priority,
    Profession,
    Region,
    SustainableGoal,
    Theme,
)
from portfolio.services import load_reference_data

pytestmark = pytest.mark.django_db

LANGUAGES = {"fr", "ar", "es", "ru", "zh-hans"}


def test_every_database_has_the_members_and_observers_of_the_united_nations():
    by_status = {status: Country.objects.filter(status=status).count() for status in CountryStatus}

    assert by_status == {"member": 193, "observer": 2, "area": 46}


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("PS", "en", "State of Palestine"),
        ("PS", "ar", "دولة فلسطين"),
        ("TR", "en", "Türkiye"),
        ("VN", "fr", "Viet Nam"),
        ("KP", "en", "Democratic People's Republic of Korea"),
        ("KR", "fr", "République de Corée"),
        ("IR", "en", "Iran (Islamic Republic of)"),
        ("BO", "ar", "بوليفيا (دولة - المتعددة القوميات)"),
        ("VE", "es", "Venezuela (República Bolivariana de)"),
        ("RU", "ru", "Российская Федерация"),
        ("SY", "ar", "الجمهورية العربية السورية"),
        ("TZ", "fr", "République-Unie de Tanzanie"),
        ("LA", "en", "Lao People's Democratic Republic"),
        ("CI", "ar", "كوت ديفوار"),
        ("CV", "fr", "Cabo Verde"),
        ("SZ", "en", "Eswatini"),
        ("MK", "fr", "Macédoine du Nord"),
        ("CZ", "en", "Czechia"),
        ("MD", "ru", "Республика Молдова"),
        ("FM", "en", "Micronesia (Federated States of)"),
        ("BN", "zh-hans", "文莱达鲁萨兰国"),
        ("NL", "en", "Netherlands (Kingdom of the)"),
        ("GB", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("US", "zh-hans", "美利坚合众国"),
        ("VA", "en", "Holy See"),
    ],
)
def test_countries_have_the_names_that_the_united_nations_uses(code, language, name):
    with override(language):
        assert Country.objects.get(code=code).label == name


def test_what_the_united_nations_does_not_list_as_an_area_of_its_own_is_not_listed():
    assert not Country.objects.filter(code__in=["TW", "XK"]).exists()


def test_every_country_has_a_name_in_every_language_and_a_part_of_a_region():
    for country in Country.objects.select_related("region__parent"):
        assert set(country.names) == LANGUAGES
        assert country.region.parent is not None
        country.full_clean()


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "Afghanistan", "Zimbabwe"),
        ("fr", "Afghanistan", "Zimbabwe"),
        ("ar", "الاتحاد الروسي", "اليونان"),
        ("ru", "Австралия", "Япония"),
        ("en-gb", "Afghanistan", "Zimbabwe"),
    ],
)
def test_countries_come_in_the_alphabetical_order_of_the_readers_language(language, first, last):
    with override(language):
        labels = [country.label for country in Country.objects.states().in_order()]

    assert (labels[0], labels[-1]) == (first, last)


def test_countries_are_found_by_region_and_by_part_of_a_region():
    africa = Country.objects.in_region("002")

    assert africa.states().count() == 54
    assert set(Country.objects.in_region("018")) < set(africa)
    assert Region.objects.filter(parent=None).count() == 5


def test_there_are_seventeen_goals_in_six_languages():
    assert [goal.number for goal in SustainableGoal.objects.in_order()] == list(range(1, 18))
    assert all(set(goal.names) == LANGUAGES for goal in SustainableGoal.objects.all())


def test_the_first_framework_has_six_priorities_with_their_expected_results():
    framework = Framework.objects.get(slug="2019-2022")

    results = [priority.expected_results.count() for priority in framework.priorities.in_order()]

    assert results == [3, 3, 3, 2, 3, 3]


def test_the_demonstration_wording_of_the_second_framework_says_so():
    framework = Framework.objects.get(slug="2023-2026")

    assert framework.priorities.count() == 5
    assert "demonstration" in framework.source


def test_there_are_eight_professional_groups_of_three_to_five_professions():
    groups = Profession.objects.groups().in_order()

    assert [group.slug for group in groups] == [
        *("judiciary", "prosecution", "police", "prison", "defence", "social", "media", "legislative"),
    ]
    assert all(3 <= group.professions.count() <= 5 for group in groups)


@pytest.mark.parametrize("model", [Theme, Profession, Office, Framework, Priority, ExpectedResult, Region])
def test_the_institutes_vocabulary_speaks_english_french_and_arabic(model):
    assert model.objects.exists()
    for row in model.objects.all():
        assert {"fr", "ar"} <= set(row.names)
        row.full_clean()


def test_headquarters_come_before_other_offices():
    assert [office.name for office in Office.objects.in_order()][:3] == ["Turin", "Rome", "Algiers"]


def test_loading_again_changes_nothing(django_assert_max_num_queries):
    before = list(Country.objects.order_by("pk").values())

    with django_assert_max_num_queries(20):
        load_reference_data()

    assert list(Country.objects.order_by("pk").values()) == before
    assert Framework.objects.count() == 2


def test_loading_again_brings_back_the_united_nations_names_but_leaves_the_words_of_staff():
    Country.objects.filter(code="TR").update(name="Something else")
    Theme.objects.filter(slug="cbrn").update(name="Our own words")
    Framework.objects.get(slug="2023-2026").priorities.filter(number=5).delete()

    call_command("load_reference_data", verbosity=0)

    assert Country.objects.get(code="TR").name == "Türkiye"
    assert Theme.objects.get(slug="cbrn").name == "Our own words"
    assert Framework.objects.get(slug="2023-2026").priorities.count() == 4


def test_loading_brings_back_what_was_deleted():
    Theme.objects.filter(slug="cbrn").delete()

    load_reference_data()

    assert Theme.objects.filter(slug="cbrn").exists()


def test_migrating_to_a_state_without_our_tables_loads_nothing(django_assert_num_queries):
    class EmptyState:
        def get_model(self, label):
            raise LookupError(label)

    with django_assert_num_queries(0):
        receivers.load_reference_data(sender=None, using="default", apps=EmptyState())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_emptied_is_filled_again():
    # Numbering goes on where it was, and nobody remembers the content types made here: the next test gets its own.
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    ContentType.objects.clear_cache()

    assert Country.objects.count() == 241
