"""What the paper engine refuses with is said in the reader's language."""

import json

import pytest
from django.utils.translation import override

from certificates.paper.design import read
from certificates.paper.errors import DesignRefused, DoesNotFit, MissingGlyph, PaperError
from certificates.paper.pictures import NotAPicture
from certificates.paper.sentences import Sentence
from certificates.paper.shipped import text_of
from certificates.refusing import refusal, said, said_all


@pytest.mark.parametrize(
    ("problem", "english", "french"),
    [
        (DoesNotFit("Amina"), "“Amina” is too long", "Amina"),
        (MissingGlyph("\U0001f600", "A\U0001f600"), "U+1F600 GRINNING FACE", "U+1F600 GRINNING FACE"),
        (NotAPicture(), "not a picture that can be printed", "image"),
    ],
)
def test_a_refusal_is_english_for_logs_and_french_for_french_readers(problem, english, french):
    assert english in str(problem)
    with override("fr"):
        assert refusal(problem) != str(problem)
        assert french in refusal(problem)


def test_everything_wrong_with_a_design_is_said_in_the_language_of_who_reads_it():
    content = json.loads(text_of("completion")) | {"colours": {"ink": "blue"}}
    content["elements"] = [
        {"kind": "text", "text": "{nonsense}", "x": 0, "y": 0, "width": 50},
        {"kind": "hologram"},
    ]

    with pytest.raises(DesignRefused) as refused, override("ar"):
        read(content)

    assert len(refused.value.problems) >= 3
    with override("ar"):
        arabic = said_all(refused.value.problems)
    assert not set(arabic) & set(refused.value.problems)
    assert any("{nonsense}" in sentence for sentence in arabic)


def test_what_did_not_come_from_the_engine_is_said_as_it_is():
    assert said("validator: rule 7.1") == "validator: rule 7.1"
    assert refusal(PaperError("Ask whoever looks after the site.")) == "Ask whoever looks after the site."


def test_a_sentence_with_a_sign_for_percent_in_a_value_is_said_whole():
    assert said(Sentence("“%(text)s” is refused.", text="100 %")) == "“100 %” is refused."
