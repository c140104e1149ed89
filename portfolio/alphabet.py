"""Puts names into the alphabetical order of their language, the same on every database.

Made for names of countries and other short titles; it is no full collation.
"""

import re
import unicodedata
from functools import lru_cache

# The titles of a whole catalogue are put in order for each visitor; most are the same as a second ago.
REMEMBERED = 10_000

ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي\u0647وي")


def sort_key(text: str, language: str, sounds_like: dict[str, str] | None = None):
    """What to sort by so that names come in alphabetical order in this language."""
    text = unicodedata.normalize("NFC", text.casefold())
    if language.startswith("zh"):
        return chinese_key(text, sounds_like or {})
    if language == "ar":
        text = arabic_key(text)
    elif language == "ru":
        text = text.replace("ё", "е")
    else:
        text = without_accents(text)
    return " ".join(re.findall(r"\w+", text))


@lru_cache(maxsize=REMEMBERED)
def without_accents(text: str) -> str:
    """Latin letters as if they had no accents."""
    decomposed = unicodedata.normalize("NFD", text.replace("ø", "o").replace("œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=REMEMBERED)
def arabic_key(text: str) -> str:
    """Arabic words without the article, marks and letter variants."""
    words = "".join(letter for letter in text if not unicodedata.combining(letter)).split()
    return " ".join(word.removeprefix("ال").translate(ARABIC_LETTERS) for word in words)


def chinese_key(text: str, sounds_like: dict[str, str]) -> bytes:
    """Simplified characters by their pinyin, which is the order of the first part of GB 2312."""
    return "".join(sounds_like.get(letter, letter) for letter in text).encode("gb18030")
