"""Names in several languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from portfolio.models import Country, Donor, Theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Sea"), ("fr", "Mer"), ("ar", "بحر"), ("es", "Sea"), ("fr-ca", "Mer"), ("zh-hans", "海")],
)
def test_a_label_is_in_the_readers_language_or_else_in_english(language, label):
    theme = Theme(name="Sea", names={"fr": "Mer", "ar": "بحر", "zh-hans": "海"})

    with override(language):
        assert theme.label == str(theme) == label


def test_with_translations_switched_off_a_label_is_in_english():
    theme = Theme(name="Sea", names={"fr": "Mer"})

    with override(None):
        assert theme.label == "Sea"


def test_labels_of_a_whole_list_cost_one_query(django_assert_num_queries):
    with override("ar"), django_assert_num_queries(1):
        labels = [country.label for country in Country.objects.in_order()]

    assert len(labels) == 241


@pytest.mark.parametrize("names", [["Mer"], {"xx": "?"}, {"fr": " "}, {"fr": 1}, {"en": "Sea"}])
def test_names_that_make_no_sense_are_refused(names):
    with pytest.raises(ValidationError):
        Theme(name="Sea", names=names, slug="sea").full_clean()


@pytest.mark.parametrize("text", ["cote", "CÔTE", "ivoire", "كوت ديفوار", "кот-д", "科特迪瓦"])
def test_a_row_is_found_by_part_of_its_name_in_any_language(text):
    assert "CI" in Country.objects.matching(text).values_list("code", flat=True)


def test_searching_names_takes_two_queries_whatever_their_number(django_assert_num_queries):
    Donor.objects.bulk_create(Donor(name=f"Fund {number}") for number in range(50))

    with django_assert_num_queries(2):
        assert len(Donor.objects.matching("fund")) == 50
