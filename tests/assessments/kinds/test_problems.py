"""What each kind tells an author that is missing, in sentences."""

import pytest

from assessments import kinds
from tests.assessments.kinds import questions as q


def problems(question, language="en"):
    return kinds.get(question["kind"]).problems(question, language)


def without(question, *keys):
    """The question without the words of these parts."""
    for key in keys:
        del question["texts"]["en"]["options"][key]
    return question


def changed(question, place, **values):
    """The question with something changed about one of its parts."""
    question["options"][place] |= values
    return question


WHOLE = {
    "single": q.choice(),
    "multiple": q.choice("multiple", "ab"),
    "matching": q.matching(),
    "ordering": q.ordering(),
    "short_answer": q.short_answer(),
    "numeric": q.numeric(unit="required", units=q.KM),
    "gaps": q.gaps(),
    "hotspot": q.hotspot(),
    "essay": q.essay(),
    "case": q.content("case"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_question_lacks_nothing(kind):
    assert problems(WHOLE[kind]) == []


@pytest.mark.parametrize("kind", WHOLE)
def test_a_question_without_a_stem_has_no_words(kind):
    assert "It has no words in this language." in problems(WHOLE[kind], "ar")
    assert "It has no words in this language." in problems(q.content(kind, stem="<p>  </p>"))


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        (q.content("single"), ["It needs at least two options.", "No right answer is marked."]),
        (q.choice(right=""), ["No right answer is marked."]),
        (q.choice(right="ab"), ["It allows one answer but has several marked as right."]),
        (q.choice(right="a", a="0.5"), ["No option earns everything."]),
        (without(q.choice(), "b"), ["1 part has no words."]),
        (without(q.choice(), "b", "c"), ["2 parts have no words."]),
        (
            q.choice("multiple", "ab", {"credit": "weights"}, a="0.5", b="0.4"),
            ["The shares of the right options add up to less than 100 %."],
        ),
        (q.choice("multiple", "abc", {"credit": "weights"}, a="0.33", b="0.33", c="0.33"), []),
        (
            q.content("matching"),
            ["It needs at least two items to match.", "It needs at least two answers to match with."],
        ),
        (changed(q.matching(), 0, match="gone"), ["Every item needs its right answer."]),
        (without(q.matching(), "t3"), ["1 part has no words."]),
        (q.ordering(steps="a"), ["It needs at least two steps to put in order."]),
        (q.content("short_answer"), ["No accepted answer earns everything."]),
        (q.short_answer(seizing="0.5"), ["No accepted answer earns everything."]),
        (
            without(q.short_answer(freezing="1", seizing="0.5"), "freezing"),
            ["It has no accepted answer in this language."],
        ),
        (without(q.short_answer(freezing="1", seizing="0.5"), "seizing"), []),
        (q.content("numeric", [], {}), ["No accepted number earns everything."]),
        (q.numeric("many"), ["An accepted answer is not a number."]),
        (q.numeric(unit="optional"), ["It asks for a unit but names none."]),
        (q.content("gaps"), ["It has no gaps. Write [[1]] in the text where the first one stands."]),
        (
            changed(q.gaps(), 2, choices=[{"key": "3a", "weight": "1"}]),
            ["An accepted answer is not a number."],
        ),
        (
            changed(q.gaps(), 0, choices=[]),
            ["1 gap has no answer that earns everything.", "1 gap has no accepted answer in this language."],
        ),
        (without(q.gaps(), "1a"), ["1 gap has no accepted answer in this language."]),
        (without(q.gaps(), "2b"), ["1 part has no words."]),
        (q.hotspot(image_alt=" "), ["Describe the picture for those who cannot see it."]),
        (q.hotspot("ab"), ["It allows one answer but has several marked as right."]),
        (
            changed(q.hotspot(), 1, shape={"x": "90", "y": "0", "width": "20", "height": "5"}),
            ["Give every area its place on the picture, in per cent of its width and height."],
        ),
        (
            changed(q.hotspot(), 1, shape=None),
            ["Give every area its place on the picture, in per cent of its width and height."],
        ),
        (without(q.hotspot(), "a"), ["1 part has no words."]),
        (q.essay(text="none"), ["It asks for neither a text nor files."]),
        (q.essay(min_words=5, max_words=4), ["The fewest words are more than the most words."]),
        (q.essay(files=1, files_required=2), ["It requires more files than it allows."]),
    ],
)
def test_an_author_reads_what_is_missing(question, sentences):
    assert problems(question) == sentences


@pytest.mark.parametrize(
    "stem",
    ["<p>[[1]] [[2]]</p>", "<p>[[1]] [[2]] [[3]] [[3]]</p>", "<p>[[1]] [[2]] [[3]] [[4]]</p>", "<p>none</p>"],
)
def test_the_text_of_a_language_holds_each_gap_exactly_once(stem):
    question = q.in_another(q.gaps(), "ar", {"1a": "الحجز", "2a": "قاضٍ", "2b": "مدعٍ"}, stem=stem)

    assert problems(question, "ar") == ["Its text must hold each gap exactly once: [[1]] [[2]] [[3]]."]
    assert problems(question, "en") == []
