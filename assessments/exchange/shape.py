"""Whether a value that came from outside has the shape of a question's content. What has another shape is refused."""

import re
from decimal import Decimal, InvalidOperation

from django.conf import settings as site
from django.utils.translation import gettext as _

from assessments import kinds
from assessments.exchange.limits import MAX_OPTIONS, MAX_TEXT
from assessments.exchange.values import NotUnderstood
from assessments.file_types import FILE_TYPES

KEY = re.compile(r"[A-Za-z0-9_-]{1,36}")
# What no database keeps.
UNKEPT = re.compile("[\x00\ud800-\udfff]")
LARGEST = 30


def is_key(value):
    """A key of an option."""
    return isinstance(value, str) and bool(KEY.fullmatch(value))


def is_flag(value):
    """Yes or no."""
    return isinstance(value, bool)


def is_amount(value):
    """A number written as text."""
    try:
        amount = Decimal(value) if isinstance(value, str) and len(value) <= 60 else Decimal("NaN")
    except InvalidOperation:
        return False
    return amount.is_finite() and abs(amount.adjusted()) <= LARGEST


def is_points(value):
    """What a question of a case is worth."""
    return is_amount(value) and 0 <= Decimal(value) < 1000


def is_count(value):
    """A whole number, or none."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6)


def is_text(value):
    """Words, of any length a text may have."""
    return isinstance(value, str) and len(value) <= MAX_TEXT and not UNKEPT.search(value)


def is_label(value):
    """A few words."""
    return is_text(value) and len(value) <= 100


def list_of(fits):
    """A list of such values."""
    return lambda value: isinstance(value, list) and len(value) <= MAX_OPTIONS and all(map(fits, value))


def one_of(*names):
    """One of these words."""
    return lambda value: isinstance(value, str) and value in names


def record(fields, *required):
    """A mapping with these fields and no others."""
    return lambda value: (
        isinstance(value, dict)
        and all(name in fields and fields[name](said) for name, said in value.items())
        and all(name in value for name in required)
    )


CHOICE = {"key": is_key, "weight": is_amount, "value": is_amount, "tolerance": is_amount}
SIDES = {"x": is_amount, "y": is_amount, "width": is_amount, "height": is_amount}
OPTION = CHOICE | {
    "correct": is_flag,
    "match": is_key,
    "mode": one_of("typed", "chosen", "number"),
    "points": is_amount,
    "choices": list_of(record(CHOICE, "key")),
    "shape": record(SIDES),
}
SETTINGS = {
    "credit": one_of("shares", "all", "weights", "neighbours"),
    "targets": list_of(is_key),
    "match_case": is_flag,
    "match_accents": is_flag,
    "spelling": one_of("exact", "tolerant"),
    "wildcards": is_flag,
    "units": list_of(record({"symbol": is_label, "factor": is_amount}, "symbol", "factor")),
    "unit": one_of("none", "optional", "required"),
    "unit_penalty": is_amount,
    "several": is_flag,
    "text": one_of("required", "optional", "none"),
    "min_words": is_count,
    "max_words": is_count,
    "files": is_count,
    "files_required": is_count,
    "file_types": list_of(one_of(*FILE_TYPES)),
    "file_mb": is_count,
}
# What scoring reads without asking whether it is there.
REQUIRED = {"matching": ("match",), "gaps": ("mode", "choices"), "numeric": ("value",)}
SAID = record({"text": is_text, "feedback": is_text})
WORDS = {
    "stem": is_text,
    "feedback": is_text,
    "hint": is_text,
    "options": lambda value: (
        isinstance(value, dict)
        and len(value) <= 5 * MAX_OPTIONS
        and all(is_key(key) and SAID(said) for key, said in value.items())
    ),
    "image_alt": is_text,
    "template": is_text,
    "notes_for_markers": is_text,
}


def checked_content(value: object) -> dict:
    """The value, if it has the shape of a question's content. Raises NotUnderstood."""
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("kind"), str)
        or value["kind"] not in kinds.KINDS
    ):
        raise NotUnderstood(_("It is of a kind that is not known here."))
    fits = record(
        {
            "kind": is_label,
            "source": lambda language: language == "" or language in dict(site.LANGUAGES),
            "options": list_of(record(OPTION, "key", *REQUIRED.get(value["kind"], ()))),
            "settings": record(SETTINGS),
            "texts": texts_fit,
        },
        *("kind", "source", "options", "settings", "texts"),
    )
    if not fits(value):
        raise NotUnderstood(_("What it says in the form of this site is damaged, or newer than this site."))
    return value


def texts_fit(value):
    """Words by language, in languages the site knows."""
    fits = record(WORDS, "stem", "feedback", "hint", "options")
    return isinstance(value, dict) and all(
        language in dict(site.LANGUAGES) and fits(words) for language, words in value.items()
    )
