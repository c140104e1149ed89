"""Files that are broken or mean harm: a line and a reason, quickly, and nothing else."""

import io
import time
import tracemalloc

import pytest

from assessments.exchange.decoding import encoding_of
from assessments.exchange.files import format_of, read_questions
from assessments.exchange.limits import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS
from assessments.exchange.rich_text import rich_text
from assessments.exchange.values import NotUnderstood, ReadQuestion, Skipped, Unreadable

GIFT, XML = "gift", "moodlexml"
GOOD = (
    '<question type="essay"><name><text>N</text></name><questiontext><text>Q</text></questiontext></question>'
)


class Endless(io.RawIOBase):
    """As many bytes as are asked for, made as they are read; counts them."""

    def __init__(self, begin, again, size):
        self.begin, self.again, self.left, self.given = begin, again, size, 0

    def read(self, size=-1):
        size = min(size if size >= 0 else self.left, self.left)
        if self.given < len(self.begin):
            data = self.begin[self.given :][:size]
        else:
            place = (self.given - len(self.begin)) % len(self.again)
            data = (self.again * (size // len(self.again) + 2))[place:][:size]
        self.left -= len(data)
        self.given += len(data)
        return data


def refused(data, form):
    """The refusal of a file, which must come before its end."""
    file = data if isinstance(data, io.IOBase) else io.BytesIO(data)
    with pytest.raises(Unreadable) as found:
        for _item in read_questions(file, form, language="en"):
            pass
    return found.value


@pytest.mark.parametrize(
    ("form", "begin", "again"),
    [
        (GIFT, b"", b"Why? " * 10_000 + b"{=a}\n\n"),
        (XML, b"<quiz>", b"<!-- nothing at all to see here, move along please -->\n" * 100),
        (XML, b"<quiz>", b"<question type='category'><category><text>A</text></category></question>\n"),
    ],
    ids=["questions", "comments", "categories"],
)
def test_fifty_megabytes_are_refused_before_they_are_read(form, begin, again):
    file = Endless(begin, again, 50 * 1024 * 1024)

    problem = refused(file, form)

    assert "MB" in problem.reason or "more than" in problem.reason
    assert problem.line > 1
    assert file.given <= MAX_BYTES + 1024 * 1024


@pytest.mark.parametrize(
    ("form", "begin", "again"),
    [
        (GIFT, b"", b"What is the law? " * 500 + b"{=a}\n\n"),
        (XML, b"<quiz>", GOOD.replace("Q", "Q" * 9000).encode()),
    ],
)
def test_one_question_is_in_memory_at_a_time(form, begin, again):
    file = Endless(begin, again, 3_000_000)
    tracemalloc.start()

    try:
        for _item in read_questions(file, form, language="en"):
            pass
    except Unreadable:
        assert form == XML  # it has no end
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 1_000_000


class Large(io.BytesIO):
    """A file that says how large it is and must not be read."""

    def seek(self, offset, whence=0):
        return 50 * 1024 * 1024 if whence == io.SEEK_END else 0

    def read(self, size=-1):
        raise AssertionError("It was read.")


def test_a_file_that_says_it_is_too_large_is_not_opened():
    assert "MB" in refused(Large(), GIFT).reason


def test_one_endless_line_is_refused():
    assert "longer than" in refused(Endless(b"", b"a", 50 * 1024 * 1024), GIFT).reason


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<quiz>&lol2;</quiz>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/x.dtd"><quiz></quiz>'


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, OUTSIDE])
def test_entities_and_document_types_are_refused_unseen(text):
    assert "entities of its own" in refused(text.encode(), XML).reason


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "ends before"),
        (b"hello", 1, "well-formed"),
        (b"<html><body/></html>", 1, "<html>, not <quiz>"),
        (f"<quiz>\n{GOOD}\n<question>".encode(), 3, "ends before"),
        (f"<quiz>\n{GOOD}\n<question><na".encode(), 3, "middle of an element"),
        (f"<quiz>\n{GOOD}\n<question><name><![CDATA[abc".encode(), 3, "middle of a text"),
        (f"<quiz>\n{GOOD}\n</quizz>".encode(), 3, "not the one begun last"),
        (f"<quiz>\n{GOOD}\n&nbsp;</quiz>".encode(), 3, "entity"),
        (f"<quiz>\n{GOOD}\n<x:y/></quiz>".encode(), 3, "prefix"),
        (f"<quiz>\n{GOOD}\n</quiz><quiz/>".encode(), 3, "after the end"),
        (f"<quiz>\n{GOOD}\n".encode() + b"\xff</quiz>", 3, "not written in UTF-8"),
        (f"<quiz>\n{GOOD}\n\x00</quiz>".encode(), 3, "NUL"),
        (f"<quiz>\n{GOOD}\n\x01</quiz>".encode(), 3, "well-formed"),
        (b'<?xml version="1.0" encoding="utf-7"?><quiz/>', 1, "utf-7"),
        (b'<?xml version="1.0" encoding="unicode_escape"?><quiz/>', 1, "unicode_escape"),
        ("<quiz>".encode("utf-16")[:-1], 1, "UTF-16"),
    ],
)
def test_broken_xml_says_where_and_why(data, line, reason):
    problem = refused(data, XML)

    assert problem.line == line
    assert reason in problem.reason


@pytest.mark.parametrize("data", [b"A {=a}\n\nB \x00 {=b}", "A {=a}\n\nB \x00 {=b}".encode("utf-16")])
def test_a_nul_in_a_text_file_is_refused(data):
    problem = refused(data, GIFT)

    assert (problem.line, "NUL" in problem.reason) == (3, True)


def test_depth_and_number_of_elements_are_bounded():
    deep = "<quiz><question>" + "<a>" * MAX_DEPTH
    assert "deep" in refused(deep.encode(), XML).reason
    many = "<quiz><question>" + "<a/>" * (MAX_ELEMENTS + 1)
    assert "elements" in refused(many.encode(), XML).reason


def test_a_text_without_questions_is_refused_after_a_while():
    assert "more than" in refused(Endless(b"", b"a\n\n", 20 * 1024 * 1024), GIFT).reason


def quickly(text, form=XML):
    """What is read of a file, which must not take long."""
    began = time.process_time()
    items = list(read_questions(io.BytesIO(text.encode()), form, language="en"))
    assert time.process_time() - began < 5
    return items


def in_question(text, kind="cloze"):
    return (
        f"<quiz><question type='{kind}'><name><text>N</text></name><questiontext format='html'>"
        f"<text><![CDATA[{text}]]></text></questiontext></question></quiz>"
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("cloze", "{:SA:" * 39_000),
        ("cloze", "{" + " " * 190_000),
        ("cloze", "{1:SA:" + "\\" * 190_000),
        ("gapselect", "[[1]]" * 39_000),
        ("essay", "<b>" * 9_900),
        ("essay", "<b><i>" * 40 + "x" * 100 + "<u>" * 9_000),
        ("essay", "<" * 190_000),
        ("essay", "<ul><li>" * 4_900),
        ("essay", "\\(" * 95_000),
        ("essay", "&" * 190_000),
        ("essay", "<br>" * 9_900 + "x"),
        ("essay", "<!--" * 9_900),
        ("essay", "<p " * 9_900),
        ("essay", "<a><table>" * 4_900),
    ],
    ids=lambda text: text[:12],
)
def test_texts_made_to_take_for_ever_do_not(kind, text):
    (item,) = quickly(in_question(text, kind))

    assert isinstance(item, Skipped | ReadQuestion)


@pytest.mark.parametrize(
    "text",
    [
        "[markdown]" + "[" * 190_000 + "{=a}",
        "[markdown]" + "[a](" * 49_000 + "{=a}",
        "[markdown]# " + "a" + " " * 190_000 + "b {=a}",
        "[markdown]" + "**a" * 60_000 + "{=a}",
        "// " + "[id:" * 45_000 + "\nQ {=a}",
        "::" + "a:" * 90_000 + "{=a}",
        "Q {" + "=" * 190_000 + "}",
        "Q {" + "\\" * 190_000 + "}",
        "a{\n\n" + "b\n\n" * 9_000,
        "a{\n\n" * 9_000,
    ],
    ids=lambda text: text[:14],
)
def test_gift_made_to_take_for_ever_does_not(text):
    assert quickly(text, GIFT)


def test_marks_deep_in_each_other_are_refused():
    with pytest.raises(NotUnderstood):
        rich_text("<ul><li>" * 200 + "x")


def test_the_format_is_told_by_what_a_file_begins_with():
    def told(data, name="q.txt"):
        return format_of(io.BytesIO(data), name)

    assert told(b"<?xml version='1.0'?><quiz/>") == XML
    assert told("\n<quiz>".encode("utf-16")) == XML
    assert told(b"rubbish", "q.XML") == XML
    assert told(b"<p>What?</p> {=a}") == GIFT
    assert told(b"") == GIFT


def test_an_encoding_is_told_by_its_mark():
    assert encoding_of(b"\xef\xbb\xbfabc", declares=False) == ("utf-8", 3)
    assert encoding_of(b"abc", declares=False) == ("utf-8", 0)
