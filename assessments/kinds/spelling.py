"""Whether two short texts say the same: capitals, accents, Arabic marks and slips of the keyboard aside."""

import re
import unicodedata

from rapidfuzz.distance import OSA

from assessments.kinds.numbers import ascii_digits, visible

# Scripts in which one character is a word or a syllable, and words are not parted by spaces.
WIDE = re.compile(r"[\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# What keyboards and word processors write in place of one another; quotation marks say nothing.
ALIKE = str.maketrans(
    dict.fromkeys("’‘ʼ‛`´′", "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys('“”„‟«»‹›"＂', " ")
)
# Letters that writers and keyboards use for one another, in Arabic and Persian; the long stroke says nothing.
ARABIC = str.maketrans("أإآٱىئؤةکی", "ااااييوهكي", "ـ")
LATIN = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "þ": "th"})
LATIN |= str.maketrans("øØłŁđĐðı", "oOlLdDdi")
LETTERS = ARABIC | LATIN
# Accents, vowel marks and points of Latin, Greek, Cyrillic, Hebrew and Arabic. Where the mark makes another letter
# (й, ў, ї; the marks of Japanese) it stays.
ACCENTS = re.compile(
    "[\u0300-\u0305\u0307\u0309-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
    "|(?<![иИуУ])\u0306|(?<![іІ])\u0308"
)
END = " .,;:!?。、！？…،؛؟"
SHORT, LONG, MOST = 4, 8, 2


def folded(text: str, *, match_case: bool = False, match_accents: bool = False) -> str:
    """The text as it is compared: one form of each letter and digit, single spaces, no full stop at the end."""
    text = unicodedata.normalize("NFKC", text.translate(ALIKE)).translate(ALIKE)
    text = ascii_digits(visible(text))
    if not match_case:
        text = text.casefold()
    if not match_accents:
        bare = ACCENTS.sub("", unicodedata.normalize("NFD", text.translate(LETTERS)))
        text = unicodedata.normalize("NFC", bare)
    text = " ".join(text.split())
    return text.rstrip(END) or text


def slips_allowed(word: str) -> int:
    """How many letters may be wrong, missing, added or swapped: none in short words, one, then two.

    None beside digits, and none where one character is a word of its own.
    """
    if len(word) < SHORT or has_digits(word) or WIDE.search(word):
        return 0
    return 1 if len(word) < LONG else MOST


def has_digits(text: str) -> bool:
    """Whether a number stands in it: 25 is never a slip for 26."""
    return any(character.isdigit() for character in text)


def says(given: str, wanted: str, rules: dict) -> bool:
    """Whether `given` says `wanted` under the question's rules (match_case, match_accents, spelling, wildcards)."""
    strictness = {name: bool(rules.get(name)) for name in ("match_case", "match_accents")}
    given, wanted = folded(given, **strictness), folded(wanted, **strictness)
    if given == wanted:
        return True
    if rules.get("wildcards") and "*" in wanted:
        return fits(given, wanted)
    return rules.get("spelling") == "tolerant" and is_slip(given, wanted)


def fits(given: str, pattern: str) -> bool:
    """Whether a text fits a pattern in which each * stands for anything; in one pass, whatever the pattern."""
    first, *between, last = pattern.split("*")
    place, end = len(first), len(given) - len(last)
    if place > end or not given.startswith(first) or not given.endswith(last):
        return False
    for part in between:
        place = given.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True


def is_slip(given: str, wanted: str) -> bool:
    """Whether only slips of the keyboard part two texts: a missing space, or letters inside words, two in all.

    Word by word, and each word must begin rightly: else "unlawful" would be a slip for "lawful".
    """
    if not has_digits(given + wanted) and _joined(given) == _joined(wanted):
        return True
    pairs = list(zip(given.split(), wanted.split(), strict=False))
    if len(given.split()) != len(wanted.split()):
        return False
    slips = [_slips(mine, theirs) for mine, theirs in pairs if mine != theirs]
    return None not in slips and sum(slips) <= MOST


def _joined(text):
    return re.sub(r"[ -]", "", text)


def _slips(given: str, wanted: str) -> int | None:
    """By how many slips one word differs from another; None for more than it allows."""
    allowed = slips_allowed(wanted)
    if not allowed or given[0] != wanted[0] or has_digits(given):
        return None
    slips = OSA.distance(given, wanted, score_cutoff=allowed)
    return slips if slips <= allowed else None
