"""Gaps of Moodle: cloze (multianswer), and words to choose or drag into a text (gapselect, ddwtos)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from django.utils.translation import gettext as _

from assessments.exchange.content import (
    ONE,
    ZERO,
    number,
    option_key,
    plain_number,
    question_content,
    weight,
    wildcards,
)
from assessments.exchange.limits import MAX_OPTIONS
from assessments.exchange.moodlexml.common import common
from assessments.exchange.moodlexml.texts import words_of
from assessments.exchange.rich_text import SHORT, plain_text, rich_text
from assessments.exchange.values import NotUnderstood

TYPED = {"SHORTANSWER", "SA", "MW"}
TYPED_IN_CASE = {"SHORTANSWER_C", "SAC", "MWC"}
NUMBERS = {"NUMERICAL", "NM"}
SHAPES = ("", "_V", "_H", "_S", "_VS", "_HS")
CHOSEN = {f"MULTICHOICE{shape}" for shape in SHAPES} | {f"MC{shape.lstrip('_')}" for shape in SHAPES}
SEVERAL = {f"MULTIRESPONSE{shape}" for shape in SHAPES} | {f"MR{shape.lstrip('_')}" for shape in SHAPES}
BEGIN = re.compile(r"\{(\d{0,4}):([A-Z_]{2,20}):")
GAP = re.compile(r"\{(\d{0,4}):([A-Z_]{2,20}):((?:\\.|[^\\}])*)\}", re.DOTALL)
MARK = re.compile(r"\[\[(\d{1,3})\]\]")
ANSWER = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
SIGN = re.compile(r"\\(.)", re.DOTALL)
HASH = re.compile(r"((?:\\.|[^\\#])*)#?(.*)", re.DOTALL)
SHARE = re.compile(r"\s*(?:=|%(-?\d+(?:\.\d+)?)%)", re.DOTALL)
MOST_CHOICES = 1000


@dataclass
class Gaps:
    """The gaps of a question as they are found."""

    texts: object
    options: list
    words: dict
    in_case: set

    def add(self, found):
        """Read one gap of a cloze; what stands in the text instead of it."""
        points, kind, said = found.groups()
        if kind in SEVERAL:
            raise NotUnderstood(_("One of its gaps takes several answers."))
        if kind not in TYPED | TYPED_IN_CASE | NUMBERS | CHOSEN:
            raise NotUnderstood(
                _("One of its gaps is of a kind that is not known: %(kind)s.") % {"kind": kind[:40]}
            )
        key = str(len(self.options) + 1)
        mode = "number" if kind in NUMBERS else "chosen" if kind in CHOSEN else "typed"
        if mode == "typed":
            self.in_case.add(kind in TYPED_IN_CASE)
        answers = enumerate(ANSWER.findall(said))
        choices = [choice for place, answer in answers if (choice := self.choice(answer, place, key, mode))]
        if not choices:
            raise NotUnderstood(_("One of its gaps has no answer."))
        self.options.append(
            {"key": key, "mode": mode, "points": points.lstrip("0") or "1", "choices": choices}
        )
        return f"[[{key}]]"

    def choice(self, answer, place, gap, mode):
        """One answer of a gap, or None where it says something to any other answer."""
        worth = ZERO
        if marked := SHARE.match(answer):
            worth = ONE if marked.group(1) is None else max(ZERO, weight(marked.group(1)))
            answer = answer[marked.end() :]
        text, feedback = (SIGN.sub(unescaped, part).strip() for part in HASH.fullmatch(answer).groups())
        text = plain_text(text)
        key = option_key(place, f"gap {gap}")
        choice = {"key": key, "weight": plain_number(worth)}
        if mode == "number":
            if text in ("*", ""):
                self.texts.notes.append(_("What it says to any other answer is left out."))
                return None
            value, _colon, tolerance = text.partition(":")
            choice |= {
                "value": number(value),
                "tolerance": plain_number(abs(Decimal(number(tolerance or "0")))),
            }
            text = ""
        said = rich_text(feedback, allowed=SHORT)
        self.texts.notes += said.notes
        self.words[key] = {"text": text, "feedback": said.html}
        return choice


def unescaped(found):
    """A sign after a backslash as itself; a star keeps it, to be told from one that stands for any letters."""
    return found.group() if found.group(1) == "*" else found.group(1)


def cloze(node, texts):
    """A text with its answers inside it."""
    gaps = Gaps(texts, [], {}, set())
    question = node.first("questiontext")
    if question is None:
        raise NotUnderstood(_("It has no question text."))
    text = words_of(question).replace("[[", "[ [")
    if len(BEGIN.findall(text)) > MAX_OPTIONS:
        raise NotUnderstood(too_many())
    text = GAP.sub(gaps.add, text)
    check(gaps)
    stem = texts.rich_words(text, question)
    if len(gaps.in_case) > 1:
        texts.notes.append(_("Capital letters count in some of its gaps; here they count in all."))
    typed = [choice["key"] for gap in gaps.options if gap["mode"] == "typed" for choice in gap["choices"]]
    settings = {
        "match_case": True in gaps.in_case,
        "match_accents": True,
        "spelling": "exact",
    } | wildcards({key: gaps.words[key] for key in typed})
    return content(gaps, settings, common(node, texts, stem))


def chosen_gaps(node, texts):
    """A text with places for words that are chosen from a list, or dragged from one."""
    gaps = Gaps(texts, [], {}, set())
    offered = node.all("selectoption") or node.all("dragbox")
    names = [texts.plain(option) for option in offered]
    groups = [option.said("group") or "1" for option in offered]
    question = node.first("questiontext")
    if question is None or not offered:
        raise NotUnderstood(_("It has no gaps, or no words to choose for them."))

    def place(found):
        right = int(found.group(1)) - 1
        if not 0 <= right < len(names):
            raise NotUnderstood(_("The gap %(gap)s has no word that belongs in it.") % {"gap": found.group()})
        key, choices = str(len(gaps.options) + 1), []
        for number_of, name in enumerate(names):
            if groups[number_of] == groups[right] and len(gaps.words) <= MOST_CHOICES:
                choice = option_key(number_of, f"gap {key}")
                choices.append({"key": choice, "weight": "1" if number_of == right else "0"})
                gaps.words[choice] = {"text": name, "feedback": ""}
        gaps.options.append({"key": key, "mode": "chosen", "points": "1", "choices": choices})
        return f"[[{key}]]"

    text = MARK.sub(
        place, unescape(words_of(question)) if "&#91;" in words_of(question) else words_of(question)
    )
    check(gaps)
    settings = {"match_case": False, "match_accents": True, "spelling": "exact", "wildcards": False}
    return content(gaps, settings, common(node, texts, texts.rich_words(text, question)))


def check(gaps):
    """Refuse a text without gaps and one with too many."""
    if not gaps.options:
        raise NotUnderstood(_("It has no gaps."))
    if len(gaps.options) > MAX_OPTIONS or len(gaps.words) > MOST_CHOICES:
        raise NotUnderstood(too_many())


def too_many():
    """What is said of a text with too many gaps."""
    return _("It has more than %(count)s gaps or answers.") % {"count": MAX_OPTIONS}


def content(gaps, settings, about):
    """The question with its gaps."""
    return question_content(
        "gaps", gaps.texts.language, options=gaps.options, settings=settings, words=gaps.words, **about
    )
