"""What answers earn and how they read, in examples of each kind."""

from decimal import Decimal

import pytest

from assessments import kinds
from assessments.kinds import plain
from assessments.kinds.essay import count_words
from assessments.scoring import clean_response, score
from tests.assessments.kinds import questions as q


def worth(question, response):
    return score(question, clean_response(question, response))


def said(question, response, language="en"):
    return kinds.get(question["kind"]).response_text(question, question["texts"][language], response)


def right(question, language="en"):
    return kinds.get(question["kind"]).right_response(question, language)


def test_an_option_may_earn_a_part_and_none_costs_anything_below_nothing():
    question = q.choice("single", "a", b="0.5", c="-0.5")

    assert [worth(question, [key]) for key in "abc"] == [1, Decimal("0.5"), 0]


@pytest.mark.parametrize(
    ("credit", "chosen", "earned"),
    [
        ("shares", "ab", "1"),
        ("shares", "a", "0.5"),
        ("shares", "ac", "0"),
        ("shares", "abc", "0.5"),
        ("all", "ab", "1"),
        ("all", "a", "0"),
        ("all", "abc", "0"),
    ],
)
def test_several_right_options_earn_by_shares_or_all_together(credit, chosen, earned):
    assert worth(q.choice("multiple", "ab", {"credit": credit}), list(chosen)) == Decimal(earned)


def test_weights_are_added_up_and_three_times_33_per_cent_is_everything():
    question = q.choice("multiple", "abc", {"credit": "weights"}, a="0.33", b="0.33", c="0.33")

    assert worth(question, ["a", "b"]) == Decimal("0.66")
    assert worth(question, ["a", "b", "c"]) == 1
    assert worth(q.choice("multiple", "a", {"credit": "weights"}, a="1", b="-1", c="-0.25"), "abc") == 0
    assert worth(q.choice("multiple", "a", {"credit": "weights"}, a="1", c="-0.25"), ["a", "c"]) == Decimal(
        "0.75"
    )


@pytest.mark.parametrize("response", [None, "a", "abc", 1, {"a": "a"}, [["a"]], [{"a": 1}], [None]])
def test_what_is_no_list_of_keys_chooses_nothing(response):
    assert clean_response(q.choice("multiple", "a"), response) == []


def test_an_option_that_has_gone_from_a_later_version_costs_nothing():
    later = q.choice("multiple", "ab", {"credit": "all"})

    assert score(later, ["a", "b", "gone"]) == 1


def test_each_item_matched_rightly_earns_its_share():
    assert worth(q.matching(), {"i1": "t1", "i2": "t1"}) == Decimal("0.5")
    assert worth(q.matching(), {"i1": "t1", "i2": "t2"}) == 1
    assert worth(q.matching(), {"i1": ["t1"], "i2": None, "i3": "t1"}) == 0


def test_a_draft_that_lacks_the_right_answer_to_an_item_gives_nothing_for_leaving_it_out():
    question = q.matching()
    del question["options"][0]["match"]

    assert worth(question, {"i2": "t2"}) == Decimal("0.5")
    assert right(question) == {"i2": "t2"}


@pytest.mark.parametrize(
    ("order", "earned"), [("abcd", "1"), ("bcda", "0.667"), ("abdc", "0.333"), ("dcba", "0")]
)
def test_steps_earn_for_each_that_is_followed_rightly(order, earned):
    assert worth(q.ordering(), list(order)) == Decimal(earned)


def test_steps_earn_nothing_unless_all_stand_rightly_where_the_author_wants_it_so():
    assert worth(q.ordering({"credit": "all"}), list("bcda")) == 0
    assert worth(q.ordering({"credit": "all"}), list("abcd")) == 1


def test_half_an_order_from_a_form_is_kept_with_the_other_steps_behind():
    kind = kinds.get("ordering")

    half = kind.from_post(q.ordering(), {"d": ["2"], "c": [""], "b": ["x"], "a": ["1"]})

    assert half == ["a", "d", "c", "b"]
    assert kind.from_post(q.ordering(), {key: [""] for key in "abcd"}) == []
    assert kind.from_post(q.ordering(), {"": list("dcba")}) == list("dcba")


def test_the_best_accepted_answer_counts_and_a_caught_mistake_is_known():
    question = q.short_answer(freezing="1", seizing="0.5", stealing="0")
    kind = kinds.get("short_answer")

    assert [worth(question, {"text": text}) for text in ("Freezing", "seizing.", "stealing", "other")] == [
        1,
        Decimal("0.5"),
        0,
        0,
    ]
    assert kind.matched(question, {"text": "stealing"})["key"] == "stealing"


def test_an_answer_in_another_language_of_the_question_counts():
    question = q.in_another(q.short_answer(), "ar", {"freezing": "تجميد"})

    assert worth(question, {"text": "التجميد"}) == 0
    assert worth(question, {"text": "تَجميد"}) == 1


def test_the_right_answer_is_given_in_the_language_that_is_read():
    question = q.in_another(
        q.short_answer(freezing="1", other="1", third="0.5"), "ar", {"other": "تجميد", "third": "حجز"}
    )

    assert right(question, "ar") == {"text": "تجميد"}
    assert right(question, "en") == {"text": "freezing"}
    assert right(question, "fr") == {"text": "freezing"}


def test_a_star_in_a_right_answer_reads_as_three_points_only_where_it_stands_for_anything():
    question = q.short_answer({"wildcards": True}, **{"freez * order*": "1"})
    literal = q.short_answer(**{"C*": "1"})

    assert right(question) == {"text": "freez … order…"}
    assert worth(question, right(question)) == 1
    assert right(literal) == {"text": "C*"}


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("42", 1), ("42.5", 1), ("41,5", 1), ("42.51", 0), ("٤٢٫٥", 1), ("4.2e1", 1), ("x", 0)],
)
def test_a_number_is_right_up_to_the_edge_of_its_tolerance(typed, earned):
    assert worth(q.numeric("42", "0.5"), {"value": typed, "unit": ""}) == earned


def test_a_thousand_is_right_however_it_is_written():
    for typed in ("1000", "1,000", "1.000", "1 000", "1'000", "١٬٠٠٠", "1e3", "1 000,00"):
        assert worth(q.numeric("1000"), {"value": typed}) == 1
    assert worth(q.numeric("1.234"), {"value": "1,234"}) == 1


def test_the_best_of_several_numbers_counts_and_a_caught_mistake_is_known():
    near = {"key": "b", "value": "42", "tolerance": "5", "weight": "0.5"}
    doubled = {"key": "c", "value": "84", "tolerance": "0", "weight": "0"}
    question = q.numeric("42", "0", near, doubled)

    assert [worth(question, {"value": value}) for value in ("42", "45", "84")] == [1, Decimal("0.5"), 0]
    assert kinds.get("numeric").matched(question, {"value": "84"})["key"] == "c"


@pytest.mark.parametrize(
    ("unit", "typed", "earned"),
    [
        ("required", {"value": "42", "unit": "km"}, "1"),
        ("required", {"value": "42000 m"}, "1"),
        ("required", {"value": "42 km", "unit": "KM"}, "1"),
        ("required", {"value": "42"}, "0.9"),
        ("required", {"value": "42", "unit": "kg"}, "0.9"),
        ("required", {"value": "42", "unit": "m"}, "0"),
        ("required", {"value": "6 m2"}, "1"),
        ("optional", {"value": "42"}, "1"),
        ("optional", {"value": "km 42"}, "1"),
        ("optional", {"value": "42", "unit": "kg"}, "0.9"),
        ("none", {"value": "42 km"}, "0"),
        ("none", {"value": "42", "unit": "kg"}, "1"),
    ],
)
def test_a_unit_counts_as_the_author_set(unit, typed, earned):
    assert worth(q.numeric("42", unit=unit, units=q.KM), typed) == Decimal(earned)


def test_units_that_differ_only_in_capitals_are_told_apart():
    units = [{"symbol": "MW", "factor": "1"}, {"symbol": "mW", "factor": "0.000000001"}]
    question = q.numeric("42", unit="required", units=units)

    assert worth(question, {"value": "42", "unit": "MW"}) == 1
    assert worth(question, {"value": "42", "unit": "mW"}) == 0
    assert worth(question, {"value": "42", "unit": "mw"}) == Decimal("0.9")


@pytest.mark.parametrize("value", ["", "abc", "NaN", "1e999999"])
def test_an_accepted_answer_that_is_no_number_accepts_nothing(value):
    assert worth(q.numeric(value), {"value": "0"}) == 0


def test_each_gap_earns_its_points():
    whole = {"1": "Seizure", "2": "2a", "3": "21"}

    assert worth(q.gaps(), whole) == 1
    assert worth(q.gaps(), {"1": "seizure"}) == Decimal("0.5")
    assert worth(q.gaps(), whole | {"2": "2b"}) == Decimal("0.875")
    assert worth(q.gaps(), {"2": "judge", "3": "21.5"}) == 0


def test_a_gap_knows_a_caught_mistake_among_numbers_too():
    question = q.gaps()
    question["options"][2]["choices"].append({"key": "3b", "weight": "0", "value": "10", "tolerance": "0"})

    assert kinds.get("gaps").matched(question, question["options"][2], "10")["key"] == "3b"


def test_a_right_area_of_a_picture_earns_everything_and_several_their_shares():
    assert worth(q.hotspot(), ["a"]) == 1
    assert worth(q.hotspot(), ["a", "b"]) == 1
    assert worth(q.hotspot("ab", several=True), ["a"]) == Decimal("0.5")
    assert worth(q.hotspot("ab", several=True), ["a", "b", "c"]) == Decimal("0.5")


def test_an_essay_is_for_a_person_to_mark_once_there_is_something_to_mark():
    assert worth(q.essay(), {"text": "My opinion"}) is None
    assert worth(q.essay(), {"files": [3]}) is None
    assert worth(q.essay(), {"text": " \r\n "}) == 0


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        (["3", 1, "3"], [1, 3]),
        ("12", []),
        (None, []),
        (7, []),
        (["-1", "1.5", "x", True, None, [1], "٣", "9" * 5000, 10**30, 0], []),
    ],
)
def test_an_essay_keeps_only_ids_of_files(files, kept):
    assert clean_response(q.essay(), {"text": "x", "files": files})["files"] == kept


def test_what_is_typed_loses_what_no_database_keeps():
    assert clean_response(q.essay(), {"text": "a\x00\ud800b\r\nc\rd\x07"}) == {
        "text": "ab\nc\nd",
        "files": [],
    }
    assert clean_response(q.short_answer(), {"text": "\x00 freezing\ud800 "}) == {"text": "freezing"}
    assert clean_response(q.short_answer(), {"text": None}) == {}
    assert clean_response(q.gaps(), {"1": None, "3": ["20"]}) == {}
    assert clean_response(q.short_answer(), {"text": "é" * 499 + " and more"}) == {"text": "é" * 499}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Freeze the assets", 3),
        ("L’État : oui ; non !", 3),
        ("a — b", 2),
        ("- one\n- two", 2),
        ("mutual-legal assistance", 2),
        ("مصادرة الأصول، فوراً", 3),
        ("قَرَارُ التَّجْمِيدِ", 2),
        ("没收资产", 2),
        ("你好，世界。", 2),
        ("UNCAC 公约", 2),
        ("第25条", 2),
        ("конфискация активов", 2),
        ("\u00a0", 0),
    ],
)
def test_words_are_counted_in_every_script(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("settings", "response", "sentences"),
    [
        ({"min_words": 3}, {"text": "too short"}, ["Words: 2. At least 3 are asked for."]),
        ({"max_words": 2}, {"text": "this is long"}, ["Words: 3. At most 2 are allowed."]),
        ({"min_words": 1, "max_words": 2}, {"text": "just right"}, []),
        ({}, {}, ["It asks for a text."]),
        ({"text": "optional"}, {}, []),
        (
            {"text": "none", "files": 3, "files_required": 2},
            {"text": "", "files": [1]},
            ["Files: 1. At least 2 are asked for."],
        ),
    ],
)
def test_an_essay_says_what_it_lacks(settings, response, sentences):
    question = q.essay(**settings)

    assert kinds.get("essay").limits_missed(question, response) == sentences


@pytest.mark.parametrize(
    ("question", "response", "text"),
    [
        (q.choice(), ["b"], "Ask first"),
        (q.choice("multiple", "ab"), ["a", "c"], "Freeze it; Wait"),
        (q.matching(), {"i1": "t3", "i2": "t2"}, "Genocide → ITLOS; Theft → A < B court"),
        (q.ordering(steps="ab"), ["b", "a"], "1. Step b; 2. Step a"),
        (q.short_answer(), {"text": "x < y"}, "x < y"),
        (q.numeric(), {"value": "4,2", "unit": "km"}, "4,2 km"),
        (q.gaps(), {"1": "seizure", "2": "2b", "3": "20"}, "[1] seizure; [2] prosecutor; [3] 20"),
        (q.hotspot(), ["c"], "The window"),
        (q.essay(), {"text": "My view", "files": [1, 2]}, "My view (files: 2)"),
        (q.choice(), [], ""),
    ],
)
def test_a_response_reads_as_plain_words(question, response, text):
    assert said(question, response) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Fish &amp; chips</p>", "Fish & chips"),
        ("<p>a &lt;b&gt; c</p>", "a <b> c"),
        ("<p>un<b>lawful</b></p>", "unlawful"),
        ("<p>one</p><p>two</p>", "one two"),
        ("<ul><li>one</li><li>two</li></ul>", "one two"),
        ("one<br/>two", "one two"),
        ('<embed embedtype="image" id="1" format="left" alt="A door &amp; a desk"/>', "A door & a desk"),
        ("<p>\u00a0 </p>", ""),
    ],
)
def test_rich_text_reads_as_one_plain_line(html, text):
    assert plain(html) == text


def test_the_right_response_of_each_kind_in_arabic():
    assert right(q.choice("multiple", "ac"), "ar") == ["a", "c"]
    assert right(q.choice("multiple", "a", {"credit": "weights"}, a="0.6", b="0.4", c="-1"), "ar") == [
        "a",
        "b",
    ]
    assert right(q.choice("single", "a", b="0.5"), "ar") == ["a"]
    assert right(q.matching(), "ar") == {"i1": "t1", "i2": "t2"}
    assert right(q.ordering(), "ar") == list("abcd")
    assert right(q.hotspot("ab", several=True), "ar") == ["a", "b"]
    assert right(q.numeric("42", unit="optional", units=q.KM), "ar") == {"value": "42", "unit": "km"}
    assert right(q.essay(), "ar") == {}
    assert right(q.in_another(q.gaps(), "ar", {"1a": "الحجز", "2a": "قاضٍ"}), "ar") == {
        "1": "الحجز",
        "2": "2a",
        "3": "20",
    }
    assert right(q.gaps(), "ar") == {"1": "seizure", "2": "2a", "3": "20"}
