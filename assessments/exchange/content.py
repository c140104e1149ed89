"""Building the content of a question from what a file says."""

import re
import uuid
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from assessments.exchange.limits import MAX_OPTIONS, NAME_LENGTH
from assessments.exchange.values import NotUnderstood

ONE, ZERO, HUNDRED = Decimal(1), Decimal(0), Decimal(100)
# Other systems write a third as 33.33333.
NEAR = Decimal("0.0001")
# Where words that stand on either side are no one word.
BREAK = re.compile(r"</?(?:p|li|ul|ol|br|div|embed|table|tr|td|h\d)\b", re.IGNORECASE)
# Keys of options follow from their place, so that reading a file twice gives the same question.
PLACES = uuid.UUID("5a4bd7c7-0f0e-4bb1-9d6c-0f6f0a6d1f57")


@lru_cache(maxsize=4096)
def option_key(place: int, part: str = "option") -> str:
    """The key of the option, target or choice at a place; stable from one reading to the next."""
    return str(uuid.uuid5(PLACES, f"{part} {place}"))


def question_content(
    kind: str,
    language: str,
    *,
    stem: str,
    feedback: str = "",
    hint: str = "",
    options: Iterable[dict] = (),
    settings: dict | None = None,
    words: dict | None = None,
    **extra: str,
) -> dict:
    """A question's content with words in one language; `words` are those of its options, `extra` those of its kind."""
    options = list(options)
    if len(options) > MAX_OPTIONS:
        raise NotUnderstood(_("It has more than %(count)s options.") % {"count": MAX_OPTIONS})
    text = {"stem": stem, "feedback": feedback, "hint": hint, "options": words or {}, **extra}
    return {
        "kind": kind,
        "source": language,
        "options": options,
        "settings": settings or {},
        "texts": {language: text},
    }


def number(text: str) -> str:
    """A number as a question keeps it: a plain decimal, nothing rounded. Raises NotUnderstood."""
    try:
        value = Decimal(text.strip().replace("\u2212", "-"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > 30 or len(value.as_tuple().digits) > 40:
        raise NotUnderstood(_("“%(text)s” is not a number.") % {"text": shortened(text, 40)})
    return plain_number(value)


def plain_number(value: Decimal) -> str:
    """A decimal without an exponent and without zeros at its end."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def weight(text: str) -> Decimal:
    """A share of 100 as a share of 1. Raises NotUnderstood outside −100 to 100."""
    value = Decimal(number(text)) / HUNDRED
    if not -ONE <= value <= ONE:
        raise NotUnderstood(
            _("A weight of %(weight)s %% is not between −100 and 100.") % {"weight": text.strip()}
        )
    return value


def weighted_option(key: str, share: Decimal) -> dict:
    """An option of a choice; its weight is named where it is neither right nor wrong."""
    option = {"key": key, "correct": share == ONE}
    return option if share in (ONE, ZERO) else option | {"weight": plain_number(share)}


def several_options(shares: dict[str, Decimal]) -> tuple[list[dict], dict]:
    """The options and settings of a question with several right answers, by the share each option adds.

    Where the shares are those this site gives by itself (each right one its part, each wrong one taking a part) no
    weight is written.
    """
    right = [share for share in shares.values() if share > 0]
    part = ONE / len(right) if right else ONE
    options = [{"key": key, "correct": share > 0} for key, share in shares.items()]
    if all(abs(abs(share) - part) <= NEAR for share in shares.values()):
        return options, {"credit": "shares"}
    for option, share in zip(options, shares.values(), strict=True):
        option["weight"] = plain_number(share)
    return options, {"credit": "weights"}


def wildcards(words: dict) -> dict:
    """The rule on stars in accepted answers; one with a backslash before it is a star and nothing else."""
    found = any("*" in said["text"].replace("\\*", "") for said in words.values())
    for said in words.values():
        said["text"] = said["text"].replace("\\*", "*")
    return {"wildcards": found}


def name_of(title: str, stem: str) -> str:
    """What staff call the question: its title, else its first words."""
    title = " ".join(title.split()) or " ".join(unescape(strip_tags(BREAK.sub(r" \g<0>", stem))).split())
    return shortened(title, NAME_LENGTH) or _("Question without words")


def shortened(text: str, length: int) -> str:
    """At most so many letters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
