"""Each kind of question in the elements Moodle knows it by. What Moodle does not know becomes a description there."""

import base64
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from urllib.parse import quote

from assessments.exchange.content import plain_number
from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.moodlexml.origins import FORBIDDEN
from assessments.exchange.references import attributes_of, reference_of
from assessments.exchange.values import ReadQuestion
from assessments.kinds.base import number
from assessments.kinds.choice import weight
from assessments.kinds.gaps import MARK

TAG = re.compile(r"<embed\b[^<>]*>|<a\b[^<>]*>|</a>")
BLOCK_KEY = re.compile(r'\sdata-block-key="[^"]*"')
# In a cloze these signs end something.
CLOZE_SIGNS = re.compile(r"([\\}#~/\"])")
GAP_KINDS = {"typed": "SHORTANSWER", "number": "NUMERICAL", "chosen": "MULTICHOICE"}
HUNDRED = Decimal(100)


def element(tag: str, attributes: Mapping[str, str], *children: Node) -> Node:
    """An element with others inside it."""
    node = Node(tag, dict(attributes), 0)
    node.children = list(children)
    return node


def said(tag: str, text: str) -> Node:
    """An element with a text, without the letters XML cannot carry."""
    node = Node(tag, {}, 0)
    node.text = FORBIDDEN.sub("", text)
    return node


class Words:
    """The words of a question in the language it was written in, as Moodle writes them."""

    def __init__(self, question: ReadQuestion, addresses: Mapping[str, str]):
        content = question.content
        self.content, self.addresses = content, addresses
        self.texts = content["texts"].get(content["source"]) or next(iter(content["texts"].values()), {})
        self.files = {file.sha1: file for file in question.files}

    def rich(self, tag: str, html: str, *more: Node, attributes: Mapping[str, str] | None = None) -> Node:
        """An element with rich text and its pictures."""
        shown = []
        text = self.html(html, shown)
        files = [self.file(sha1) for sha1 in dict.fromkeys(shown)]
        return element(tag, {**(attributes or {}), "format": "html"}, said("text", text), *files, *more)

    def plain(self, tag: str, text: str, *more: Node, attributes: Mapping[str, str] | None = None) -> Node:
        """An element with plain text."""
        form = {"format": "moodle_auto_format"}
        return element(tag, {**(attributes or {}), **form}, said("text", text), *more)

    def html(self, html: str, shown: list[str]) -> str:
        """Rich text as any browser reads it; the pictures it shows are added to `shown`."""
        linked = True

        def tag(found):
            nonlocal linked
            text, attributes = found.group(), attributes_of(found.group())
            if text == "</a>":
                return text if linked else ""
            if text.startswith("<embed"):
                return self.picture(attributes, shown)
            address = self.addresses.get(attributes.get("id", "")) if reference_of(text) else None
            linked = not reference_of(text) or bool(address)
            return (f'<a href="{escape(address)}">' if address else text) if linked else ""

        return TAG.sub(tag, BLOCK_KEY.sub("", html))

    def picture(self, attributes, shown):
        """A picture of the text, if its bytes are at hand."""
        file = self.files.get(attributes.get("id", "").removeprefix("file:"))
        if file is None:
            return ""
        shown.append(file.sha1)
        return f'<img src="@@PLUGINFILE@@/{quote(file.name)}" alt="{attributes.get("alt", "")}"/>'

    def file(self, sha1):
        """The bytes of a picture."""
        file = self.files[sha1]
        node = said("file", base64.b64encode(file.data).decode("ascii"))
        node.attributes = {"name": file.name, "path": "/", "encoding": "base64"}
        return node

    def option(self, key: str, what: str = "text") -> str:
        """What an option says; where a language has no words for it, what another says."""
        languages = [self.texts, *self.content["texts"].values()]
        words = (texts.get("options", {}).get(key, {}).get(what, "") for texts in languages)
        return next((text for text in words if text), "")

    def feedback(self, key: str) -> Node:
        """What is said to an option."""
        return self.rich("feedback", self.texts.get("options", {}).get(key, {}).get("feedback", ""))

    def answer(self, option: dict, share: Decimal) -> Node:
        """An option with rich words, and what it is worth."""
        attributes = {"fraction": fraction(share)}
        return self.rich(
            "answer", self.option(option["key"]), self.feedback(option["key"]), attributes=attributes
        )


Writer = Callable[[ReadQuestion, Words], tuple[str, list[Node]]]


def written(question: ReadQuestion, words: Words) -> tuple[str, list[Node]]:
    """Moodle's name for the kind, and the elements it has."""
    kind, parts = WRITERS.get(question.content["kind"], description)(question, words)
    stem = next((part for part in parts if part.tag == "questiontext"), None)
    hint = words.texts.get("hint", "")
    return kind, [
        *([] if stem else [words.rich("questiontext", words.texts.get("stem", ""))]),
        *parts[: 1 if stem else 0],
        words.rich("generalfeedback", words.texts.get("feedback", "")),
        said("defaultgrade", plain_number(question.points)),
        said("hidden", "0"),
        *parts[1 if stem else 0 :],
        *([words.rich("hint", hint)] if hint else []),
    ]


def fraction(share: Decimal) -> str:
    """A share as Moodle writes it, in per cent and to five places."""
    return plain_number((share * HUNDRED).quantize(Decimal("0.00001")))


def choice(question, words):
    """One option or several."""
    content = question.content
    several = content["kind"] == "multiple"
    right = [option for option in content["options"] if option.get("correct")]
    by_share = several and content["settings"].get("credit", "shares") != "weights"

    def share(option):
        part = 1 / Decimal(len(right) or 1)
        return (part if option.get("correct") else -part) if by_share else weight(option)

    return "multichoice", [
        said("single", "false" if several else "true"),
        said("shuffleanswers", "true"),
        said("answernumbering", "none"),
        *(words.answer(option, share(option)) for option in content["options"]),
    ]


def true_false(question, words):
    """True and false by their English names, as Moodle wants them."""
    right = {option["key"]: bool(option.get("correct")) for option in question.content["options"]}
    return "truefalse", [
        words.plain(
            "answer", key, words.feedback(key), attributes={"fraction": "100" if right.get(key) else "0"}
        )
        for key in ("true", "false")
    ]


def short_answer(question, words):
    """Accepted answers."""
    settings, options = question.content["settings"], question.content["options"]
    return "shortanswer", [
        said("usecase", "1" if settings.get("match_case") else "0"),
        *(
            words.plain(
                "answer",
                starred(words.option(option["key"]), settings),
                words.feedback(option["key"]),
                attributes={"fraction": fraction(number(option.get("weight"), Decimal(1)))},
            )
            for option in options
            if words.option(option["key"])
        ),
    ]


def starred(text: str, settings: dict) -> str:
    """An accepted answer; a star that is only a star has a backslash before it."""
    return text if settings.get("wildcards") else text.replace("*", "\\*")


def numeric(question, words):
    """Accepted numbers and units."""
    settings = question.content["settings"]
    answers = [
        element(
            "answer",
            {"fraction": fraction(number(option.get("weight"), Decimal(1))), "format": "moodle_auto_format"},
            said("text", option.get("value", "")),
            words.feedback(option["key"]),
            said("tolerance", option.get("tolerance", "0")),
        )
        for option in question.content["options"]
    ]
    units = settings.get("units") or []
    graded = settings.get("unit") == "required"
    shown = [
        element("unit", {}, said("multiplier", multiplier(unit["factor"])), said("unit_name", unit["symbol"]))
        for unit in units
    ]
    return "numerical", [
        *answers,
        *([element("units", {}, *shown)] if units else []),
        said("unitgradingtype", "1" if graded else "0"),
        said("unitpenalty", settings.get("unit_penalty", "0")),
        said("showunits", "0" if units and settings.get("unit") != "none" else "3"),
        said("unitsleft", "0"),
    ]


def multiplier(factor: str) -> str:
    """How many of a unit make one of the first."""
    value = number(factor, Decimal(1))
    return plain_number(Decimal(f"{1 / value:.12g}")) if value > 0 else "1"


def matching(question, words):
    """Pairs, then what matches nothing."""
    content = question.content
    used = {item.get("match") for item in content["options"]}
    spare = [key for key in content["settings"].get("targets", []) if key not in used]

    def pair(html, target):
        answer = element("answer", {}, said("text", escape(words.option(target), quote=False)))
        return words.rich("subquestion", html, answer)

    return "matching", [
        said("shuffleanswers", "true"),
        *(pair(words.option(item["key"]), item.get("match", "")) for item in content["options"]),
        *(pair("", key) for key in spare),
    ]


def ordering(question, words):
    """Parts in their order."""
    by_neighbours = question.content["settings"].get("credit") != "all"
    return "ordering", [
        said("layouttype", "VERTICAL"),
        said("selecttype", "ALL"),
        said("selectcount", "0"),
        said("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST" if by_neighbours else "ALL_OR_NOTHING"),
        said("showgrading", "SHOW"),
        said("numberingstyle", "none"),
        *(
            words.answer(option, Decimal(place) / HUNDRED)
            for place, option in enumerate(question.content["options"], start=1)
        ),
    ]


def gaps(question, words):
    """A cloze: each gap with its answers inside the text."""
    stem = words.texts.get("stem", "")
    by_key = {gap["key"]: gap for gap in question.content["options"]}
    if not any(key in by_key for key in MARK.findall(stem)):
        return description(question, words)
    settings = question.content["settings"]
    points = [max(number(gap.get("points"), Decimal(1)), Decimal(0)) for gap in by_key.values()]
    scale = next((times for times in (1, 2, 4, 10, 20, 100) if all(not (p * times) % 1 for p in points)), 100)

    def gap_text(found):
        gap = by_key.get(found.group(1))
        return cloze_gap(gap, words, settings, scale) if gap else found.group()

    return "cloze", [words.rich("questiontext", MARK.sub(gap_text, stem))]


def cloze_gap(gap, words, settings, scale):
    """One gap as Moodle writes it inside the text."""
    kind = GAP_KINDS[gap["mode"]] + ("_C" if gap["mode"] == "typed" and settings.get("match_case") else "")
    worth = max(1, int(number(gap.get("points"), Decimal(1)) * scale))
    answers = []
    for found in gap["choices"]:
        text = words.option(found["key"])
        if gap["mode"] == "number":
            text = f"{found.get('value', '')}:{found.get('tolerance', '0')}"
        elif gap["mode"] == "typed":
            text = starred(text, settings)
        if text:
            said_to_it = words.html(words.option(found["key"], "feedback"), [])
            share = fraction(number(found.get("weight"), Decimal(1)))
            sign = {"100": "=", "0": ""}.get(share, f"%{share}%")
            answers.append(sign + cloze_text(escape(text, quote=False), gap) + cloze_feedback(said_to_it))
    return "{" + f"{worth}:{kind}:" + "~".join(answers) + "}"


def cloze_text(text, gap):
    """The words of an answer, with the signs hidden that would end it."""
    return CLOZE_SIGNS.sub(r"\\\1", text).replace("\\\\*", "\\*") if gap["mode"] != "number" else text


def cloze_feedback(html):
    """What is said to an answer."""
    return "#" + CLOZE_SIGNS.sub(r"\\\1", html) if html else ""


def essay(question, words):
    """A text, files or both."""
    rules, texts = question.content["settings"], words.texts
    files = rules.get("files") or 0
    form = "noinline" if rules.get("text") == "none" else "editorfilepicker" if files else "editor"
    template = "".join(
        f"<p>{escape(line, quote=False)}</p>" for line in texts.get("template", "").splitlines()
    )
    return "essay", [
        said("responseformat", form),
        said("responserequired", "1" if rules.get("text", "required") == "required" else "0"),
        said("responsefieldlines", "15"),
        said("minwordlimit", str(rules.get("min_words") or "")),
        said("maxwordlimit", str(rules.get("max_words") or "")),
        said("attachments", str(files)),
        said("attachmentsrequired", str(rules.get("files_required") or 0)),
        said("maxbytes", str((rules.get("file_mb") or 0) * 1024 * 1024)),
        said("filetypeslist", ",".join(f".{ending}" for ending in rules.get("file_types") or ())),
        words.rich("graderinfo", texts.get("notes_for_markers", "")),
        words.rich("responsetemplate", template),
    ]


def description(question, words):
    """What Moodle has no kind for: the question as a text, with its picture."""
    stem = words.texts.get("stem", "")
    image = question.origin.image if question.origin else ""
    if image in words.files:
        alt = escape(words.texts.get("image_alt", ""))
        stem += f'<embed alt="{alt}" embedtype="image" format="fullwidth" id="file:{image}"/>'
    return "description", [words.rich("questiontext", stem)]


WRITERS: dict[str, Writer] = {
    "single": choice,
    "multiple": choice,
    "true_false": true_false,
    "matching": matching,
    "ordering": ordering,
    "short_answer": short_answer,
    "numeric": numeric,
    "gaps": gaps,
    "essay": essay,
}
