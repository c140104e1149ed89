"""What a learner is shown of one question."""

import pytest

from assessments.models.sight import Sight
from assessments.paper.material import Material
from assessments.paper.typed import numeric
from assessments.rich_words import RichTextBatch
from tests.assessments.kinds import questions as q


def shown(question, response, sight):
    return numeric(Material(question, question["texts"]["en"], "en", response, sight, RichTextBatch()))


@pytest.fixture
def question():
    doubled = {"key": "b", "value": "84", "tolerance": "0", "weight": "0"}
    question = q.numeric("42", "0", doubled, unit="required", units=q.KM, penalty="1")
    question["texts"]["en"]["options"] = {
        "a": {"text": "", "feedback": "<p>Mind the unit.</p>"},
        "b": {"text": "", "feedback": "<p>You counted twice.</p>"},
    }
    return question


def test_a_caught_mistake_in_a_number_is_explained_though_it_earns_nothing(question):
    found = shown(question, {"value": "84", "unit": "km"}, Sight(feedback=True))

    assert found.feedback.text == "You counted twice."


def test_a_right_number_whose_unit_cost_everything_is_explained_too(question):
    found = shown(question, {"value": "42", "unit": "kg"}, Sight(feedback=True))

    assert found.feedback.text == "Mind the unit."


def test_nothing_is_explained_before_it_may_be(question):
    assert not shown(question, {"value": "84", "unit": "km"}, Sight()).feedback
