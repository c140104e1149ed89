"""GIFT comes in as it is meant."""

import json
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from assessments import kinds
from assessments.exchange.gift import read_gift
from assessments.exchange.values import ReadCategory, ReadQuestion, Skipped, Unreadable

REAL_FILES = Path(settings.BASE_DIR).parent / "shared" / "testdata" / "gift"
REAL = sorted(REAL_FILES.glob("*.gift"))


def read(text):
    return list(read_gift(BytesIO(text.encode()), language="en"))


def one(text):
    (item,) = read(text)
    return item


def words(question):
    return question.content["texts"]["en"]


def said(question, place, what="text"):
    return kinds.plain(words(question)["options"][question.content["options"][place]["key"]][what])


def score(question, *places):
    keys = [question.content["options"][place]["key"] for place in places]
    return kinds.get(question.content["kind"]).score(question.content, keys)


# --- the real files, against what their twins state ---

KINDS = {"MC": {"single", "multiple"}, "Short": {"short_answer"}, "TF": {"true_false"}, "Essay": {"essay"}}
KINDS |= {"Numerical": {"numeric"}, "Matching": {"matching"}}


def same_words(text):
    return "".join(unescape(text).replace("\xa0", " ").split())


def without_marks(stated):
    if stated is None:
        return ""
    text = stated["text"]
    if stated["format"] == "markdown":
        text = text.replace("**", "")
    return same_words(kinds.plain(text) if stated["format"] == "html" else text)


def check_choices(question, stated):
    for place, choice in enumerate(stated["choices"]):
        assert same_words(said(question, place)) == without_marks(choice["text"])
        assert same_words(said(question, place, "feedback")) == without_marks(choice["feedback"])
        option = question.content["options"][place]
        whole = 100 if choice["isCorrect"] else 0
        share = Decimal(whole if choice["weight"] is None else choice["weight"]) / 100
        if question.content["settings"].get("credit") == "shares":
            assert option["correct"] is (share > 0)
        else:
            assert Decimal(option.get("weight", "1" if option.get("correct") else "0")) == share


def bounds(choice):
    if choice["type"] == "high-low":
        return Decimal(str(choice["numberLow"])), Decimal(str(choice["numberHigh"]))
    value, off = Decimal(str(choice["number"])), Decimal(str(choice.get("range", 0)))
    return value - off, value + off


def check_numbers(question, stated):
    choices = stated["choices"] if isinstance(stated["choices"], list) else [{"text": stated["choices"]}]
    for place, choice in enumerate(choices):
        option = question.content["options"][place]
        value, off = Decimal(option["value"]), Decimal(option["tolerance"])
        assert (value - off, value + off) == bounds(choice["text"])
        weight = choice.get("weight")
        assert Decimal(option["weight"]) == Decimal(100 if weight is None else weight) / 100
        assert same_words(said(question, place, "feedback")) == without_marks(choice.get("feedback"))


def check_pairs(question, stated):
    for place, pair in enumerate(stated["matchPairs"]):
        target = question.content["options"][place]["match"]
        assert same_words(said(question, place)) == without_marks(pair["subquestion"])
        assert words(question)["options"][target]["text"] == pair["subanswer"]


def check_truth(question, stated):
    right = [option["key"] for option in question.content["options"] if option["correct"]]
    assert right == [str(stated["isTrue"]).lower()]
    wrong = str(not stated["isTrue"]).lower()
    feedback = words(question)["options"]
    # The twins name the feedbacks by their place: the first is said to the wrong answer.
    assert same_words(kinds.plain(feedback[wrong]["feedback"])) == without_marks(stated["trueFeedback"])
    assert same_words(kinds.plain(feedback[right[0]]["feedback"])) == without_marks(stated["falseFeedback"])


CHECKS = {"MC": check_choices, "Short": check_choices, "Numerical": check_numbers, "Matching": check_pairs}
CHECKS |= {"TF": check_truth, "Essay": lambda question, stated: None}


@pytest.mark.skipif(not REAL, reason="The real GIFT files are not on this machine.")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_file_comes_in_with_the_structure_its_twin_states(path):
    with path.open("rb") as file:
        items = list(read_gift(file, language="en"))
    stated = json.loads(path.with_suffix(".json").read_text())

    assert len(items) == len(stated)
    for item, twin in zip(items, stated, strict=True):
        if twin["type"] == "Category":
            assert item.path == (twin["title"].removeprefix("$course$/top/"),)
            continue
        assert item.content["kind"] in KINDS[twin["type"]]
        assert item.tags == tuple(twin["tags"] or ())
        assert item.id_number == (twin["id"] or "")
        if twin["title"]:
            assert item.name == twin["title"]
        assert same_words(kinds.plain(words(item)["stem"])) == without_marks(twin["stem"])
        assert ("_____" in words(item)["stem"]) is twin["hasEmbeddedAnswers"]
        CHECKS[twin["type"]](item, twin)


# --- what those files do not hold ---


def test_titles_categories_id_numbers_and_tags_are_read():
    category, question = read(
        "$CATEGORY: $course$/top/Law/Torts // Contracts\n\n// [id:q\\]1] [tag:Appeal]\n// [tag:second word]\n"
        "::The \\: name::What? {=a}"
    )

    assert category.path == ("Law", "Torts / Contracts")
    assert question.category == category.path
    assert question.name == "The : name"
    assert (question.id_number, question.tags) == ("q]1", ("appeal", "second word"))


def test_a_question_is_named_for_its_first_words_where_it_has_no_title():
    assert one("What is <b>due</b>\nprocess? {=law}").name == "What is due process?"


def test_escaped_signs_stand_for_themselves():
    question = one(r"A \{set\} \= \~x\: \#1 \\ end {=a \= b\n\~c#said \# it ~no}")

    assert words(question)["stem"] == r"<p>A {set} = ~x: #1 \ end</p>"
    assert words(question)["options"][question.content["options"][0]["key"]] == {
        "text": "<p>a = b<br/>~c</p>",
        "feedback": "<p>said # it</p>",
    }


def test_an_n_after_a_backslash_begins_a_line_and_a_line_of_the_file_does_not():
    assert words(one("One\ntwo\\nthree {}"))["stem"] == "<p>One two<br/>three</p>"


@pytest.mark.parametrize(
    ("form", "stem"),
    [
        ("[html]<h2>x</h2><p>y</p>", "<p><b>x</b></p><p>y</p>"),
        ("[plain]a <b> b", "<p>a &lt;b&gt; b</p>"),
        ("[markdown]a **b**\n\n", "<p>a <b>b</b></p>"),
        ("[moodle]a <b>b</b> and 1 < 2", "<p>a <b>b</b> and 1 &lt; 2</p>"),
        ("if x<y then", "<p>if x&lt;y then</p>"),
    ],
)
def test_each_form_of_text_comes_in_as_rich_text(form, stem):
    assert words(one(form.strip() + " {=a}"))["stem"] == stem


@pytest.mark.parametrize("answer", ["T", "TRUE", "true", "F", "FALSE"])
def test_true_or_false_keeps_what_is_said_to_each_answer(answer):
    question = one(f"It is so. {{{answer}#you erred#you are right####in general}}")

    right = "true" if answer.upper().startswith("T") else "false"
    wrong = "false" if right == "true" else "true"
    assert [option["key"] for option in question.content["options"] if option["correct"]] == [right]
    assert words(question)["options"][right]["feedback"] == "<p>you are right</p>"
    assert words(question)["options"][wrong]["feedback"] == "<p>you erred</p>"
    assert words(question)["feedback"] == "<p>in general</p>"


def test_one_right_answer_makes_a_single_choice_in_which_others_earn_a_part():
    question = one("Which? {~no ~%50%half ~%-25%worse =yes}")

    assert question.content["kind"] == "single"
    assert [score(question, place) for place in range(4)] == [0, Decimal("0.5"), 0, 1]


def test_shares_without_a_right_answer_make_a_multiple_choice():
    question = one("Which two? {~%-100%no ~%50%one ~%50%two ~%-100%nor}")

    assert question.content["kind"] == "multiple"
    assert score(question, 1, 2) == 1
    assert score(question, 1) == Decimal("0.5")
    assert score(question, 0, 1, 2) == 0


def test_thirds_add_up_to_the_whole():
    question = one("Which three? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~d}")

    assert score(question, 0, 1, 2) == 1
    assert kinds.get("multiple").problems(question.content, "en") == []


def test_a_number_may_be_a_range_and_several_numbers_may_earn_parts():
    question = one("How many? {#=1.5..2.5#near =%50%10:1#off}")

    def earned(value):
        return kinds.get("numeric").score(question.content, {"value": value, "unit": ""})

    assert [earned(value) for value in ("1.5", "2.5", "2.6", "11", "9")] == [
        1,
        1,
        0,
        Decimal("0.5"),
        Decimal("0.5"),
    ]


def test_a_star_in_a_short_answer_stands_for_any_letters_unless_escaped():
    assert one("Who? {=Hammar*}").content["settings"]["wildcards"] is True
    escaped = one("What? {=2\\*3}")
    assert escaped.content["settings"]["wildcards"] is False
    assert said(escaped, 0) == "2*3"


def test_capitals_do_not_count_in_a_short_answer_and_accents_do_as_in_moodle():
    question = one("Where? {=Genève}")

    def earned(text):
        return kinds.get("short_answer").score(question.content, {"text": text})

    assert (earned("genève"), earned("Geneve")) == (1, 0)


def test_pairs_without_a_first_half_are_answers_that_match_nothing():
    question = one("Match. {=a -> 1 =b -> 2 =c -> 1 = -> 3}")

    assert [option["match"] for option in question.content["options"]] == [
        *question.content["settings"]["targets"][:2],
        question.content["settings"]["targets"][0],
    ]
    assert len(question.content["settings"]["targets"]) == 3
    assert kinds.get("matching").problems(question.content, "en") == []


def test_answers_may_stand_over_several_paragraphs():
    assert one("What?\n{\n=a\n\n~b\n\n}").content["kind"] == "single"


def test_a_title_begins_a_question_even_without_a_blank_line():
    assert [item.name for item in read("::A::What? {=a}\n::B::Which? {=b}")] == ["A", "B"]


def test_every_kind_that_comes_in_is_complete():
    text = "a {=x ~y}\n\nb {~%50%x ~%50%y ~z}\n\nc {T}\n\nd {=x}\n\ne {#1}\n\nf {=a->b =c->d}\n\ng {}"
    for item in read(text):
        assert kinds.get(item.content["kind"]).problems(item.content, "en") == []


# --- what is not understood, with line and reason ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n\nJust a text.", "description"),
        ("\n\nA {=b} and {=c}", "more than one set"),
        ("\n\nA {=b {c} }", r"must be written \{"),
        ("\n\nA {never closed\n\nB {=b}", "never end with }"),
        ("\n\nA {b}", "none begins with = or ~"),
        ("\n\nA {b =c}", "stands before the first answer"),
        ("\n\nA {#many}", "is not a number"),
        ("\n\nA {#5..1}", "ends before it begins"),
        ("\n\nA {~%150%b ~c}", "not between"),
        ("\n\nA {=b -> c =d}", "is no pair"),
        ("\n\n{=b}", "no question"),
        ("\n\nA {=b ~}", "has no words"),
    ],
)
def test_what_is_not_understood_is_named_with_line_and_reason(text, reason):
    skipped, *rest = read(text)

    assert isinstance(skipped, Skipped)
    assert skipped.line == 3
    assert reason in skipped.reason
    assert all(isinstance(item, ReadQuestion | ReadCategory) for item in rest)


def test_a_broken_question_does_not_take_the_next_one_with_it():
    skipped, question = read("One {=a\n\n::Two::B {=b}")

    assert (skipped.name, question.name) == ("One", "Two")


def test_bytes_that_are_no_letters_are_refused_with_their_line():
    with pytest.raises(Unreadable) as refused:
        list(read_gift(BytesIO(b"A {=a}\n\nGen" + b"\xe8" + b"ve {=b}"), language="en"))

    assert refused.value.line == 3
    assert "UTF-8" in refused.value.reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_a_file_with_a_mark_of_its_encoding_is_read(encoding):
    text = "Où? {=Genève}"
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)

    (question,) = read_gift(BytesIO(data), language="en")

    assert words(question)["stem"] == "<p>Où?</p>"
