"""What a browser reports: read without trust. Nothing but a refusal with a reason can come of hostile bytes."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.core.completing import Ends, ends_of, ends_sentence, outcome, outcome_of, rule_problem
from h5p.core.report import readable, report_of
from h5p.core.xapi import Reason, StatementRefused, parse_statement, points, read_reports, seconds
from tests.h5p.statements import CONSUME, IRI, PART, SUB_CONTENT, choice, statement, tree

BAGGED = ("Knife → Bag", "Note → Bag")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["id", "verb", "object", "definition", "extensions", "result", "score", "raw", "max", "choices"]
)
SHAPED = st.recursive(
    JSON | st.just(IRI), lambda inner: st.dictionaries(KEYS, inner, max_size=5) | st.lists(inner, max_size=3)
)


def parsed(value):
    return parse_statement(value, IRI)


def reason_of(value):
    with pytest.raises(StatementRefused) as refused:
        parsed(value)
    assert str(refused.value)
    return refused.value.reason


def test_a_result_of_the_whole_is_told_from_one_of_a_part():
    whole, part = parsed(statement(raw=3, maximum=4, duration="PT16.7S")), parsed(choice())

    assert (whole.is_root, whole.raw, whole.maximum, whole.seconds) == (True, 3, 4, 16)
    assert (part.is_root, part.sub_content_id, part.response) == (False, PART, "0")


def test_what_has_no_parent_may_still_be_a_part():
    chapter = statement("completed", part=PART, raw=1, maximum=1)
    without_extension = statement("completed", iri=f"{IRI}?subContentId={PART}", raw=1, maximum=1)
    named_like_the_whole = statement("completed", raw=1, maximum=1)
    named_like_the_whole["object"]["definition"]["extensions"][SUB_CONTENT] = PART

    assert [parsed(one).is_root for one in (chapter, without_extension, named_like_the_whole)] == [False] * 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda value: value.pop("verb"), Reason.NO_VERB),
        (lambda value: value["verb"].update(id="v" * 256), Reason.NO_VERB),
        (lambda value: value.update(verb=["completed"]), Reason.NO_VERB),
        (lambda value: value.pop("object"), Reason.NO_OBJECT),
        (lambda value: value["object"].update(id=7), Reason.NO_OBJECT),
        (lambda value: value["object"].update(id="https://example.org/other"), Reason.OTHER_ACTIVITY),
        (lambda value: value["object"].update(id=IRI + "0"), Reason.OTHER_ACTIVITY),
        (lambda value: value["object"].update(id=IRI + "/../other"), Reason.OTHER_ACTIVITY),
        (
            lambda value: value["object"]["definition"]["extensions"].update({SUB_CONTENT: "../../1"}),
            Reason.SUB_CONTENT,
        ),
        (
            lambda value: value["object"]["definition"]["extensions"].update({SUB_CONTENT: "a" * 37}),
            Reason.SUB_CONTENT,
        ),
    ],
)
def test_a_statement_that_cannot_be_used_is_refused_with_its_reason(change, reason):
    value = statement()
    change(value)

    assert reason_of(value) == reason


@given(SHAPED)
def test_nothing_but_a_refusal_comes_of_any_value(value):
    try:
        found = parsed(value)
    except StatementRefused as refused:
        assert refused.reason in Reason
    else:
        assert outcome_of(found) is None or found.is_root
    report_of([value, {"statement": value, "tree": {"statement": value, "children": [value]}}], IRI)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_nothing_but_a_refusal_comes_of_any_bytes(body):
    try:
        read_reports(body, IRI)
    except StatementRefused as refused:
        assert refused.reason in Reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.NOT_JSON),
        (b"[" * 100_000, Reason.NOT_JSON),
        (b'{"verb": NaN}', Reason.NOT_JSON),
        (b'{"verb": "' + b"x" * 2_000_000 + b'"}', Reason.TOO_LARGE),
        (b"[]", Reason.NOT_A_STATEMENT),
        (b"7", Reason.NOT_A_STATEMENT),
        (json.dumps([statement()] * 101).encode(), Reason.TOO_MANY),
    ],
)
def test_bodies_are_bounded_in_size_depth_and_number(body, reason):
    with pytest.raises(StatementRefused) as refused:
        read_reports(body, IRI)

    assert refused.value.reason == reason


def test_several_statements_are_read_and_those_of_other_activities_left_out():
    sent = {
        "statements": [
            {"statement": choice()},
            {"statement": statement(iri="https://x.org")},
            tree(raw=1, maximum=2),
        ]
    }

    found = read_reports(json.dumps(sent).encode(), IRI)

    assert [one.statement.verb_name for one in found] == ["answered", "completed"]
    assert found[1].as_sent == sent["statements"][2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "3"),
        (2.5, "2.5"),
        ("3", "3"),
        (1e-9, "0"),
        (0.1234567, "0.123"),
        (-4, "-4"),
        (True, None),
        (None, None),
        ("1e5", None),
        ("٣", None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (1_000_000, None),
        ([3], None),
    ],
)
def test_points_are_numbers_within_bounds(value, expected):
    assert points(value) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT16.7S", 16),
        ("PT1H2M3S", 3723),
        ("P1DT1S", 86401),
        ("PT999999999S", 366 * 86400),
        ("P", None),
        ("PT", None),
        ("16 s", None),
        ("PT-5S", None),
        ("", None),
        (5, None),
    ],
)
def test_durations_are_read_as_iso_8601(text, expected):
    assert seconds(text) == expected


@given(points_sent := st.floats(allow_nan=True) | st.integers(), points_sent)
def test_a_score_is_always_between_0_and_1(raw, maximum):
    found = outcome(points(raw), points(maximum), None)

    assert found.score is None or 0 <= found.score <= 1
    assert found.raw is None or 0 <= found.raw <= found.maximum


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (statement("completed", raw=9, maximum=4), Decimal(1)),
        (statement("answered", raw=-2, maximum=4), Decimal(0)),
        (statement("answered", raw=1, maximum=3), Decimal("0.333")),
        (statement("completed", raw=0, maximum=0), None),
        (statement(CONSUME), None),
        (statement("mastered"), None),
    ],
)
def test_a_result_of_the_whole_ends_the_attempt(sent, expected):
    assert outcome_of(parsed(sent)).score == expected


@pytest.mark.parametrize(
    "sent", [statement("attempted"), statement("interacted"), statement("progressed"), choice()]
)
def test_what_happens_on_the_way_ends_nothing(sent):
    assert outcome_of(parsed(sent)) is None


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("JusticeKit.QuestionSet", Ends.SCORE),
        ("JusticeKit.Flashcards", Ends.REPORTED),
        ("JusticeKit.Accordion", Ends.ALL_OPENED),
        ("JusticeKit.Column", Ends.SCORE_IF_PARTS_DO),
        ("H5P.Dialogcards", Ends.NOTHING),
        ("H5P.SomethingNew", Ends.UNKNOWN),
    ],
)
def test_authors_are_told_how_a_type_ends(name, ends):
    assert ends_of(name) == ends
    assert ends_sentence(name).endswith(".")


@pytest.mark.parametrize(
    ("name", "rule", "refused"),
    [
        ("H5P.Dialogcards", "marked", False),
        ("H5P.Dialogcards", "finished", True),
        ("H5P.Dialogcards", "passed", True),
        ("JusticeKit.Accordion", "finished", False),
        ("JusticeKit.Accordion", "passed", True),
        ("JusticeKit.Column", "passed", False),
        ("H5P.MultiChoice", "passed", False),
        ("H5P.SomethingNew", "passed", False),
    ],
)
def test_a_rule_that_nobody_can_meet_is_named(name, rule, refused):
    problem = rule_problem(name, rule, "Cards")

    assert bool(problem) is refused
    assert not refused or "“Cards”" in problem


def test_the_tree_of_the_newest_result_is_the_report():
    blanks = statement(
        "answered",
        part="2b4f0c5e-77a1-4a0f-a9a3-6f1f3c0d7a11",
        raw=1,
        maximum=2,
        response="New York[,]200",
        kind="fill-in",
        description="<p>The seat is in __________ and has __________ members.</p>",
        patterns=["{case_matters=false}New York[,]193"],
    )
    sent = [
        {"statement": choice(response="1", raw=0)},
        tree(choice(), blanks, raw=2, maximum=3),
        {"statement": statement("interacted", response="9")},
    ]

    first, second = report_of(sent, IRI)

    assert first.question == "Who may seal an exhibit?"
    assert (first.given, first.right, first.is_right) == (("The officer who found it",),) * 2 + (True,)
    assert second.question == "The seat is in ____ and has ____ members."
    assert (second.given, second.right) == (("New York", "200"), ("New York", "193"))
    assert (second.raw, second.maximum, second.is_right) == (1, 2, False)


def test_what_only_holds_questions_is_no_question_of_the_report():
    sent = tree(choice(), raw=1, maximum=1, kind="compound", description="Three questions", response="")

    (found,) = report_of([sent], IRI)

    assert found.given == ("The officer who found it",)


def test_without_a_tree_the_newest_answer_to_each_part_is_the_report():
    other = "2b4f0c5e-77a1-4a0f-a9a3-6f1f3c0d7a11"
    sent = [
        choice(response="1", raw=0),
        choice(other, response="1", raw=0),
        choice(),
        statement(raw=1, maximum=2),
    ]

    found = report_of(sent, IRI)

    assert [one.given for one in found] == [("The officer who found it",), ("Anybody present",)]


@pytest.mark.parametrize(
    ("kind", "asked", "response", "lines"),
    [
        ("true-false", {}, "true", ("true",)),
        ("long-fill-in", {}, "<p>First.</p><p>Then a &lt; b.</p>", ("First.\nThen a < b.",)),
        ("long-fill-in", {}, "", ()),
        (
            "matching",
            {"sources": ["Knife", "Note"], "targets": ["Bag"]},
            "0[.]0[,]1[.]0",
            ("Knife → Bag", "Note → Bag"),
        ),
        ("matching", {}, "loose", ("loose",)),
        ("sequencing", {"choices": ["Seal", "Label"]}, "1[,]0", ("Label", "Seal")),
        ("choice", {"choices": ["Seal"]}, "0[,]7", ("Seal", "7")),
        ("other", {}, "something", ("something",)),
        ("fill-in", {}, "if a < b then c > d", ("if a < b then c > d",)),
        ("fill-in", {}, "seized[,][,]sealed", ("seized", "–", "sealed")),
    ],
)
def test_answers_of_every_kind_can_be_read(kind, asked, response, lines):
    (found,) = report_of(
        [statement("answered", kind=kind, response=response, raw=0, maximum=1, **asked)], IRI
    )

    assert found.given == lines


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_no_element_is_left_in_what_people_read(text):
    assert "<script" not in readable(f"<p>{text}</p><script>alert(1)</script>")


def test_a_deep_tree_is_read_to_a_depth_and_no_further():
    deep = {"statement": choice(), "children": []}
    for _level in range(30):
        deep = {"statement": statement("completed"), "children": [deep]}

    assert report_of([{"statement": statement(raw=1, maximum=1), "tree": deep}], IRI) == ()
