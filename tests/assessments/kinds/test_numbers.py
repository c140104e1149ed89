"""Numbers as people type them: signs, groups, digits of every script, units."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.kinds.numbers import readings, split_unit, typed_number

quick = settings(max_examples=80, deadline=None)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=3)
GROUPS = {
    " ": "spaces",
    "\u00a0": "hard spaces",
    "\u202f": "narrow spaces",
    "'": "apostrophes",
    "’": "others",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", "42"),
        ("-42", "-42"),
        ("− 42", "-42"),
        ("+3", "3"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        (".5", "0.5"),
        ("5,", "5"),
        ("1 000", "1000"),
        ("1\u202f000\u00a0000,5", "1000000.5"),
        ("1’234’567.8", "1234567.8"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,34,567.89", "1234567.89"),
        ("٤٢", "42"),
        ("١٢٫٥", "12.5"),
        ("١٬٠٠٠", "1000"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("۱۲٫۵", "12.5"),
        ("१२", "12"),
        ("１２．５", "12.5"),
        ("1e3", "1000"),
        ("1,5E-3", "0.0015"),
        ("1.5 × 10^3", "1500"),
        ("\u200f42\u200e", "42"),
        ("007", "7"),
    ],
)
def test_a_number_is_understood_as_people_type_it(text, value):
    assert typed_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", ",", "e5", "abc", "12 5", "1,2,3", "1.2.3", "12,34.5,6", "1,23,4", "0,000,1"),
        *(
            "5 km",
            "1/2",
            "½",
            "10²",
            "12:30",
            "NaN",
            "Infinity",
            "inf",
            "1_000",
            "0x10",
            "--5",
            "1e",
            "1e9999",
        ),
        *("9" * 61, "1 00 0", "1.000.00", "1''000"),
    ],
)
def test_what_is_no_number_is_none(text):
    assert typed_number(text) is None


@pytest.mark.parametrize(("text", "value"), [("1,000", 1000), ("2.500", 2500), ("-12,345", -12345)])
def test_a_comma_or_a_point_before_three_digits_may_part_thousands_too(text, value):
    assert readings(text) == [Decimal(value) / 1000, Decimal(value)]


@pytest.mark.parametrize("text", ["0,500", "1,00", "1,0000", "١٫٠٠٠", "1,000.0", "1234,567"])
def test_where_only_one_reading_makes_sense_there_is_one(text):
    assert len(readings(text)) == 1


@quick
@given(amounts)
def test_a_number_means_itself_in_every_way_it_is_written(value):
    plain = f"{value.normalize():f}"
    eastern = plain.translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"))

    for text in (plain, plain.replace(".", ","), eastern, f" {plain} ", f"{value:e}"):
        assert value in readings(text)


@quick
@given(amounts, st.sampled_from([*GROUPS, ","]))
def test_a_number_in_groups_of_three_means_itself(value, sign):
    assert value in readings(f"{value:,.3f}".replace(",", sign))


@quick
@given(st.text(max_size=80) | st.text(alphabet="0123456789.,'e+- ٠٥٫٬km", max_size=30))
def test_whatever_is_typed_is_one_number_two_or_none(text):
    found = readings(text)

    assert len(found) <= 2
    assert all(value.is_finite() for value in found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12,5 km", ("12,5", "km")),
        ("12km", ("12", "km")),
        ("-5 °C", ("-5", "°C")),
        ("1 000 000 $", ("1 000 000", "$")),
        ("50%", ("50", "%")),
        ("€ 50", ("50", "€")),
        ("USD 1,000.50", ("1,000.50", "USD")),
        ("٢٥ كم", ("٢٥", "كم")),
        ("\u200f٢٫٥ كم", ("٢٫٥", "كم")),
        ("3 m/s", ("3", "m/s")),
        ("1e3 km", ("1e3", "km")),
        ("5 euros", ("5", "euros")),
        ("42", ("42", "")),
        ("about ten", ("about ten", "")),
        ("", ("", "")),
    ],
)
def test_a_unit_is_told_apart_from_its_number(text, parts):
    assert split_unit(text) == parts


@quick
@given(st.text(max_size=60))
def test_a_number_parted_from_its_unit_has_none_left(text):
    value, unit = split_unit(text)

    if unit:
        assert split_unit(value) == (value, "")
