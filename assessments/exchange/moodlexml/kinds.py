"""Kinds of question of Moodle as kinds of question of ours. Each reader takes the element and its texts."""

from decimal import Context, Decimal

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
from assessments.exchange.moodlexml.common import common
from assessments.exchange.moodlexml.essays import essay
from assessments.exchange.moodlexml.gaps import chosen_gaps, cloze
from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.values import NotUnderstood
from assessments.kinds.truth import true_false_words

# So many digits that a thousandth is a thousandth and a third is near enough.
EXACT = Context(prec=12)
YES = {"true", "1", "yes"}
# How Moodle grades an order all or nothing; its other ways come in as neighbours.
ALL_OR_NOTHING = {"-1", "ALL_OR_NOTHING"}
BY_NEIGHBOURS = {"1", "RELATIVE_NEXT_EXCLUDE_LAST", ""}


def share(answer: Node) -> Decimal:
    """What an answer is worth, from −1 to 1."""
    return weight(answer.attributes.get("fraction") or "0")


def says(node: Node, tag: str, default: str = "false") -> bool:
    """Whether a yes-or-no element says yes."""
    return (node.said(tag) or default).lower() in YES


def true_false(node, texts):
    """Two answers named true and false."""
    options, words = [], {}
    found = {answer.said("text").lower(): answer for answer in node.all("answer")}
    if set(found) != {"true", "false"}:
        raise NotUnderstood(_("Its answers are not “true” and “false”."))
    for key, name in true_false_words(texts.language).items():
        options.append({"key": key, "correct": share(found[key]) > 0})
        words[key] = {"text": name, "feedback": texts.short(found[key].first("feedback"))}
    return question_content("true_false", texts.language, options=options, words=words, **common(node, texts))


def choice(node, texts):
    """One answer or several to choose, each with its share."""
    shares, words = choices(node, texts)
    about = common(node, texts)
    if not says(node, "shuffleanswers", "true"):
        texts.notes.append(_("Moodle keeps its options in order; here the quiz decides."))
    if says(node, "single", "true"):
        options = [weighted_option(key, worth) for key, worth in shares.items()]
        return question_content("single", texts.language, options=options, words=words, **about)
    options, settings = several_options(shares)
    return question_content(
        "multiple", texts.language, options=options, settings=settings, words=words, **about
    )


def all_or_nothing(node, texts):
    """Several answers that count only together."""
    shares, words = choices(node, texts)
    options = [{"key": key, "correct": worth > 0} for key, worth in shares.items()]
    settings = {"credit": "all"}
    return question_content(
        "multiple", texts.language, options=options, settings=settings, words=words, **common(node, texts)
    )


def choices(node, texts):
    """The shares and words of the options, by key."""
    shares, words = {}, {}
    for place, answer in enumerate(node.all("answer")):
        text = texts.short(answer)
        if not text:
            raise NotUnderstood(_("One of its answers has no words."))
        key = option_key(place)
        shares[key] = share(answer)
        words[key] = {"text": text, "feedback": texts.short(answer.first("feedback"))}
    if not shares:
        raise NotUnderstood(_("It has no answers."))
    return shares, words


def short_answer(node, texts):
    """What may be typed; a * stands for any letters."""
    options, words = [], {}
    for place, answer in enumerate(node.all("answer")):
        text = texts.plain(answer)
        if not text:
            raise NotUnderstood(_("One of its answers has no words."))
        key = option_key(place)
        options.append({"key": key, "weight": plain_number(max(ZERO, share(answer)))})
        words[key] = {"text": text, "feedback": texts.short(answer.first("feedback"))}
    if not options:
        raise NotUnderstood(_("It has no answers."))
    settings = {
        "match_case": says(node, "usecase"),
        "match_accents": True,
        "spelling": "exact",
    } | wildcards(words)
    return question_content(
        "short_answer", texts.language, options=options, settings=settings, words=words, **common(node, texts)
    )


def numeric(node, texts):
    """Numbers with their tolerance, and units."""
    options, words = [], {}
    for place, answer in enumerate(node.all("answer")):
        value = answer.said("text")
        if value in ("*", ""):
            texts.notes.append(_("What it says to any other answer is left out."))
            continue
        key = option_key(place)
        tolerance = plain_number(abs(Decimal(number(answer.said("tolerance") or "0"))))
        worth = plain_number(max(ZERO, share(answer)))
        options.append({"key": key, "value": number(value), "tolerance": tolerance, "weight": worth})
        words[key] = {"text": "", "feedback": texts.short(answer.first("feedback"))}
    if not options:
        raise NotUnderstood(_("It asks for a number but names none."))
    return question_content(
        "numeric", texts.language, options=options, settings=units(node), words=words, **common(node, texts)
    )


def units(node):
    """The units of a number. Moodle says how many of a unit make one of the first; we say what one of them is worth."""
    found = []
    for unit in node.first("units").all("unit") if node.first("units") else []:
        symbol = unit.said("unit_name")
        multiplier = Decimal(number(unit.said("multiplier") or "1"))
        if not symbol or multiplier <= 0:
            raise NotUnderstood(_("A unit has no name, or a multiplier that is not above 0."))
        found.append({"symbol": symbol[:30], "factor": plain_number(EXACT.divide(ONE, multiplier))})
    found.sort(key=lambda unit: unit["factor"] != "1")
    if found and found[0]["factor"] != "1":
        raise NotUnderstood(_("None of its units is the one its answers are in."))
    graded = node.said("unitgradingtype") not in ("", "0")
    penalty = number(node.said("unitpenalty") or "0")
    rule = ("required" if graded else "optional") if found else "none"
    return {"units": found, "unit": rule, "unit_penalty": penalty if graded and found else "0"}


def matching(node, texts):
    """Pairs; a pair without a first half is an answer that matches nothing."""
    items, targets, words = [], {}, {}
    for place, pair in enumerate(node.all("subquestion")):
        name, item = texts.plain(pair.first("answer")), texts.short(pair)
        if not name:
            raise NotUnderstood(_("One of its pairs has no second half."))
        if name not in targets:
            targets[name] = option_key(len(targets), "target")
            words[targets[name]] = {"text": name, "feedback": ""}
        if item:
            key = option_key(place)
            items.append({"key": key, "match": targets[name]})
            words[key] = {"text": item, "feedback": ""}
    if not items:
        raise NotUnderstood(_("It has no pairs."))
    settings = {"targets": list(targets.values())}
    return question_content(
        "matching", texts.language, options=items, settings=settings, words=words, **common(node, texts)
    )


def ordering(node, texts):
    """Parts in their right order."""
    words = {}
    for place, answer in enumerate(node.all("answer")):
        text = texts.short(answer)
        if not text:
            raise NotUnderstood(_("One of its answers has no words."))
        words[option_key(place)] = {"text": text, "feedback": texts.short(answer.first("feedback"))}
    if len(words) < 2:
        raise NotUnderstood(_("It has fewer than two parts to put in order."))
    way = node.said("gradingtype").upper()
    if way not in ALL_OR_NOTHING | BY_NEIGHBOURS:
        texts.notes.append(_("Moodle grades its order in another way; here each right neighbour counts."))
    if node.said("selecttype").upper() not in ("", "ALL", "0"):
        texts.notes.append(_("Moodle shows some of its parts; here all are shown."))
    settings = {"credit": "all" if way in ALL_OR_NOTHING else "neighbours"}
    return question_content(
        "ordering",
        texts.language,
        options=[{"key": key} for key in words],
        settings=settings,
        words=words,
        **common(node, texts),
    )


READERS = {
    "truefalse": true_false,
    "multichoice": choice,
    "multichoiceset": all_or_nothing,
    "shortanswer": short_answer,
    "numerical": numeric,
    "matching": matching,
    "match": matching,
    "ordering": ordering,
    "essay": essay,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": chosen_gaps,
    "ddwtos": chosen_gaps,
}
