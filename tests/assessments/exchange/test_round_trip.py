"""What is written to Moodle XML comes back as it was."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, assume, given, settings

from assessments import kinds
from assessments.exchange.database_form import is_database_form
from assessments.exchange.gift import read_gift
from assessments.exchange.moodlexml.reading import read_moodlexml
from assessments.exchange.moodlexml.writing import write_moodlexml
from assessments.exchange.pictures import read_picture
from assessments.exchange.rich_text import LONG, rich_text
from assessments.exchange.values import Origin, ReadCategory, ReadQuestion
from assessments.kinds import plain as plain_text
from tests.assessments import strategies
from tests.assessments.exchange.contents import contents, questions, rich_texts
from tests.assessments.exchange.test_moodlexml import picture

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
KEY = "6d2c2b0e-6c2f-4f0e-9a53-0a5c0f5c1a11"


def written(*read):
    return "".join(write_moodlexml(read, bank="Bank / one"))


def back(text, language="en"):
    items = read_moodlexml(BytesIO(text.encode()), language=language)
    return [replace(item, line=0) for item in items if not isinstance(item, ReadCategory)]


def without_ours(text):
    """The file as it looks once it went through Moodle."""
    return re.sub(r"<unicri:question.*?</unicri:question>", "", text, flags=re.DOTALL)


@PATIENT
@given(questions())
def test_a_question_of_any_kind_in_any_languages_comes_back_as_it_was(question):
    assert back(written(question)) == [question]


@PATIENT
@given(contents(languages=["en"]))
def test_what_moodle_understands_is_worth_the_same_after_moodle(content):
    assume(content["kind"] not in ("hotspot", "case", "essay"))
    assume(content["settings"].get("credit") != "all" or content["kind"] == "ordering")
    question = ReadQuestion(0, "Name", whole(content), origin=Origin(KEY))

    (read,) = back(without_ours(written(question)))

    assert isinstance(read, ReadQuestion), read
    assert read.id_number == KEY
    assert worth(read.content) == worth(question.content)


def whole(content):
    """The content with words for everything, so that nothing is skipped for the lack of them."""
    words = content["texts"]["en"]
    words["stem"] = words["stem"] if plain_text(words["stem"]) else "<p>Stem</p>"
    texts = words["options"]
    plain = {"short_answer", "gaps", "numeric"}
    for number, (key, said) in enumerate(texts.items()):
        is_plain = content["kind"] in plain or key in content["settings"].get("targets", ())
        said["text"] = f"w{number}" if is_plain else f"<p>w{number}</p>"
    for option in content["options"]:
        if "weight" in option:
            option["correct"] = option["weight"] == "1"
    if content["kind"] in ("single", "multiple"):
        content["options"][0] |= {"correct": True}
        content["options"][0].pop("weight", None)
    if content["kind"] == "ordering" and len(content["options"]) == 1:
        content["options"].append({"key": "more"})
        texts["more"] = {"text": "<p>more</p>", "feedback": ""}
    if content["kind"] == "numeric" and not content["settings"]["units"]:
        content["settings"]["unit"] = "none"
    for gap in content["options"] if content["kind"] == "gaps" else ():
        gap["points"] = "1"
    return content


def worth(content):
    """Every option by its words with what it earns alone, and what the right response earns."""
    kind = kinds.get(content["kind"])
    words = content["texts"]["en"]["options"]
    right = kind.right_response(content, "en")
    earned = [kind.score(content, right)]
    for option in content["options"]:
        said = kinds.plain(words.get(option["key"], {}).get("text", ""))
        if content["kind"] in ("single", "multiple", "true_false"):
            said = option["key"] if content["kind"] == "true_false" else said
            earned.append((said, kind.score(content, [option["key"]])))
        elif content["kind"] == "short_answer":
            earned.append((said, kind.score(content, {"text": said})))
        elif content["kind"] == "numeric":
            earned.append((Decimal(option["value"]), Decimal(option["tolerance"])))
        elif content["kind"] == "matching":
            earned.append((said, words[option["match"]]["text"]))
        elif content["kind"] == "gaps":
            earned.append((option["mode"], kind.score(content, {option["key"]: right[option["key"]]})))
        else:
            earned.append(said)
    return earned


@PATIENT
@given(rich_texts())
def test_what_an_editor_wrote_is_known_as_such_and_stays_when_cleaned(html):
    assert is_database_form(html, LONG)
    bare = re.sub(r' data-block-key="[^"]*"', "", html)
    cleaned = rich_text(bare).html
    assert rich_text(cleaned).html == cleaned


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x">a</p>',
        "<script>a</script>",
        '<a href="javascript:x">a</a>',
        '<a linktype="page" id="3">a</a>',
        '<embed alt="" embedtype="image" format="left" id="3"/>',
        '<embed alt="" embedtype="media" url="https://x.org"/>',
        "<p>a",
        "<b><i>a</b></i>",
        "<p>a</p></p>",
        "<h2>a</h2>",
        "<p>a<br></p>",
        '<p data-block-key="&quot;">a</p>',
    ],
)
def test_what_no_editor_here_wrote_is_not_taken_for_it(html):
    assert not is_database_form(html, LONG)


def with_picture(kind="short_answer", **origin):
    file = read_picture("x.png", picture())
    file = replace(file, name=f"{file.sha1[:12]}.png")
    embed = f'<embed alt="A &quot;b&quot;" embedtype="image" format="left" id="file:{file.sha1}"/>'
    words = {"stem": f"<p>See</p>{embed}", "feedback": "", "hint": "", "options": {}}
    content = {"kind": kind, "source": "en", "options": [], "settings": {}, "texts": {"en": words}}
    return ReadQuestion(0, "Name", content, files=(file,), origin=Origin(KEY, **origin))


def test_a_picture_comes_back_byte_for_byte_and_moodle_sees_it():
    question = with_picture()
    text = written(question)

    assert back(text) == [question]
    assert f'src="@@PLUGINFILE@@/{question.files[0].name}" alt="A &quot;b&quot;"' in text.replace(
        "&lt;", "<"
    ).replace("&amp;", "&")


def test_the_picture_of_an_area_question_is_shown_by_moodle_as_a_description():
    question = with_picture("hotspot")
    question = replace(question, origin=replace(question.origin, image=question.files[0].sha1))
    text = written(question)

    assert back(text) == [question]
    assert 'type="description"' in text


def test_a_question_changed_elsewhere_is_read_from_what_moodle_knows_and_keeps_its_identity():
    (question,) = read_gift(BytesIO(b"::N::What? {=law}"), language="en")
    text = written(replace(question, origin=Origin(KEY, outcome="Knows it")))

    (read,) = back(text.replace("&lt;p&gt;What?", "&lt;p&gt;Why?"))

    assert read.content["texts"]["en"]["stem"] == "<p>Why?</p>"
    assert read.origin == Origin(KEY)
    assert "changed after" in read.notes[0]


def test_how_the_file_is_set_does_not_count_as_a_change():
    question = with_picture()

    assert back(re.sub(r"\n\s*<", "<", written(question))) == [question]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"kind":"short_answer"', '"kind":"spell"'),
        ('"kind":"short_answer"', '"kind":"matching","x":1'),
        ('"settings":{}', '"settings":{"credit":"free"}'),
        ('"texts":{"en"', '"texts":{"xx"'),
        ('"options":[]', '"options":[{"key":"a b"}]'),
        ('"options":[]', '"options":{}'),
        ('"difficulty":null', '"difficulty":9'),
        ('"parts":[]', '"parts":[{"key":"x","points":"1"}]'),
        ('"category":[]', '"category":[""]'),
        ('"outcome":""', '"outcome":' + "[" * 5000 + "]" * 5000),
        ('"parts":[]', '"parts":[{"key":"6d2c2b0e-6c2f-4f0e-9a53-0a5c0f5c1a11","points":"1e9"}]'),
        ('"name":"Name"', '"name":"\\u0000"'),
        ('"outcome":""', '"outcome":"\\ud800"'),
        ('"hint":""', '"hint":"\\u0000"'),
        ('"options":[]', '"options":[{"key":"a","weight":"1e999999"}]'),
        ("{", "["),
    ],
)
def test_what_claims_to_be_ours_and_is_damaged_is_read_as_moodle_understands_it(was, now):
    text = written(with_picture())
    before, element, rest = text.partition("<unicri:question")
    ours, end, after = rest.partition("</unicri:question>")

    (read,) = back(before + element + ours.replace(was, now) + end + after)

    assert not isinstance(read, ReadQuestion) or read.origin in (None, Origin(KEY))


def test_marks_no_editor_writes_are_cleaned_even_where_the_file_claims_to_be_ours():
    question = with_picture()
    question.content["texts"]["en"]["hint"] = '<p onclick="x">a<script>b</script></p>'

    (read,) = back(written(question))

    assert read.origin == question.origin
    assert read.content["texts"]["en"]["hint"] == "<p>a</p>"


@PATIENT
@given(strategies.contents())
def test_every_valid_question_comes_back_as_it_was(content):
    question = ReadQuestion(0, "Name", content, origin=Origin(KEY))

    assert back(written(question)) == [question]
