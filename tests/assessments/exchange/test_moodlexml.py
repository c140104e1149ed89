"""Moodle XML comes in as it is meant."""

import base64
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from assessments import kinds
from assessments.exchange.moodlexml.reading import read_moodlexml
from assessments.exchange.values import ReadCategory, ReadQuestion, Skipped


def picture(colour="red", form="PNG"):
    out = BytesIO()
    Image.new("RGB", (4, 3), colour).save(out, form)
    return out.getvalue()


def question(kind, inner, *, name="Name", text="<p>Stem</p>", more=""):
    return (
        f'<question type="{kind}"><name><text>{name}</text></name><questiontext format="html">'
        f"<text><![CDATA[{text}]]></text>{more}</questiontext>{inner}</question>"
    )


def answer(text, fraction, feedback="", extra=""):
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{extra}'
        f'<feedback format="html"><text>{feedback}</text></feedback></answer>'
    )


def read(*questions, language="en"):
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}\n</quiz>'.encode()
    return list(read_moodlexml(BytesIO(data), language=language))


def one(*args, **kwargs):
    (item,) = read(question(*args, **kwargs))
    return item


def words(read_question):
    return read_question.content["texts"]["en"]


def earned(read_question, response):
    return kinds.get(read_question.content["kind"]).score(read_question.content, response)


def keys(read_question):
    return [option["key"] for option in read_question.content["options"]]


def test_what_every_question_has_comes_in():
    category, item = read(
        '<question type="category"><category><text>$course$/top/Law/A//B</text></category></question>',
        question(
            "shortanswer",
            "<generalfeedback><text>Because</text></generalfeedback><defaultgrade>2.5</defaultgrade>"
            "<idnumber>q-1</idnumber><hint><text>Think</text></hint><hint><text>Again</text></hint>"
            "<tags><tag><text>Due Process</text></tag></tags>" + answer("law", 100),
        ),
    )

    assert category == ReadCategory(3, ("Law", "A/B"))
    assert (item.name, item.category, item.id_number, item.points) == (
        "Name",
        ("Law", "A/B"),
        "q-1",
        Decimal("2.5"),
    )
    assert item.tags == ("due process",)
    assert words(item)["feedback"] == "<p>Because</p>"
    assert words(item)["hint"] == "<p>Think</p><p>Again</p>"
    assert item.notes == ("Its 2 hints come in as one.",)


def test_true_or_false():
    item = one("truefalse", answer("true", 0, "No") + answer("false", 100, "Yes"))

    assert item.content["options"] == [{"key": "true", "correct": False}, {"key": "false", "correct": True}]
    assert words(item)["options"]["true"]["feedback"] == "<p>No</p>"


@pytest.mark.parametrize("single", ["true", "1"])
def test_single_choice_with_parts(single):
    item = one(
        "multichoice", f"<single>{single}</single>" + answer("a", 100) + answer("b", 50) + answer("c", -25)
    )

    assert item.content["kind"] == "single"
    assert [earned(item, [key]) for key in keys(item)] == [1, Decimal("0.5"), 0]


def test_multiple_choice_by_shares_and_by_weights():
    by_share, by_weight, at_once = read(
        question(
            "multichoice", "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", -50)
        ),
        question(
            "multichoice",
            "<single>0</single>" + answer("a", "33.33333") + answer("b", "66.66667") + answer("c", 0),
        ),
        question("multichoiceset", answer("a", 100) + answer("b", 100) + answer("c", 0)),
    )

    assert by_share.content["settings"] == {"credit": "shares"}
    assert by_weight.content["settings"] == {"credit": "weights"}
    assert at_once.content["settings"] == {"credit": "all"}
    assert earned(by_weight, keys(by_weight)[1:]) == Decimal("0.667")
    assert earned(by_weight, keys(by_weight)) == 1


def test_a_short_answer_keeps_whether_capitals_count():
    item = one("shortanswer", "<usecase>1</usecase>" + answer("NATO", 100) + answer("nato", 50))

    assert earned(item, {"text": "NATO"}) == 1
    assert earned(item, {"text": "nato"}) == Decimal("0.5")


def test_a_number_keeps_its_tolerance_and_units():
    units = (
        "<unitgradingtype>1</unitgradingtype><unitpenalty>0.2</unitpenalty><units>"
        "<unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"
    )
    item = one(
        "numerical", answer("2", 100, extra="<tolerance>0.1</tolerance>") + answer("*", 0, "No") + units
    )

    assert item.content["settings"] == {
        "units": [{"symbol": "km", "factor": "1"}, {"symbol": "m", "factor": "0.001"}],
        "unit": "required",
        "unit_penalty": "0.2",
    }
    assert earned(item, {"value": "2050", "unit": "m"}) == 1
    assert earned(item, {"value": "2", "unit": ""}) == Decimal("0.8")
    assert item.notes == ("What it says to any other answer is left out.",)


def test_pairs_with_answers_that_match_nothing():
    def pair(item, target):
        return f'<subquestion format="html"><text>{item}</text><answer><text>{target}</text></answer></subquestion>'

    item = one(
        "matching",
        pair("Paris", "France") + pair("Lyon", "France") + pair("Rome", "Italy") + pair("", "Peru"),
    )

    assert len(item.content["settings"]["targets"]) == 3
    assert earned(item, kinds.get("matching").right_response(item.content, "en")) == 1
    assert kinds.get("matching").problems(item.content, "en") == []


@pytest.mark.parametrize(
    ("way", "credit", "notes"),
    [
        ("ALL_OR_NOTHING", "all", 0),
        ("RELATIVE_NEXT_EXCLUDE_LAST", "neighbours", 0),
        ("ABSOLUTE_POSITION", "neighbours", 1),
    ],
)
def test_an_order(way, credit, notes):
    item = one("ordering", f"<gradingtype>{way}</gradingtype>" + answer("one", 1) + answer("two", 2))

    assert item.content["settings"] == {"credit": credit}
    assert earned(item, keys(item)) == 1
    assert len(item.notes) == notes


def test_an_essay_keeps_its_rules():
    item = one(
        "essay",
        "<responseformat>editorfilepicker</responseformat><responserequired>0</responserequired>"
        "<attachments>-1</attachments><attachmentsrequired>1</attachmentsrequired><minwordlimit>50</minwordlimit>"
        "<maxwordlimit>900</maxwordlimit><maxbytes>5242880</maxbytes><filetypeslist>.pdf,document,.exe</filetypeslist>"
        '<graderinfo format="html"><text>Look for <b>law</b></text></graderinfo>'
        '<responsetemplate format="html"><text><![CDATA[<p>Facts</p><p>Law</p>]]></text></responsetemplate>'.replace(
            "<b>law</b>", "<![CDATA[<b>law</b>]]>"
        ),
    )

    assert item.content["settings"] == {
        "text": "optional",
        "min_words": 50,
        "max_words": 900,
        "files": 10,
        "files_required": 1,
        "file_types": ["pdf", "docx", "odt", "rtf", "txt"],
        "file_mb": 5,
    }
    assert words(item)["notes_for_markers"] == "<p>Look for <b>law</b></p>"
    assert words(item)["template"] == "Facts\nLaw"
    assert len(item.notes) == 2


def test_a_cloze_becomes_gaps():
    item = one(
        "cloze",
        "",
        text="<p>The capital is {2:SHORTANSWER_C:=Bern#Yes~%50%Berne#Nearly}, with {1:MULTICHOICE:=one~two\\}} "
        "and {:NM:=3:0.5~%50%4:0} &amp; [[9]].</p>",
    )

    assert words(item)["stem"] == "<p>The capital is [[1]], with [[2]] and [[3]] &amp; [ [9]].</p>"
    assert [(gap["mode"], gap["points"]) for gap in item.content["options"]] == [
        ("typed", "2"),
        ("chosen", "1"),
        ("number", "1"),
    ]
    assert item.content["settings"]["match_case"] is True
    right = kinds.get("gaps").right_response(item.content, "en")
    assert right["1"] == "Bern"
    assert earned(item, right) == 1
    assert earned(item, {"1": "Berne"}) == Decimal("0.25")
    chosen = item.content["options"][1]["choices"][1]["key"]
    assert words(item)["options"][chosen]["text"] == "two}"
    assert kinds.get("gaps").problems(item.content, "en") == []


def test_words_to_choose_or_drag_become_gaps():
    option = "<selectoption><text>{}</text><group>{}</group></selectoption>"
    inner = option.format("must", 1) + option.format("may", 1) + option.format("court", 2)
    item = one("gapselect", inner, text="A judge [[1]] leave [[3]] or [[2]].")

    assert words(item)["stem"] == "<p>A judge [[1]] leave [[2]] or [[3]].</p>"
    assert [len(gap["choices"]) for gap in item.content["options"]] == [2, 1, 2]
    assert earned(item, kinds.get("gaps").right_response(item.content, "en")) == 1
    dragged = one("ddwtos", inner.replace("selectoption", "dragbox"), text="A judge [[1]] leave.")
    assert dragged.content["kind"] == "gaps"


def test_a_picture_comes_in_with_its_alternative_text_and_other_files_do_not():
    data = picture()
    files = "".join(
        f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(content).decode()}</file>'
        for name, content in [("a b.png", data), ("law.pdf", b"%PDF-1.4")]
    )
    item = one(
        "shortanswer",
        answer("a", 100),
        text='<p>See <img src="@@PLUGINFILE@@/a%20b.png" alt="A &quot;seal&quot;"> and '
        '<a href="@@PLUGINFILE@@/law.pdf">this</a><img src="https://elsewhere.org/x.png" alt="far"></p>',
        more=files,
    )

    (file,) = item.files
    assert file.data == data
    assert (
        f'<embed alt="A &quot;seal&quot;" embedtype="image" format="fullwidth" id="file:{file.sha1}"/>'
        in words(item)["stem"]
    )
    assert item.notes == (
        "The file “law.pdf” is left out.",
        "The picture “far” is left out.",
    )


@pytest.mark.parametrize("data", [b"GIF89a", b"<svg/>", b"%PDF", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_only_calls_itself_a_picture_is_left_out(data):
    file = f'<file name="a.png" encoding="base64">{base64.b64encode(data).decode()}</file>'
    item = one("shortanswer", answer("a", 100), text='x<img src="@@PLUGINFILE@@/a.png" alt="A">', more=file)

    assert item.files == ()
    assert "The picture “A” is left out." in item.notes


def test_what_authors_here_cannot_write_is_simplified_and_said():
    item = one(
        "shortanswer",
        answer("a", 100),
        text="<h3>Head</h3><table><tr><td>1</td><td>2</td></tr></table><script>alert(1)</script>"
        '<p onclick="x" style="color:red">\\(x^2\\) <a href="javascript:alert(1)">go</a></p>',
    )

    assert words(item)["stem"] == "<p><b>Head</b></p><p>1 | 2</p><p>\\(x^2\\) go</p>"
    assert item.notes == (
        "Simplified or left out: script, table.",
        "A formula in TeX comes in as it is typed.",
    )


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("description", "shown, not answered"),
        ("random", "drawn by a quiz"),
        ("calculated", "“calculated” are not known"),
        ("ddimageortext", "“ddimageortext” are not known"),
        ("<x>", "of which kind"),
    ],
)
def test_kinds_that_are_not_known_are_named(kind, reason):
    item = one(kind.replace("<", "&lt;"), answer("a", 100))

    assert isinstance(item, Skipped)
    assert (item.line, item.name) == (3, "Name")
    assert reason in item.reason


@pytest.mark.parametrize(
    ("kind", "inner", "reason"),
    [
        ("multichoice", "", "no answers"),
        ("multichoice", answer("", 100), "no words"),
        ("multichoice", answer("a", "200"), "not between"),
        ("truefalse", answer("yes", 100), "“true” and “false”"),
        ("numerical", answer("many", 100), "is not a number"),
        ("matching", "", "no pairs"),
        ("cloze", "", "no gaps"),
        ("ordering", answer("a", 1), "fewer than two"),
        ("shortanswer", "<defaultgrade>lots</defaultgrade>" + answer("a", 100), "is not a number"),
    ],
)
def test_a_question_that_is_not_whole_is_skipped_with_the_reason(kind, inner, reason):
    skipped, kept = read(question(kind, inner), question("shortanswer", answer("a", 100)))

    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason
    assert isinstance(kept, ReadQuestion)


def test_the_line_is_that_of_the_question():
    items = read("\n\n" + question("shortanswer", "\n\n" + answer("a", 100)), "\n" + question("essay", ""))

    assert [item.line for item in items] == [5, 8]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("latin-1", "ISO-8859-1"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "windows-1252"),
        ("utf-8-sig", "UTF-8"),
    ],
)
def test_declared_encodings_are_read(encoding, declared):
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><quiz>' + question("essay", "", text="Où?") + "</quiz>"
    )

    (item,) = read_moodlexml(BytesIO(text.encode(encoding)), language="en")

    assert words(item)["stem"] == "<p>Où?</p>"
