"""A ready question of every kind, as its content is kept: what forms, previews and journeys are tried with."""

from assessments.models import Question, QuestionText
from tests.factories.assessments import make_bank

RULES = {"match_case": False, "match_accents": True, "wildcards": False, "spelling": "tolerant"}

# Options, settings, words of the options, other words.
READY = {
    "single": (
        [{"key": "a", "correct": True}, {"key": "b", "correct": False, "weight": "0.5"}],
        {},
        {"a": "<p>Freeze it</p>", "b": "<p>Ask first</p>"},
        {},
    ),
    "multiple": (
        [{"key": "a", "correct": True}, {"key": "b", "correct": True}, {"key": "c", "correct": False}],
        {"credit": "all"},
        {"a": "<p>Freeze it</p>", "b": "<p>Seize it</p>", "c": "<p>Wait</p>"},
        {},
    ),
    "true_false": (
        [{"key": "true", "correct": False}, {"key": "false", "correct": True}],
        {},
        {"true": "True", "false": "False"},
        {},
    ),
    "matching": (
        [{"key": "a", "match": "x"}, {"key": "b", "match": "y"}, {"key": "c", "match": "x"}],
        {"targets": ["x", "y", "z"]},
        {
            "a": "<p>Freezing</p>",
            "b": "<p>Confiscation</p>",
            "c": "<p>Seizure</p>",
            "x": "Temporary",
            "y": "Final",
            "z": "Never ordered",
        },
        {},
    ),
    "ordering": (
        [{"key": "a"}, {"key": "b"}, {"key": "c"}],
        {"credit": "neighbours"},
        {"a": "<p>Trace</p>", "b": "<p>Freeze</p>", "c": "<p>Confiscate</p>"},
        {},
    ),
    "short_answer": (
        [{"key": "a", "weight": "1"}, {"key": "b", "weight": "0"}],
        RULES,
        {"a": "Palermo", "b": "Vienna"},
        {},
    ),
    "numeric": (
        [{"key": "a", "value": "42.5", "tolerance": "0.5", "weight": "1"}],
        {
            "units": [{"symbol": "km", "factor": "1"}, {"symbol": "m", "factor": "0.001"}],
            "unit": "optional",
            "unit_penalty": "0.1",
        },
        {"a": ""},
        {},
    ),
    "gaps": (
        [
            {"key": "1", "mode": "typed", "points": "2", "choices": [{"key": "a", "weight": "1"}]},
            {
                "key": "2",
                "mode": "chosen",
                "points": "1",
                "choices": [{"key": "b", "weight": "1"}, {"key": "c", "weight": "0"}],
            },
            {
                "key": "3",
                "mode": "number",
                "points": "1",
                "choices": [{"key": "d", "weight": "1", "value": "2003", "tolerance": "0"}],
            },
        ],
        RULES,
        {"a": "Merida", "b": "freeze", "c": "ignore", "d": ""},
        {},
    ),
    "hotspot": (
        [
            {"key": "a", "correct": True, "shape": {"x": "10", "y": "20", "width": "15", "height": "10"}},
            {"key": "b", "correct": False, "shape": {"x": "50", "y": "20", "width": "15", "height": "10"}},
        ],
        {"several": False},
        {"a": "Upper left", "b": "Upper right"},
        {"image_alt": "A flow chart with two boxes."},
    ),
    "essay": (
        [],
        {
            "text": "required",
            "min_words": 100,
            "max_words": None,
            "files": 1,
            "files_required": 0,
            "file_types": ["pdf"],
            "file_mb": 5,
        },
        {},
        {"template": "Facts:\nLaw:", "notes_for_markers": "<p>Names the court.</p>"},
    ),
    "case": ([], {}, {}, {}),
}
STEMS = {"gaps": "<p>In [[1]] states agreed to [[2]] assets in [[3]].</p>"}


def make_ready_question(kind, bank=None, *, language="en", **fields):
    """A live question of a kind that lacks nothing (but the picture of a hotspot, and the questions of a case)."""
    options, settings, words, extra = READY[kind]
    question = Question.objects.create(
        bank=bank or make_bank(),
        kind=kind,
        **{"name": f"A question of the kind {kind}", "options": options, "settings": settings} | fields,
    )
    said = {key: {"text": text, "feedback": f"<p>About {key}</p>"} for key, text in words.items()}
    if kind in ("matching", "ordering"):
        said = {key: {"text": text, "feedback": ""} for key, text in words.items()}
    explanation = "" if kind == "case" else "<p>Because the law says so.</p>"
    QuestionText.objects.create(
        question=question,
        language=language,
        stem=STEMS.get(kind, f"<p>What does the law say? ({kind})</p>"),
        feedback=explanation,
        options=said,
        extra=extra,
    )
    return question
