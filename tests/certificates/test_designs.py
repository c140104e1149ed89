"""A design says what stands where; what it cannot say is refused in one sentence before anything is drawn."""

import io
import json
from dataclasses import replace

import page
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.paper.certificate import Mark, Signatory, draw
from certificates.paper.design import read
from certificates.paper.elements import KINDS, new_element
from certificates.paper.errors import DesignRefused, DoesNotFit
from certificates.paper.finished import unfinished
from certificates.paper.merging import FIELDS, fields_in, is_neutral, merge, unclosed, unknown_fields
from certificates.paper.shipped import NAMES, shipped, text_of
from tests.certificates.test_paper import (
    ENGLISH,
    FRENCH,
    certificate,
    elements_of,
    reader,
)
from tests.certificates.test_paper import (
    text_of as words_of,
)

MILLIMETRE = 72 / 25.4


def content(**changes):
    return json.loads(text_of("completion")) | changes


def with_element(*elements):
    return content(elements=[*content()["elements"], *elements])


def only(*elements):
    return read(content(elements=list(elements)))


def refusals(given):
    with pytest.raises(DesignRefused) as refused:
        read(given)
    return refused.value.problems


def positions(pdf, needle):
    """Where the pieces of text that hold the needle stand, in points from the lower left corner."""
    found = []

    def visit(text, _matrix, text_matrix, _font, _size):
        if needle in text:
            found.append((text_matrix[4], text_matrix[5]))

    reader(pdf).pages[0].extract_text(visitor_text=visit)
    return found


def picture(colour=(20, 60, 120, 255), size=(60, 30)):
    kept = io.BytesIO()
    Image.new("RGBA", size, colour).save(kept, "PNG")
    return kept.getvalue()


# What ships


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_shipped_design_is_archival_and_accessible(name, language):
    pdf = draw(certificate(language=language), design=shipped(name))

    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_design_is_finished_and_prints_what_matters(name):
    found = words_of(draw(certificate(), design=shipped(name)))

    assert unfinished(shipped(name)) == []
    for part in ("Łukasz Żółć", ENGLISH.title, ENGLISH.course, "UNI-2026-000123", "7K3M-9QXT-4W2N-P"):
        assert part in found


@pytest.mark.parametrize(
    ("name", "landscape"), [("completion", True), ("participation", True), ("diploma", False)]
)
def test_the_page_is_a4_the_way_the_design_says(name, landscape):
    box = reader(draw(certificate(), design=shipped(name))).pages[0].mediabox

    sides = (round(float(box.width)), round(float(box.height)))
    assert sides == ((842, 595) if landscape else (595, 842))


# What stands where


def test_a_text_stands_where_its_numbers_say():
    design = only(
        new_element("text", text="{name}", x=50, y=30, width=120, height=20, align="start", size=20)
    )

    [(x, y)] = positions(draw(certificate("Anna"), design=design), "Anna")

    assert x == pytest.approx(50 * MILLIMETRE, abs=0.1)
    # The baseline lies 0.88 type sizes below the top of the box.
    assert y == pytest.approx(595.28 - 30 * MILLIMETRE - 20 * 0.88, abs=0.1)


def test_what_is_read_from_right_to_left_stands_on_the_other_side():
    design = only(new_element("text", text="{name}", x=50, y=30, width=40, height=20, align="start", size=12))

    [(x, _y)] = positions(draw(certificate("Anna", "ar"), design=design), "Anna")

    assert 841.89 - 90 * MILLIMETRE < x < 841.89 - 50 * MILLIMETRE


@pytest.mark.parametrize(("vertical", "order"), [("top", 0), ("middle", 1), ("bottom", 2)])
def test_a_text_keeps_to_the_top_the_middle_or_the_bottom_of_its_box(vertical, order):
    heights = []
    for each in ("top", "middle", "bottom"):
        element = new_element("text", text="{name}", x=20, y=20, width=90, height=60, vertical=each)
        heights.append(positions(draw(certificate("Anna"), design=only(element)), "Anna")[0][1])

    assert sorted(heights, reverse=True).index(heights[["top", "middle", "bottom"].index(vertical)]) == order


def test_two_languages_stand_side_by_side_where_the_design_says_so():
    element = new_element(
        "text", text="{title}", x=20, y=20, width=250, height=20, languages="beside", align="start"
    )
    data = certificate(wordings=(FRENCH, ENGLISH), signatories=(Signatory("A", ("B", "B")),))

    pdf = draw(data, design=only(element))

    [french], [english] = positions(pdf, FRENCH.title), positions(pdf, ENGLISH.title)
    assert french[1] == english[1]
    assert french[0] < english[0]


@pytest.mark.parametrize(
    ("languages", "printed"), [("main", ["fr"]), ("second", ["en"]), ("below", ["fr", "en"])]
)
def test_a_design_chooses_which_language_an_element_speaks(languages, printed):
    data = certificate(wordings=(FRENCH, ENGLISH), signatories=(Signatory("A", ("B", "B")),))
    element = new_element("text", text="{title}", x=20, y=20, width=250, height=40, languages=languages)

    found = words_of(draw(data, design=only(element)))

    assert ("Certificat de réussite" in found) is ("fr" in printed)
    assert ("Certificate of completion" in found) is ("en" in printed)


def test_the_same_words_in_both_languages_are_printed_once():
    data = certificate(
        wordings=(FRENCH, replace(ENGLISH, course=FRENCH.course)),
        signatories=(Signatory("A", ("Dir.", "Dir.")),),
    )

    found = words_of(draw(data))

    assert found.count(FRENCH.course) == 1
    assert found.count("Dir.") == 1


def test_a_text_of_one_language_can_be_put_in_other_words():
    element = new_element(
        "text", text="{title}!", texts={"fr": "Bravo, {name}"}, x=20, y=20, width=200, height=40
    )
    data = certificate(wordings=(FRENCH, ENGLISH), signatories=(Signatory("A", ("B", "B")),))

    found = words_of(draw(data, design=only(element)))

    assert "Bravo, Łukasz Żółć" in found and "Certificate of completion!" in found


def test_the_order_of_the_elements_is_the_order_of_reading():
    first = new_element("text", text="{course}", x=20, y=150, width=200, height=20)
    second = new_element("text", text="{title}", x=20, y=20, width=200, height=20, tag="H1")

    tags = [element["/S"] for element in elements_of(draw(certificate(), design=only(first, second)))]

    assert tags == ["/P", "/H1"]


def test_a_text_whose_fields_say_nothing_is_left_out():
    element = new_element("text", text="Result: {grade}", x=20, y=20, width=200, height=20)

    assert words_of(draw(certificate(), design=only(element))) == ""


def test_elements_can_depend_on_how_many_sign():
    signatories = tuple(Signatory(name, ("Director",)) for name in ("Ann Li", "Ben Oz"))
    element = new_element("text", text="Sealed", x=20, y=20, width=90, height=20, shown="one_signatory")

    assert "Sealed" in words_of(draw(certificate(), design=only(element)))
    assert "Sealed" not in words_of(draw(certificate(signatories=signatories), design=only(element)))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_everybody_who_signs_has_a_place_of_their_own(count):
    names = ("Ann Li", "Ben Oz", "Cleo Ng")[:count]
    data = certificate(signatories=tuple(Signatory(name, ("Director",)) for name in names))

    pdf = draw(data, design=shipped("diploma"))

    places = [positions(pdf, name)[0] for name in names]
    assert len({round(x) for x, _y in places}) == count
    assert len({round(y) for _x, y in places}) == 1


def test_marks_and_signatures_are_figures_that_say_what_they_show():
    data = certificate(
        signatories=(Signatory("Ann Li", ("Director",), picture(), "Signature of Ann Li"),),
        marks=(Mark(picture((200, 0, 0, 120)), "University of Turin"), Mark(picture(), "Norway")),
    )

    for name in NAMES:
        pdf = draw(data, design=shipped(name))
        told = [element["/Alt"] for element in elements_of(pdf) if element["/S"] == "/Figure"]
        assert {"Signature of Ann Li", "University of Turin", "Norway"} <= set(told)
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
            assert page.validate_pdf_bytes(pdf, profile=profile).is_compliant


def test_a_picture_without_words_is_ornament():
    element = new_element("image", asset="a" * 64)
    data = certificate(pictures={"a" * 64: picture()})

    pdf = draw(data, design=only(element))

    assert [one["/S"] for one in elements_of(pdf)] == []
    assert pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images


def test_words_run_around_a_seal_without_being_read_aloud():
    element = new_element("ornament", ornament="seal", ring="Justice through research", width=40, height=40)

    assert elements_of(draw(certificate(), design=only(element))) == []


# What is refused


def test_a_merge_field_that_does_not_exist_is_named():
    assert refusals(with_element({"kind": "text", "text": "Dear {nmae}"})) == [
        "Element 15: there is no merge field “{nmae}”."
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "text", "text": "{course"},
        {"kind": "text", "size": 500},
        {"kind": "text", "size": "12"},
        {"kind": "text", "size": True},
        {"kind": "text", "lines": 1.5},
        {"kind": "text", "colour": "red"},
        {"kind": "text", "text": "x" * 301},
        {"kind": "text", "texts": ["fr"]},
        {"kind": "image", "asset": "../../etc/passwd"},
        {"kind": "video"},
        {},
        "text",
        {"kind": "qr", "x": 290, "y": 20},
    ],
)
def test_what_no_design_can_say_is_refused_with_a_sentence(spoilt):
    [problem] = refusals(with_element(spoilt))

    assert problem.startswith("Element 15") and problem.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"page": {"paper": "a0", "orientation": "portrait"}},
        {"page": []},
        {"elements": {}},
        {"elements": [{"kind": "qr"}] * 61},
        {"column": {"x": 1}},
        {"column": {"x": 1, "y": 1, "width": "wide", "height": 3}},
        {"column": {"x": 100, "y": 1, "width": 400, "height": 3}},
        {"colours": {"ink": "red"}},
        {"colours": {"pink": "#FF00FF"}},
    ],
)
def test_what_is_no_design_is_refused(changes):
    assert refusals(content(**changes))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
@settings(max_examples=60, deadline=None)
def test_nonsense_is_always_refused_and_never_breaks(nonsense):
    for spoilt in (
        nonsense,
        content(elements=nonsense),
        content(page=nonsense),
        content(colours=nonsense or [1]),
    ):
        try:
            read(spoilt)
        except DesignRefused as refused:
            assert refused.problems


def test_a_text_is_set_smaller_where_it_would_not_fit_and_refused_where_that_is_not_enough():
    def design(width):
        return only(
            new_element("text", text="{course}", x=20, y=20, width=width, height=30, size=20, lines=1)
        )

    assert ENGLISH.course in words_of(draw(certificate(), design=design(100)))
    with pytest.raises(DoesNotFit, match="too long to be printed"):
        draw(certificate(), design=design(20))


def test_a_text_too_high_for_its_box_is_refused():
    element = new_element("text", text="{course}", x=20, y=20, width=100, height=3, size=30, smallest=25)

    with pytest.raises(DoesNotFit):
        draw(certificate(), design=only(element))


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (lambda one: "{name}" in one.get("text", ""), "No text prints the name"),
        (lambda one: one.get("tag") == "H1", "Exactly one text must be the main heading"),
        (lambda one: one["kind"] == "qr", "There is no QR code"),
        (lambda one: one["kind"] == "numbers", "printed nowhere"),
        (lambda one: one["kind"] == "signatures", "no place for signatures"),
    ],
)
def test_an_unfinished_design_says_what_it_lacks(without, sentence):
    left = [one for one in content()["elements"] if not without(one)]

    [problem] = unfinished(read(content(elements=left)))

    assert sentence in problem


def test_text_too_pale_to_be_read_is_found():
    assert unfinished(read(content(colours={"primary": "#C3A667"}))) == [
        "The colour “primary” is too pale to be read on paper."
    ]


def test_every_kind_of_element_is_complete_without_a_word_said():
    design = only(*({"kind": kind} for kind in KINDS))

    assert [element.kind for element in design.elements] == list(KINDS)


# Merge fields

WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs",)), max_size=12)


@given(st.sampled_from(FIELDS), st.text(min_size=1, max_size=30), WORDS, WORDS)
def test_what_a_field_says_is_printed_as_it_is(field, value, before, after):
    # A brace in a name is no field.
    assert merge(f"{before}{{{field}}}{after}", {field: value}) == f"{before}{value}{after}".strip()


@given(WORDS)
def test_a_text_without_fields_says_itself(text):
    assert merge(text, dict.fromkeys(FIELDS, "x")) == text.strip()
    assert not unclosed(text) and unknown_fields(text) == []


@given(st.sets(st.sampled_from(FIELDS), min_size=1), WORDS)
def test_a_text_whose_fields_are_all_empty_says_nothing(fields, text):
    assert merge(text + "".join(f"{{{name}}}" for name in fields), {}) == ""


@given(st.text(max_size=20).filter(lambda name: name not in FIELDS and not {"{", "}"} & set(name)))
def test_every_field_that_does_not_exist_is_found(name):
    assert unknown_fields(f"{{course}} {{{name}}}") == [name]


@given(st.text(st.sampled_from("{}abc"), max_size=12))
def test_a_brace_is_part_of_a_field_or_left_over(text):
    pairs = text.count("{") == text.count("}") == len(fields_in(text))

    assert unclosed(text) is not pairs


def test_names_and_numbers_are_the_same_in_every_language():
    assert is_neutral("{name}") and is_neutral("{number} / {code}")
    assert not is_neutral("{name}, {title}") and not is_neutral("Bravo")
