"""Questions of every kind as Hypothesis draws them: valid content, responses to it, and the form that sends them."""

from decimal import Decimal
from html import escape

from hypothesis import strategies as st

from assessments import kinds

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh-hans")
SCORED = tuple(name for name, kind in kinds.KINDS.items() if kind.is_answerable and not kind.is_manual)
ANSWERED = (*SCORED, "essay")

WORDS = {
    "en": [
        "asset",
        "freezing order",
        "mutual legal assistance",
        "the court’s ruling",
        "A & B < C",
        "50 % of it",
    ],
    "fr": ["l’État", "œuvre", "entraide judiciaire", "gel d’avoirs", "« à l’étranger »", "procès-verbal"],
    "es": ["niñez", "¿quién?", "asistencia jurídica", "decomiso", "pingüino", "acción"],
    "ar": ["مصادرة", "المساعدة القانونية المتبادلة", "أمر التجميد", "قرارٌ", "نيابة عامة", "إجراءات"],
    "ru": ["ещё один ордер", "конфискация", "следственный судья", "мой", "объект"],
    "zh-hans": ["司法协助", "没收资产", "检察官", "法官（独任）", "冻结令"],
}
# What file formats and forms give a meaning of their own.
AWKWARD = "~=#{}:\\/\"'<>&%$*[]|,;.!?()-–—_@^`é\u00a0中ع\u0301"

KEYS = [*"abcdefgh", "0", "10", "a-b", "a_b", "6f1c2b60-0d5e-4f0e-9d0b-1d2f4f6c7a11", "c0ffee"]
shares = st.decimals(min_value=0, max_value=1, places=2).map(str)
part_shares = st.decimals(min_value=Decimal(-1), max_value=Decimal("0.9"), places=2).map(str)


def plain_texts(language="en", *, awkward=True):
    """A few plain words on one line."""
    found = st.sampled_from(WORDS[language])
    if not awkward:
        return found
    odd = st.text(alphabet="abcxyz 12" + AWKWARD, min_size=1, max_size=20)
    return st.one_of(found, odd.map(lambda text: " ".join(text.split())).filter(_is_worded))


def _is_worded(text):
    return any(character.isalnum() for character in text)


@st.composite
def rich_texts(draw, language="en"):
    """A paragraph or two of rich text, as the editor keeps them."""
    shapes = ("<p>{}</p>", "<p><b>{}</b></p>", "<p>{}</p><p>2</p>", "<ul><li>{}</li><li>b</li></ul>")
    return draw(st.sampled_from(shapes)).format(escape(draw(plain_texts(language)), quote=False))


@st.composite
def contents(draw, names=ANSWERED, languages=LANGUAGES):
    """The valid content of a question of one of these kinds, worded in some of the languages."""
    name = draw(st.sampled_from(names))
    spoken = draw(st.lists(st.sampled_from(languages), min_size=1, max_size=3, unique=True))
    body = draw(BODIES[name]())
    texts = {}
    for language in spoken:
        texts[language] = draw(worded(body, language))
    return {
        "kind": name,
        "source": spoken[0],
        "options": body["options"],
        "settings": body["settings"],
        "texts": texts,
    }


@st.composite
def worded(draw, body, language):
    """The words of a question in one language."""
    words = {
        "stem": draw(rich_texts(language)) + body.get("marks", ""),
        "feedback": draw(st.just("") | rich_texts(language)),
        "hint": draw(st.just("") | rich_texts(language)),
        "options": {},
    }
    for key, is_rich in body["worded"].items():
        words["options"][key] = {
            "text": draw(rich_texts(language) if is_rich else plain_texts(language)),
            "feedback": draw(st.just("") | rich_texts(language)),
        }
    for key in body.get("commented", ()):
        words["options"][key] = {"text": "", "feedback": draw(st.just("") | rich_texts(language))}
    for extra in body.get("extra", ()):
        words[extra] = draw(rich_texts(language) if extra == "notes_for_markers" else plain_texts(language))
    return words


def distinct_keys(least, most):
    """Some keys, none twice."""
    return st.lists(st.sampled_from(KEYS), min_size=least, max_size=most, unique=True)


@st.composite
def single(draw):
    """One option is right; others may earn a part."""
    found = draw(distinct_keys(2, 6))
    right = draw(st.sampled_from(found))
    options = [{"key": key, "correct": key == right} for key in found]
    for option in options:
        if not option["correct"] and draw(st.booleans()):
            option["weight"] = draw(part_shares)
    return {"options": options, "settings": {}, "worded": dict.fromkeys(found, True)}


@st.composite
def multiple(draw):
    """Some options are right, by any of the three ways to count them."""
    found = draw(distinct_keys(2, 7))
    right = draw(st.sets(st.sampled_from(found), min_size=1))
    credit = draw(st.sampled_from(["shares", "all", "weights", None]))
    options = [{"key": key, "correct": key in right} for key in found]
    if credit == "weights":
        each = str((Decimal(1) / len(right)).quantize(Decimal("0.0001")))
        for option in options:
            option["weight"] = each if option["correct"] else draw(st.sampled_from(["0", "-0.5", "-1"]))
    settings = {"credit": credit} if credit else {}
    return {"options": options, "settings": settings, "worded": dict.fromkeys(found, True)}


@st.composite
def true_false(draw):
    """True or false."""
    right = draw(st.sampled_from(["true", "false"]))
    options = [{"key": key, "correct": key == right} for key in ("true", "false")]
    return {"options": options, "settings": {}, "worded": {"true": True, "false": True}}


@st.composite
def matching(draw):
    """Items and targets, some of which may serve several items or none."""
    found = draw(distinct_keys(4, 9))
    cut = draw(st.integers(2, len(found) - 2))
    items, targets = found[:cut], found[cut:]
    options = [{"key": key, "match": draw(st.sampled_from(targets))} for key in items]
    are_rich = dict.fromkeys(items, True) | dict.fromkeys(targets, False)
    return {"options": options, "settings": {"targets": targets}, "worded": are_rich}


@st.composite
def ordering(draw):
    """Steps in the right order."""
    found = draw(distinct_keys(2, 6))
    credit = draw(st.sampled_from(["neighbours", "all", None]))
    settings = {"credit": credit} if credit else {}
    return {
        "options": [{"key": key} for key in found],
        "settings": settings,
        "worded": dict.fromkeys(found, True),
    }


spelling_rules = st.fixed_dictionaries(
    {},
    optional={
        "match_case": st.booleans(),
        "match_accents": st.booleans(),
        "spelling": st.sampled_from(["exact", "tolerant"]),
        "wildcards": st.booleans(),
    },
)


@st.composite
def short_answer(draw):
    """Accepted variants, the first of which earns everything."""
    found = draw(distinct_keys(1, 4))
    options = [{"key": key, "weight": draw(shares)} for key in found]
    options[0]["weight"] = "1"
    return {"options": options, "settings": draw(spelling_rules), "worded": dict.fromkeys(found, False)}


def amounts(least=-1_000_000, most=1_000_000):
    """Numbers as content keeps them."""
    return st.decimals(min_value=least, max_value=most, places=3).map(lambda value: f"{value.normalize():f}")


UNITS = [
    {"symbol": "km", "factor": "1"},
    {"symbol": "m", "factor": "0.001"},
    {"symbol": "mi", "factor": "1.6"},
]


@st.composite
def numeric(draw):
    """Accepted numbers, the first of which earns everything, and perhaps units."""
    found = draw(distinct_keys(1, 3))
    options = [
        {"key": key, "value": draw(amounts()), "tolerance": draw(amounts(0, 50)), "weight": draw(shares)}
        for key in found
    ]
    options[0]["weight"] = "1"
    unit = draw(st.sampled_from(["none", "optional", "required"]))
    settings = {"unit": unit, "units": [], "unit_penalty": draw(shares)}
    if unit != "none":
        settings["units"] = UNITS[: draw(st.integers(1, 3))]
    return {"options": options, "settings": settings, "worded": {}, "commented": found}


@st.composite
def gaps(draw):
    """A text with gaps of all three sorts."""
    options, are_worded, commented = [], {}, []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        mode = draw(st.sampled_from(["typed", "chosen", "number"]))
        choices = [
            {"key": f"{number}-{place}", "weight": draw(shares)} for place in range(draw(st.integers(1, 3)))
        ]
        choices[0]["weight"] = "1"
        for choice in choices:
            if mode == "number":
                choice |= {"value": draw(amounts()), "tolerance": draw(amounts(0, 5))}
                commented.append(choice["key"])
            else:
                are_worded[choice["key"]] = False
        points = draw(st.sampled_from(["1", "2", "0.5"]))
        options.append({"key": str(number), "mode": mode, "points": points, "choices": choices})
    marks = "".join(f"<p>… [[{gap['key']}]]</p>" for gap in options)
    return {
        "options": options,
        "settings": draw(spelling_rules),
        "worded": are_worded,
        "commented": commented,
        "marks": marks,
    }


@st.composite
def hotspot(draw):
    """Areas of a picture."""
    found = draw(distinct_keys(2, 5))
    several = draw(st.booleans())
    right = draw(st.sets(st.sampled_from(found), min_size=1, max_size=len(found) if several else 1))
    options = []
    for key in found:
        x, y = draw(st.integers(0, 90)), draw(st.integers(0, 90))
        shape = {"x": str(x), "y": str(y), "width": str(100 - x), "height": "7.5"}
        options.append({"key": key, "correct": key in right, "shape": shape})
    return {
        "options": options,
        "settings": {"several": several},
        "worded": dict.fromkeys(found, False),
        "extra": ["image_alt"],
    }


@st.composite
def essay(draw):
    """A text, files or both, within limits that fit together."""
    files = draw(st.integers(0, 5))
    text = draw(st.sampled_from(["required", "optional", "none"] if files else ["required", "optional"]))
    least = draw(st.none() | st.integers(1, 500))
    settings = {
        "text": text,
        "min_words": least,
        "max_words": draw(st.none() | st.integers(least or 1, 1000)),
        "files": files,
        "files_required": draw(st.integers(0, files)),
        "file_types": draw(st.lists(st.sampled_from(["pdf", "docx", "odt"]), min_size=1, unique=True)),
        "file_mb": draw(st.integers(1, 20)),
    }
    return {"options": [], "settings": settings, "worded": {}, "extra": ["template", "notes_for_markers"]}


def case():
    """A text to read."""
    return st.just({"options": [], "settings": {}, "worded": {}})


BODIES = {
    "single": single,
    "multiple": multiple,
    "true_false": true_false,
    "matching": matching,
    "ordering": ordering,
    "short_answer": short_answer,
    "numeric": numeric,
    "gaps": gaps,
    "hotspot": hotspot,
    "essay": essay,
    "case": case,
}


def responses(content):
    """Responses somebody could give, right, wrong or half, in their normal form."""
    return RESPONSES[content["kind"]](content).map(lambda given: _clean(content, given))


def _clean(content, given):
    return kinds.get(content["kind"]).clean(content, given)


def _keys(content):
    return [option["key"] for option in content["options"]]


def _chosen(content):
    return st.lists(st.sampled_from(_keys(content)), unique=True)


def _matched(content):
    targets = st.sampled_from(content["settings"]["targets"])
    return st.dictionaries(st.sampled_from(_keys(content)), targets)


def _ordered(content):
    return st.permutations(_keys(content)) | st.just([])


def _accepted(content, key):
    return [words["options"][key]["text"] for words in content["texts"].values() if key in words["options"]]


def _typed(content):
    accepted = [text for key in _keys(content) for text in _accepted(content, key)]
    return st.fixed_dictionaries({"text": st.sampled_from(accepted) | st.text(max_size=30)})


def _counted(content):
    values = [option["value"] for option in content["options"]]
    symbols = [unit["symbol"] for unit in content["settings"].get("units", ())]
    return st.fixed_dictionaries(
        {
            "value": st.sampled_from(values) | amounts() | st.text(max_size=8),
            "unit": st.sampled_from(["", "kg", *symbols]),
        }
    )


def _filled(content):
    given = {}
    for gap in content["options"]:
        accepted = [text for choice in gap["choices"] for text in _accepted(content, choice["key"])]
        values = [choice["value"] for choice in gap["choices"] if "value" in choice]
        found = (
            [choice["key"] for choice in gap["choices"]] if gap["mode"] == "chosen" else values or accepted
        )
        given[gap["key"]] = st.sampled_from(found) | st.text(max_size=12)
    return st.fixed_dictionaries({}, optional=given)


def _written(content):
    return st.fixed_dictionaries(
        {"text": st.text(max_size=60), "files": st.lists(st.integers(1, 10**6), max_size=3)}
    )


RESPONSES = {
    "single": _chosen,
    "multiple": _chosen,
    "true_false": _chosen,
    "hotspot": _chosen,
    "matching": _matched,
    "ordering": _ordered,
    "short_answer": _typed,
    "numeric": _counted,
    "gaps": _filled,
    "essay": _written,
    "case": lambda content: st.just({}),
}


def form_of(content, response):
    """What the form of a question sends for a response: the ends of its fields' names with their values."""
    if content["kind"] in ("single", "multiple", "true_false", "hotspot"):
        return {"": list(response)}
    if content["kind"] == "ordering":
        return {key: [str(place)] for place, key in enumerate(response, start=1)}
    if content["kind"] == "essay":
        return {"text": [response.get("text", "")], "files": [str(pk) for pk in response.get("files", ())]}
    return {key: [value] for key, value in response.items()}


letters = st.text(alphabet=st.characters(codec=None)) | st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\u202eabc\u202c",
        "a" * 5000,
        "9" * 5000,
        "\r\r\n",
        " \u200f ",
        "1e999999",
        "é" * 600 + " x",
    ]
)
json_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=8,
)


def junk(content):
    """Anything JSON can hold, with the names that this kind of question knows among it."""
    names = st.sampled_from([*_keys(content), "text", "value", "unit", "files", ""])
    known = st.sampled_from(_keys(content) or ["x"])
    return st.one_of(
        json_junk,
        st.lists(known | json_junk, max_size=5),
        st.dictionaries(names, known | json_junk, max_size=5),
    )


def junk_posts(content):
    """Any form a browser could be made to send."""
    names = st.sampled_from([*_keys(content), "text", "value", "unit", "files", ""]) | letters
    return st.dictionaries(names, st.lists(letters | st.sampled_from(_keys(content) or ["x"]), max_size=3))
