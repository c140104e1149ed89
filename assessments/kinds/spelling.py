"""Whether two short texts say the same: capitals, accents, Arabic marks and slips of the keyboard aside."""

import re
import unicodedata

from rapidfuzz.distance import OSA

# Letters that Arabic writers use for one another; the long stroke and the vowel marks carry no meaning here.
ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
SHORT, LONG = 4, 8


def folded(text: str, *, match_case: bool = False, match_accents: bool = False) -> str:
    """The text as it is compared: one form of each letter, single spaces, no full stop at the end."""
    text = unicodedata.normalize("NFKC", text)
    if not match_case:
        text = text.casefold()
    if not match_accents:
        bare = unicodedata.normalize("NFD", text.translate(ARABIC))
        text = unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))
    return " ".join(text.split()).rstrip(".。؟!")


def slips_allowed(text: str) -> int:
    """How many letters may be wrong, missing, added or swapped: none in short words, one, then two."""
    if len(text) < SHORT or any(character.isdigit() for character in text):
        return 0
    return 1 if len(text) < LONG else 2


def says(given: str, wanted: str, rules: dict) -> bool:
    """Whether `given` says `wanted` under the question's rules (match_case, match_accents, spelling, wildcards)."""
    strictness = {name: bool(rules.get(name)) for name in ("match_case", "match_accents")}
    given, wanted = folded(given, **strictness), folded(wanted, **strictness)
    if given == wanted:
        return True
    if rules.get("wildcards") and "*" in wanted:
        pattern = ".*".join(re.escape(part) for part in re.sub(r"\*+", "*", wanted).split("*"))
        return re.fullmatch(pattern, given) is not None
    slips = slips_allowed(wanted) if rules.get("spelling") == "tolerant" else 0
    return slips > 0 and OSA.distance(given, wanted, score_cutoff=slips) <= slips
