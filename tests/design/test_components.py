"""Icons, names and numbers; forms whose errors and hints belong to their fields."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from cms.templatetags import components

needs_icons = pytest.mark.skipif(not settings.ICONS_DIR.is_dir(), reason="The icon package is not installed.")


def drawn(source, **context):
    return BeautifulSoup(Template("{% load components %}" + source).render(Context(context)), "html.parser")


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert drawn('{% icon "check" %}').svg["aria-hidden"] == "true"
    assert drawn('{% icon "check" label="Passed & saved" %}').svg["aria-label"] == "Passed & saved"


@needs_icons
def test_an_icon_that_does_not_exist_is_a_fault_of_the_template():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% icon "no-such-icon" %}')


def test_the_name_of_an_icon_cannot_lead_out_of_its_folder():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% icon "../../secret" %}')


def test_a_name_keeps_its_direction_and_is_escaped():
    assert components.bidi("<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert components.bidi("") == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.6, "60"), (0.29, "29"), (Decimal("0.699"), "69"), (Decimal(1), "100"), (0, "0")],
)
def test_a_percentage_is_rounded_down_so_that_nobody_seems_to_have_passed(value, shown):
    assert components.percent(value) == f"{shown}\u00a0%"


@pytest.mark.parametrize(("value", "shown"), [(95, "1 h 35 min"), (60, "1 h"), (20, "20 min"), (0, "0 min")])
def test_a_length_of_time_is_written_in_hours_and_minutes(value, shown):
    assert components.minutes(value).replace("\u00a0", " ") == shown


def test_a_day_is_written_in_full():
    assert components.day(date(2026, 11, 22)).replace("\u00a0", " ") == (
        '<time datetime="2026-11-22">22 November 2026</time>'
    )


def test_a_moment_names_its_zone():
    shown = components.moment(datetime(2026, 11, 22, 13, 2, tzinfo=UTC), "Europe/Rome")

    assert "14:02 CET" in shown


def test_numbers_follow_the_language():
    with translation.override("fr"):
        assert (
            components.number(Decimal("1234.5"), 1).replace("\u202f", " ").replace("\xa0", " ") == "1 234,5"
        )


class SampleForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="We write to it.")
    gender = forms.ChoiceField(
        label="Gender", help_text="Why we ask.", choices=[("f", "Woman")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", required=False)


def test_errors_and_hints_are_tied_to_their_field():
    form = BeautifulSoup(str(SampleForm({"email": "nobody"})), "html.parser")

    email = form.find("input", {"name": "email"})
    described = [form.find(id=one).get_text() for one in email["aria-describedby"].split()]
    assert email["aria-invalid"] == "true"
    assert "We write to it." in described[0]
    assert "Enter a valid email address." in described[1]
    group = form.find("fieldset")
    assert [form.find(id=one) is not None for one in group["aria-describedby"].split()] == [True, True]


def test_a_form_with_errors_says_so_on_top_and_links_to_each_field():
    form = BeautifulSoup(str(SampleForm({"email": "nobody"})), "html.parser")

    summary = form.find(role="alert")
    for link in summary.find_all("a"):
        assert form.find(id=link["href"].removeprefix("#")) is not None
    assert len(summary.find_all("a")) == 2


def test_what_was_typed_comes_back_and_optional_fields_say_so():
    form = BeautifulSoup(str(SampleForm({"email": "nobody", "note": "kept"})), "html.parser")

    assert form.find("input", {"name": "note"})["value"] == "kept"
    assert "(optional)" in form.find("label", {"for": "id_note"}).get_text()
    assert "(optional)" not in form.find("label", {"for": "id_email"}).get_text()


def test_a_zone_without_letters_is_counted_from_utc():
    moment_in_amman = datetime(2026, 8, 1, 2, 1, tzinfo=ZoneInfo("Asia/Amman"))

    assert "UTC+03" in components.moment(moment_in_amman, "Asia/Amman")
