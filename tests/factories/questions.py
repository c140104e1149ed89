"""A live question of every kind, worded in each language asked for; its right and wrong answers as forms send them."""

from dataclasses import dataclass

from assessments.models import CasePart, Question, QuestionText
from tests.factories.assessments import make_bank
from tests.factories.cms import make_image

RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True)
class Sample:
    """What a kind's question is made of: parts, rules, words by key, and answers by the ends of their field names."""

    options: list
    settings: dict
    words: dict
    right: dict
    wrong: dict
    stem: str = "<p>Which comes first?</p>"
    extra: dict | None = None


def choices(*right, keys="abc"):
    return [{"key": key, "correct": key in right} for key in keys]


SAMPLES = {
    "single": Sample(
        choices("a"), {}, {"a": "Freeze it", "b": "Ask first", "c": "Wait"}, {"": "a"}, {"": "b"}
    ),
    "multiple": Sample(
        choices("a", "b"),
        {"credit": "shares"},
        {"a": "A judge", "b": "A prosecutor", "c": "A bank"},
        {"": ["a", "b"]},
        {"": ["c"]},
    ),
    "true_false": Sample(
        choices("true", keys=("true", "false")),
        {},
        {"true": "True", "false": "False"},
        {"": "true"},
        {"": "false"},
    ),
    "matching": Sample(
        [{"key": "m1", "match": "t1"}, {"key": "m2", "match": "t2"}],
        {"targets": ["t1", "t2", "t3"]},
        {"m1": "Freezing", "m2": "Confiscation", "t1": "For a time", "t2": "For ever", "t3": "Never"},
        {"m1": "t1", "m2": "t2"},
        {"m1": "t3", "m2": "t1"},
    ),
    "ordering": Sample(
        [{"key": "s1"}, {"key": "s2"}, {"key": "s3"}],
        {"credit": "neighbours"},
        {"s1": "Trace", "s2": "Freeze", "s3": "Confiscate"},
        {"s1": "1", "s2": "2", "s3": "3"},
        {"s1": "3", "s2": "2", "s3": "1"},
    ),
    "short_answer": Sample(
        [{"key": "v1", "weight": "1"}],
        {"spelling": "tolerant"},
        {"v1": "confiscation"},
        {"text": "Confiscation"},
        {"text": "seizure"},
    ),
    "numeric": Sample(
        [{"key": "n1", "value": "42", "tolerance": "0.5", "weight": "1"}],
        {
            "unit": "required",
            "units": [{"symbol": "km", "factor": "1"}, {"symbol": "m", "factor": "0.001"}],
            "unit_penalty": "0.1",
        },
        {},
        {"value": "42000", "unit": "m"},
        {"value": "7", "unit": "km"},
    ),
    "gaps": Sample(
        [
            {"key": "1", "mode": "typed", "points": "1", "choices": [{"key": "g1", "weight": "1"}]},
            {
                "key": "2",
                "mode": "chosen",
                "points": "1",
                "choices": [{"key": "g2", "weight": "1"}, {"key": "g3", "weight": "0"}],
            },
            {
                "key": "3",
                "mode": "number",
                "points": "1",
                "choices": [{"key": "g4", "value": "30", "tolerance": "0", "weight": "1"}],
            },
        ],
        {},
        {"g1": "court", "g2": "may", "g3": "must"},
        {"1": "Court", "2": "g2", "3": "30"},
        {"1": "bank", "2": "g3", "3": "31"},
        stem="<p>The [[1]] [[2]] freeze assets for [[3]] days.</p>",
    ),
    "hotspot": Sample(
        [
            {"key": "h1", "correct": True, "shape": {"x": "10", "y": "10", "width": "30", "height": "30"}},
            {"key": "h2", "correct": False, "shape": {"x": "60", "y": "50", "width": "25", "height": "30"}},
        ],
        {"several": False},
        {"h1": "The seal", "h2": "The signature"},
        {"": "h1"},
        {"": "h2"},
        extra={"image_alt": "A court order"},
    ),
    "essay": Sample(
        [],
        {
            "text": "required",
            "min_words": 3,
            "max_words": 500,
            "files": 2,
            "file_types": ["pdf", "txt"],
            "file_mb": 5,
        },
        {},
        {"text": "The court weighs both interests."},
        {"text": "No."},
    ),
}


def make_question_of(kind, bank=None, *, languages=("en",), name="", **fields):
    """A live question of a kind; its words name the language, its feedback can be told apart."""
    sample = SAMPLES[kind]
    question = Question.objects.create(
        bank=bank or make_bank(),
        kind=kind,
        name=name or f"About {kind}",
        options=sample.options,
        settings=sample.settings,
        **({"image": make_image("A court order", size=(400, 300))} if kind == "hotspot" else {}) | fields,
    )
    for language in languages:
        word_question(question, language, sample)
    return question


def word_question(question, language, sample):
    """Give the question its words in a language."""
    return QuestionText.objects.create(
        question=question,
        language=language,
        stem=f"{sample.stem}<p>[{question.kind} {language}]</p>",
        feedback=f"<p>General feedback [{language}]</p>",
        hint=f"<p>Hint [{language}]</p>",
        options={
            key: {"text": f"{text}", "feedback": f"Feedback on {key} [{language}]"}
            for key, text in sample.words.items()
        }
        | {
            key: {"feedback": f"Feedback on {key} [{language}]"}
            for key in ("n1", "g4")
            if key not in sample.words
        },
        extra=sample.extra or {},
    )


def make_case(bank=None, *, kinds=("single", "essay"), languages=("en",)):
    """A live case with questions of these kinds."""
    bank = bank or make_bank()
    case = Question.objects.create(bank=bank, kind="case", name="The case of the villa", options=[])
    for language in languages:
        QuestionText.objects.create(
            question=case, language=language, stem=f"<p>A villa was bought. [case {language}]</p>"
        )
    for order, kind in enumerate(kinds):
        CasePart.objects.create(
            case=case, question=make_question_of(kind, bank, languages=languages), sort_order=order
        )
    return case


def make_one_of_each(bank, *, languages=("en",), kinds=tuple(SAMPLES)):
    """A live question of every kind."""
    return [make_question_of(kind, bank, languages=languages) for kind in kinds]


def fields_for(item, answer=RIGHT):
    """What a form sends to answer an attempt's question rightly or wrongly."""
    posted = getattr(SAMPLES[item.question_version.content["kind"]], answer)
    return {f"item-{item.pk}{f'-{end}' if end else ''}": value for end, value in posted.items()}
