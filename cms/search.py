"""Words as search compares them, in six languages. Pure functions: no query, and no model imported.

The database back ends of Wagtail's search know neither Arabic letter variants nor Russian endings nor where a
Chinese word begins. So every page keeps, beside its plain search fields, one field of normalised words, and what
a person types goes through the same normalisation. PostgreSQL must use the search configuration "simple".

A page of ours inherits the field from `cms.models.BasePage`. Another indexed model declares it so::

    search_fields = [index.SearchField("name"), index.SearchField("search_words")]

    def search_words(self):
        return words_of(self)

and a view asks::

    CoursePage.objects.live().search(query_tokens(query, get_language()), operator="and")

- A query without a word gives "", and `search("")` finds nothing. To show everything, do not call `search`.
- What `query_tokens` returns holds letters, digits and spaces only: nothing in it is syntax to any back end.
- Do not pass `fields=` to `search`: on SQLite the index has the columns title and body, ours is in the body.
- A word in Latin letters is indexed under its English, French and Spanish stems, whatever the language of the
  text, and a query uses the stem of the language of its reader. So the index need not know in what language
  somebody will ask, and French words are found from the English pages as they are written.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import snowballstemmer
from wagtail.search import index

ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
LATIN_LANGUAGES = ("en", "fr", "es")

# What taking the marks off a letter leaves: alef wasla, teh marbuta, alef maksura, the Persian twins of kaf and
# yeh, tatweel; and the Latin letters that are not an accented other.
LETTER_VARIANTS = str.maketrans(
    {"ٱ": "ا", "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ـ": "", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}
)
# The article, also behind "and", "with", "as" or "for". Two letters of the word itself must remain.
ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|ول?لل|لل)(?=\w{2})")
ARABIC_PREFIX = re.compile(r"[وفبكل]\w{3}")
WORD = re.compile(r"[^\W_]+")

# Too common to be asked for: a title without "of" still answers a query with it.
COMMON_WORDS = (
    "a an and are as at by for from how in is of on or the to what with "
    "au aux avec ce ces dans de des du en et est la le les ou par pour que qui sur un une "
    "al como con del e el las lo los para por se sin su y "
    "без в для до за и из или к на о об от по при с со у что "
    "الي ان او عن علي في ما مع من هذا هذه هل و"
)
FUNCTION_WORDS = frozenset(COMMON_WORDS.split())
# A longer word is no word, and a longer query only costs time; PostgreSQL refuses words of over 2 kB.
LONGEST_WORD = 60
MOST_QUERY_WORDS = 20

# и with a breve: another letter, not an accent.
SHORT_I = unicodedata.normalize("NFD", "й")

_stemmers = threading.local()


def words_of(instance: index.Indexed) -> str:
    """The normalised words of all other search fields of an instance."""
    fields = [field for field in instance.get_search_fields() if isinstance(field, index.SearchField)]
    values = [field.get_value(instance) for field in fields if field.field_name != "search_words"]
    return search_tokens(" ".join(plain(value) for value in values))


def plain(value: object) -> str:
    """The text in what a search field holds: a text, or a list of texts for a body of blocks."""
    if isinstance(value, list | tuple):
        return " ".join(plain(one) for one in value)
    return "" if value is None else str(value)


def search_tokens(text: str) -> str:
    """The words of a text for the index, separated by spaces."""
    tokens = []
    for script, run in runs(text):
        tokens += indexed_forms(script, run)
    return " ".join(dict.fromkeys(tokens))


def query_tokens(query: str, language: str | None = "en") -> str:
    """The words of a query, separated by spaces, every one of which a result must have; "" when it has none."""
    language = base_language(language or "en")
    words = list(runs(query))
    telling = [(script, run) for script, run in words if is_telling(script, run)]
    tokens = []
    for script, run in telling or words:
        tokens += asked_forms(script, run, language)
    return " ".join(list(dict.fromkeys(tokens))[:MOST_QUERY_WORDS])


def is_telling(script: str, run: str) -> bool:
    """Whether a word says what is looked for; the l of l'avocat does not."""
    return run not in FUNCTION_WORDS and (len(run) > 1 or script == "cjk" or run.isdecimal())


def base_language(language: str) -> str:
    """`zh` of `zh-hans`."""
    return language.lower().partition("-")[0]


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Every word, folded, and cut where its script changes, as (script, letters)."""
    for word in WORD.findall(folded(text)):
        for script, letters in groupby(word, script_of):
            run = "".join(letters)
            yield script, run if script == "cjk" else run[:LONGEST_WORD]


def folded(text: str) -> str:
    """The text without case, accents, vowel marks, ornament, foreign digits and letter variants."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(letter for letter in text.replace(SHORT_I, "й") if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text).translate(LETTER_VARIANTS)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def script_of(letter: str) -> str:
    """Which of the scripts that need something of their own a letter or digit belongs to."""
    if letter < "\u0400":
        return "latin"
    if letter < "\u0530":
        return "cyrillic"
    if "\u0600" <= letter < "\u0780":
        return "arabic"
    if "\u2e80" <= letter < "\ua000" or "\uac00" <= letter < "\ud7b0" or letter >= "\U00020000":
        return "cjk"
    return "other"


def indexed_forms(script: str, run: str) -> list[str]:
    """Under what a word of a text can be found."""
    if script == "latin":
        return [stem(run, language) for language in LATIN_LANGUAGES]
    if script == "cjk":
        return [*run, *pairs(run)]
    forms = asked_forms(script, run, "")
    if script == "arabic" and ARABIC_PREFIX.match(run):
        # Perhaps "and", "in" or "for", perhaps the first letter of the word: both are found.
        forms += asked_forms(script, run[1:], "")
    return forms


def asked_forms(script: str, run: str, language: str) -> list[str]:
    """What a word of the query asks for."""
    if script == "cyrillic":
        return [stem(run, "ru")]
    if script == "arabic":
        return [stem(ARABIC_ARTICLE.sub("", run), "ar")]
    if script == "cjk":
        return pairs(run) or [run]
    if script == "latin":
        return [stem(run, language if language in LATIN_LANGUAGES else "en")]
    return [run]


def pairs(run: str) -> list[str]:
    """Every two neighbouring characters: Chinese does not say where a word ends."""
    return [run[start : start + 2] for start in range(len(run) - 1)]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """What the inflected forms of a word have in common, or the word itself when nothing would be left."""
    return stemmer(language).stemWord(word) or word


def stemmer(language: str) -> Any:
    """The stemmer of this thread; they keep the word they work on and so cannot be shared."""
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, snowballstemmer.stemmer(ALGORITHMS[language]))
    return getattr(_stemmers, language)
