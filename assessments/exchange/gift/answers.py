"""What stands between { and } in GIFT: which kind of question it makes, and its answers."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.content import (
    ONE,
    ZERO,
    number,
    option_key,
    plain_number,
    question_content,
    several_options,
    weight,
    weighted_option,
    wildcards,
)
from assessments.exchange.gift.texts import Texts
from assessments.exchange.values import NotUnderstood
from assessments.kinds.truth import true_false_words

ENTRY = re.compile(r"([=~])([^=~]*)")
WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
TRUTH = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}
ANY = "*"


@dataclass(frozen=True)
class Entry:
    """One answer: right (=) or not (~), its share where one is named, its words and what is said to them."""

    is_right: bool
    share: Decimal | None
    text: str
    feedback: str

    @property
    def worth(self):
        """What choosing it is worth, from −1 to 1."""
        if self.share is not None:
            return self.share
        return ONE if self.is_right else ZERO


def answered(stem: str, answers: str, texts: Texts) -> dict:
    """The content of a question by its stem and its answers, signs still hidden. Raises NotUnderstood."""
    answers, _mark, general = answers.partition("####")
    answers = answers.strip()
    words = {"stem": texts.rich(stem), "feedback": texts.rich(general)}
    if not words["stem"]:
        raise NotUnderstood(_("It has answers but no question."))
    return reader_of(answers)(answers, texts, words)


def reader_of(answers: str):
    """Which kind of question the answers make."""
    if not answers:
        return essay
    if answers.startswith("#"):
        return numeric
    if answers.split("#")[0].strip().upper() in TRUTH:
        return true_false
    if "~" in answers:
        return choice
    if "=" in answers and "->" in answers:
        return matching
    if "=" in answers:
        return short_answer
    raise NotUnderstood(_("Its answers are not understood: none begins with = or ~."))


def entries(answers: str) -> list[Entry]:
    """The answers one by one."""
    first = re.search(r"[=~]", answers)
    if first and (before := answers[: first.start()].strip()):
        raise NotUnderstood(_("“%(text)s” stands before the first answer.") % {"text": before[:60]})
    found = []
    for sign, said in ENTRY.findall(answers):
        share = None
        if marked := WEIGHT.match(said):
            share, said = weight(marked.group(1)), said[marked.end() :]
        text, _hash, feedback = said.partition("#")
        found.append(Entry(sign == "=", share, text.strip(), feedback.strip()))
    return found


def essay(_answers, texts, words):
    """{}: a text that a person marks."""
    settings = {
        "text": "required",
        "min_words": None,
        "max_words": None,
        "files": 0,
        "files_required": 0,
        "file_types": [],
        "file_mb": 10,
    }
    words |= {"template": "", "notes_for_markers": ""}
    return question_content("essay", texts.language, settings=settings, **words)


def true_false(answers, texts, words):
    """{TRUE#said to the wrong answer#said to the right one}."""
    truth, *said = answers.split("#")
    right = TRUTH[truth.strip().upper()]
    wrong = "false" if right == "true" else "true"
    feedback = {
        wrong: texts.short(said[0]) if said else "",
        right: texts.short(said[1]) if len(said) > 1 else "",
    }
    names = true_false_words(texts.language)
    return question_content(
        "true_false",
        texts.language,
        options=[{"key": key, "correct": key == right} for key in names],
        words={key: {"text": name, "feedback": feedback[key]} for key, name in names.items()},
        **words,
    )


def choice(answers, texts, words):
    """Answers with ~: one is to be chosen where one is marked =, several where none is."""
    found = entries(answers)
    keys = [option_key(place) for place in range(len(found))]
    said = {
        key: {"text": texts.short(entry.text), "feedback": texts.short(entry.feedback)}
        for key, entry in zip(keys, found, strict=True)
    }
    if any(not words_of["text"] for words_of in said.values()):
        raise NotUnderstood(_("One of its answers has no words."))
    if any(entry.is_right for entry in found):
        options = [weighted_option(key, entry.worth) for key, entry in zip(keys, found, strict=True)]
        return question_content("single", texts.language, options=options, words=said, **words)
    shares = {key: entry.worth for key, entry in zip(keys, found, strict=True)}
    options, settings = several_options(shares)
    return question_content(
        "multiple", texts.language, options=options, settings=settings, words=said, **words
    )


def matching(answers, texts, words):
    """Pairs with ->; a pair without a first half is an answer that matches nothing."""
    items, targets, said = [], {}, {}
    for place, entry in enumerate(entries(answers)):
        item, arrow, target = entry.text.partition("->")
        name = texts.plain(target)
        if not arrow or not name:
            raise NotUnderstood(_("“%(text)s” is no pair: write =this -> that.") % {"text": entry.text[:60]})
        if name not in targets:
            targets[name] = option_key(len(targets), "target")
            said[targets[name]] = {"text": name, "feedback": ""}
        if item.strip():
            key = option_key(place)
            items.append({"key": key, "match": targets[name]})
            said[key] = {"text": texts.short(item), "feedback": texts.short(entry.feedback)}
    settings = {"targets": list(targets.values())}
    return question_content("matching", texts.language, options=items, settings=settings, words=said, **words)


def short_answer(answers, texts, words):
    """Answers with = alone: what may be typed. As in Moodle a * stands for any letters; case does not count."""
    found = entries(answers)
    options, said = [], {}
    for place, entry in enumerate(found):
        name = texts.plain(entry.text)
        if not name:
            raise NotUnderstood(_("One of its answers has no words."))
        key = option_key(place)
        options.append({"key": key, "weight": plain_number(max(ZERO, entry.worth))})
        said[key] = {"text": name, "feedback": texts.short(entry.feedback)}
    settings = {
        "match_case": False,
        "match_accents": True,
        "spelling": "exact",
    } | wildcards(said)
    return question_content(
        "short_answer", texts.language, options=options, settings=settings, words=said, **words
    )


def numeric(answers, texts, words):
    """{#value:tolerance}, {#least..most} or several of them with =."""
    answers = answers[1:].strip()
    found = entries(answers) if answers[:1] in ("=", "~") else [bare(answers)]
    options, said = [], {}
    for place, entry in enumerate(found):
        if entry.text == ANY or not entry.text:
            texts.notes.append(_("What it says to any other answer is left out."))
            continue
        key, (value, tolerance) = option_key(place), bounds(entry.text)
        share = plain_number(max(ZERO, entry.worth))
        options.append({"key": key, "value": value, "tolerance": tolerance, "weight": share})
        said[key] = {"text": "", "feedback": texts.short(entry.feedback)}
    if not options:
        raise NotUnderstood(_("It asks for a number but names none."))
    settings = {"units": [], "unit": "none", "unit_penalty": "0"}
    return question_content(
        "numeric", texts.language, options=options, settings=settings, words=said, **words
    )


def bare(answers):
    """A number without =."""
    text, _hash, feedback = answers.partition("#")
    return Entry(True, None, text.strip(), feedback.strip())


def bounds(text: str) -> tuple[str, str]:
    """A value and how far off an answer may be, from “value:tolerance” or “least..most”."""
    least, dots, most = text.partition("..")
    if dots:
        low, high = Decimal(number(least)), Decimal(number(most))
        if low > high:
            raise NotUnderstood(_("“%(text)s” ends before it begins.") % {"text": text[:60]})
        return plain_number((low + high) / 2), plain_number((high - low) / 2)
    value, colon, tolerance = text.partition(":")
    return number(value), plain_number(
        abs(Decimal(number(tolerance)))
    ) if colon and tolerance.strip() else "0"
