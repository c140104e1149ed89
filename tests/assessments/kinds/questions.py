"""The content of one question of each kind, written out, for tests that say what is expected in words."""

from copy import deepcopy


def content(
    kind, options=(), settings=None, /, stem="<p>What comes first?</p>", language="en", words=None, **more
):
    """A question in one language; `words` maps keys to texts."""
    worded = {key: {"text": text, "feedback": ""} for key, text in (words or {}).items()}
    texts = {language: {"stem": stem, "feedback": "", "hint": "", "options": worded} | more}
    return {
        "kind": kind,
        "source": language,
        "options": deepcopy(list(options)),
        "settings": settings or {},
        "texts": texts,
    }


def in_another(question, language, words, stem="<p>ما الأول؟</p>", **more):
    """The question with words of one language more."""
    worded = {key: {"text": text, "feedback": ""} for key, text in words.items()}
    question["texts"][language] = {"stem": stem, "feedback": "", "hint": "", "options": worded} | more
    return question


def choice(kind="single", right="a", settings=None, words=None, **weights):
    """Options a, b, c of which those in `right` are right, some with weights."""
    options = [{"key": key, "correct": key in right} for key in "abc"]
    for option in options:
        if option["key"] in weights:
            option["weight"] = weights[option["key"]]
    words = words or {"a": "<p>Freeze it</p>", "b": "<p>Ask first</p>", "c": "<p>Wait</p>"}
    return content(kind, options, settings, words=words)


def matching(**more):
    """Two crimes and three courts."""
    items = [{"key": "i1", "match": "t1"}, {"key": "i2", "match": "t2"}]
    words = {"i1": "<p>Genocide</p>", "i2": "<p>Theft</p>", "t1": "ICC", "t2": "A < B court", "t3": "ITLOS"}
    return content("matching", items, {"targets": ["t1", "t2", "t3"]}, words=words, **more)


def ordering(settings=None, steps="abcd"):
    """Steps in the order of the alphabet."""
    return content(
        "ordering",
        [{"key": key} for key in steps],
        settings,
        words={key: f"<p>Step {key}</p>" for key in steps},
    )


def short_answer(settings=None, **weights):
    """Accepted words with what they earn."""
    weights = weights or {"freezing": "1"}
    options = [{"key": key, "weight": weight} for key, weight in weights.items()]
    return content("short_answer", options, settings, words={key: key for key in weights})


KM = [{"symbol": "km", "factor": "1"}, {"symbol": "m", "factor": "0.001"}, {"symbol": "m²", "factor": "7"}]


def numeric(value="42", tolerance="0", *others, unit="none", units=(), penalty="0.1"):
    """An accepted number, and others as whole options."""
    options = [{"key": "a", "value": value, "tolerance": tolerance, "weight": "1"}, *others]
    return content("numeric", options, {"unit": unit, "units": list(units), "unit_penalty": penalty})


def gaps(settings=None):
    """A typed gap worth two points, a chosen one and a number."""
    options = [
        {"key": "1", "mode": "typed", "points": "2", "choices": [{"key": "1a", "weight": "1"}]},
        {
            "key": "2",
            "mode": "chosen",
            "points": "1",
            "choices": [{"key": "2a", "weight": "1"}, {"key": "2b", "weight": "0.5"}],
        },
        {
            "key": "3",
            "mode": "number",
            "points": "1",
            "choices": [{"key": "3a", "weight": "1", "value": "20", "tolerance": "1"}],
        },
    ]
    words = {"1a": "seizure", "2a": "judge", "2b": "prosecutor"}
    return content("gaps", options, settings, stem="<p>[[1]] by a [[2]] in [[3]] days</p>", words=words)


def hotspot(right="a", several=False, **more):
    """Three areas of a picture."""
    shape = {"x": "10", "y": "20", "width": "15", "height": "10"}
    options = [{"key": key, "correct": key in right, "shape": dict(shape)} for key in "abc"]
    words = {"a": "The door", "b": "The desk", "c": "The window"}
    return content("hotspot", options, {"several": several}, words=words, **{"image_alt": "A room"} | more)


def essay(**settings):
    """A text to be written."""
    return content("essay", [], {"text": "required", "files": 0} | settings)
