"""What holds for every kind of question, whatever its author wrote and whatever was answered."""

import json
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import kinds
from assessments.scoring import clean_response, score
from tests.assessments.strategies import (
    ANSWERED,
    BODIES,
    LANGUAGES,
    SCORED,
    contents,
    form_of,
    junk,
    junk_posts,
    responses,
)

quick = settings(max_examples=40, deadline=None)


def kind_of(content):
    return kinds.get(content["kind"])


@st.composite
def answered(draw, names=ANSWERED):
    """A question and a response to it."""
    content = draw(contents(names))
    return content, draw(responses(content))


@quick
@given(contents(tuple(BODIES)))
def test_a_valid_question_lacks_nothing_in_any_of_its_languages(content):
    assert [kind_of(content).problems(content, language) for language in content["texts"]] == [[]] * len(
        content["texts"]
    )


@quick
@given(contents(tuple(BODIES)), st.sampled_from(LANGUAGES))
def test_a_question_without_words_in_a_language_says_so(content, language):
    content["texts"].pop(language, None)

    assert "It has no words in this language." in kind_of(content).problems(content, language)


@quick
@given(answered(SCORED))
def test_a_score_is_never_below_0_and_never_above_1_and_has_three_decimals(case):
    content, response = case

    assert 0 <= score(content, response) <= 1
    assert score(content, response) == score(content, response).quantize(Decimal("0.001"))


@quick
@given(contents(SCORED), st.data())
def test_the_right_response_earns_everything_in_every_language(content, data):
    language = data.draw(st.sampled_from([*content["texts"], "de"]))

    assert score(content, kind_of(content).right_response(content, language)) == 1


@quick
@given(contents(SCORED))
def test_the_right_response_is_in_its_normal_form(content):
    for language in content["texts"]:
        right = kind_of(content).right_response(content, language)

        assert clean_response(content, right) == right


@quick
@given(contents(tuple(BODIES)))
def test_no_answer_earns_nothing(content):
    nothing = kind_of(content).nothing()

    assert not kind_of(content).is_answered(nothing)
    assert score(content, nothing) == 0
    assert kind_of(content).score(content, nothing) == 0


@quick
@given(answered(("essay",)))
def test_an_essay_waits_for_a_person_once_something_was_handed_in(case):
    content, response = case

    assert score(content, response) == (None if response else 0)


@quick
@given(answered(tuple(BODIES)))
def test_the_normal_form_of_a_normal_form_is_itself(case):
    content, response = case

    assert clean_response(content, response) == response


@quick
@given(contents(tuple(BODIES)), st.data())
def test_whatever_json_arrives_has_a_normal_form_that_is_kept_and_scored(content, data):
    cleaned = clean_response(content, data.draw(junk(content)))

    assert clean_response(content, cleaned) == cleaned
    assert json.loads(kinds.canonical(cleaned).encode()) == cleaned
    assert "\x00" not in kinds.canonical(cleaned) and "\\u0000" not in kinds.canonical(cleaned)
    assert (score(content, cleaned) or 0) <= 1


@quick
@given(contents(tuple(BODIES)), st.data())
def test_whatever_form_arrives_has_a_normal_form(content, data):
    response = kind_of(content).from_post(content, data.draw(junk_posts(content)))

    assert clean_response(content, response) == response
    kinds.canonical(response).encode()


@quick
@given(answered(tuple(BODIES)))
def test_what_a_form_sends_is_read_back_as_it_was(case):
    content, response = case

    assert kind_of(content).from_post(content, form_of(content, response)) == response


@quick
@given(answered(SCORED))
def test_the_language_of_the_interface_changes_no_score(case):
    content, response = case
    with translation.override("en"):
        expected = score(content, response)

    for language in ("ar", "fr"):
        with translation.override(language):
            assert score(content, clean_response(content, response)) == expected


@quick
@given(answered(tuple(name for name in SCORED if name != "ordering")), st.randoms())
def test_the_order_of_the_options_changes_no_score(case, random):
    content, response = case
    shuffled = content | {"options": random.sample(content["options"], len(content["options"]))}

    assert score(shuffled, clean_response(shuffled, response)) == score(content, response)


@quick
@given(answered(tuple(BODIES)), st.data())
def test_every_response_can_be_said_in_plain_words(case, data):
    content, response = case
    words = content["texts"][data.draw(st.sampled_from(list(content["texts"])))]

    said = kind_of(content).response_text(content, words, response)

    assert isinstance(said, str)
    assert bool(said) == kind_of(content).is_answered(response)


@quick
@given(st.sampled_from(SCORED), st.data())
def test_an_answer_to_another_version_of_the_question_is_scored_all_the_same(name, data):
    before, after = data.draw(contents((name,))), data.draw(contents((name,)))
    response = data.draw(responses(before))

    assert 0 <= score(after, response) <= 1


@pytest.mark.parametrize("name", kinds.KINDS)
def test_every_kind_has_a_label_and_a_sentence_about_it(name):
    kind = kinds.get(name)

    assert kind.name == name
    assert str(kind.label) and str(kind.description).endswith(".")


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        kinds.get("riddle")


def test_the_kinds_can_be_chosen_from_in_their_order():
    assert [name for name, _label in kinds.choices()] == list(kinds.KINDS)
