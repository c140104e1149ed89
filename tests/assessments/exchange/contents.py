"""Any question the site can hold, for property tests."""

from html import escape

from hypothesis import strategies as st

from assessments.exchange.values import Origin, ReadPart, ReadQuestion

LANGUAGES = ["en", "fr", "ar", "zh-hans"]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
plain_texts = st.text(LETTERS, max_size=30)
words = st.text(st.one_of(st.sampled_from("abc <&>\"'~={}#:\\*[]/|éß学م"), LETTERS), min_size=1, max_size=20)
keys = st.uuids().map(str)
weights = st.integers(-100, 100).map(lambda hundredths: f"{hundredths / 100:g}")
shares = st.integers(0, 100).map(lambda hundredths: f"{hundredths / 100:g}")
numbers = st.decimals(-1000, 1000, places=3).map(str)
HREFS = st.sampled_from(["https://unicri.org/a?b=1&amp;c=2", "mailto:a@b.c", "http://example.org/%20x"])


@st.composite
def inline(draw):
    """Words with marks, as the editor keeps them."""
    text = escape(draw(words), quote=False)
    mark = draw(st.sampled_from(["", "b", "i", "sup", "sub", "a"]))
    if mark == "a":
        return f'<a href="{draw(HREFS)}">{text}</a>'
    return f"<{mark}>{text}</{mark}>" if mark else text


@st.composite
def rich_texts(draw, lists=True):
    """Rich text, as the editor keeps it."""
    blocks = []
    for _number in range(draw(st.integers(0, 2))):
        key = draw(st.sampled_from(["", ' data-block-key="a1b2c"']))
        text = "".join(draw(st.lists(inline(), min_size=1, max_size=2)))
        if lists and draw(st.booleans()):
            blocks.append(f"<ul><li{key}>{text}</li></ul>")
        else:
            blocks.append(f"<p{key}>{text}</p>")
    return "".join(blocks)


def options_of(draw, kind, option_keys):
    """The structure of each option, and the keys that need words."""
    if kind in ("single", "multiple"):
        return [
            {"key": key, "correct": draw(st.booleans())}
            | draw(st.sampled_from([{}, {"weight": draw(weights)}]))
            for key in option_keys
        ]
    if kind == "true_false":
        right = draw(st.booleans())
        return [{"key": "true", "correct": right}, {"key": "false", "correct": not right}]
    if kind == "ordering":
        return [{"key": key} for key in option_keys]
    if kind == "short_answer":
        return [{"key": key, "weight": draw(shares)} for key in option_keys]
    if kind == "numeric":
        return [
            {"key": key, "value": draw(numbers), "tolerance": draw(shares), "weight": draw(shares)}
            for key in option_keys
        ]
    if kind == "hotspot":
        shape = {"x": "10", "y": "20.5", "width": "15", "height": "10"}
        return [{"key": key, "correct": draw(st.booleans()), "shape": shape} for key in option_keys]
    return []


RULES = {
    "single": st.just({}),
    "true_false": st.just({}),
    "case": st.just({}),
    "multiple": st.fixed_dictionaries({"credit": st.sampled_from(["shares", "all", "weights"])}),
    "ordering": st.fixed_dictionaries({"credit": st.sampled_from(["neighbours", "all"])}),
    "hotspot": st.fixed_dictionaries({"several": st.booleans()}),
    "numeric": st.fixed_dictionaries(
        {
            "units": st.sampled_from(
                [[], [{"symbol": "km", "factor": "1"}, {"symbol": "m", "factor": "0.001"}]]
            ),
            "unit": st.sampled_from(["none", "optional", "required"]),
            "unit_penalty": shares,
        }
    ),
    "essay": st.fixed_dictionaries(
        {
            "text": st.sampled_from(["required", "optional", "none"]),
            "min_words": st.one_of(st.none(), st.integers(1, 50)),
            "max_words": st.one_of(st.none(), st.integers(50, 900)),
            "files": st.integers(0, 3),
            "files_required": st.just(0),
            "file_types": st.sampled_from([[], ["pdf", "docx"]]),
            "file_mb": st.just(10),
        }
    ),
}
typing = st.fixed_dictionaries(
    {
        "match_case": st.booleans(),
        "match_accents": st.booleans(),
        "spelling": st.sampled_from(["exact", "tolerant"]),
        "wildcards": st.booleans(),
    }
)
RULES |= {"short_answer": typing, "gaps": typing}
PLAIN = {"short_answer", "gaps", "hotspot", "numeric"}
KINDS = [*RULES, "matching"]


@st.composite
def contents(draw, kinds=KINDS, languages=LANGUAGES, least=1):
    """The content of a question of any kind, in some languages."""
    kind = draw(st.sampled_from(kinds))
    spoken = draw(st.lists(st.sampled_from(languages), min_size=least, max_size=3, unique=True))
    option_keys = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    stems = ""
    if kind == "matching":
        targets = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
        settings = {"targets": targets}
        options = [{"key": key, "match": draw(st.sampled_from(targets))} for key in option_keys]
        option_keys = [*option_keys, *targets]
    elif kind == "gaps":
        settings = draw(typing)
        options = [gap(draw, str(place), key) for place, key in enumerate(option_keys, start=1)]
        option_keys = [choice["key"] for option in options for choice in option["choices"]]
        stems = " ".join(f"[[{option['key']}]]" for option in options)
    else:
        settings = draw(RULES[kind])
        options = options_of(draw, kind, option_keys)
        option_keys = [option["key"] for option in options]
    plain = set(option_keys if kind in PLAIN else settings.get("targets", ()))
    texts = {}
    for language in spoken:
        said = {
            key: {
                "text": draw(words if key in plain else rich_texts(lists=False)),
                "feedback": draw(rich_texts(lists=False)),
            }
            for key in option_keys
        }
        texts[language] = {
            "stem": draw(rich_texts()) + (f"<p>{stems}</p>" if stems else ""),
            "feedback": draw(rich_texts()),
            "hint": draw(rich_texts()),
            "options": said,
        }
        if kind == "essay":
            texts[language] |= {"template": draw(plain_texts), "notes_for_markers": draw(rich_texts())}
        if kind == "hotspot":
            texts[language]["image_alt"] = draw(plain_texts)
    return {
        "kind": kind,
        "source": next(iter(spoken), ""),
        "options": options,
        "settings": settings,
        "texts": texts,
    }


def gap(draw, key, choice_key):
    mode = draw(st.sampled_from(["typed", "chosen", "number"]))
    choice = {"key": choice_key, "weight": "1"}
    if mode == "number":
        choice |= {"value": draw(numbers), "tolerance": "0.5"}
    return {"key": key, "mode": mode, "points": draw(st.sampled_from(["1", "0.5", "3"])), "choices": [choice]}


@st.composite
def questions(draw, **kinds):
    """A question as it is exported."""
    return ReadQuestion(
        line=0,
        name=draw(words),
        content=draw(contents(**kinds, least=0)),
        category=tuple(draw(st.lists(words, max_size=3))),
        tags=tuple(draw(st.lists(words, max_size=3, unique=True))),
        id_number=draw(words),
        origin=Origin(
            key=draw(keys),
            difficulty=draw(st.sampled_from([None, 1, 2, 3])),
            outcome=draw(plain_texts),
            lesson=draw(st.one_of(st.none(), st.tuples(keys, st.sampled_from(LANGUAGES)))),
            parts=tuple(ReadPart(key, "2.5") for key in draw(st.lists(keys, max_size=2))),
        ),
    )
