"""Why a paper cannot be drawn, in the reader's language: the engine says it in English, words and values apart."""

from collections.abc import Iterable

from django.utils.translation import gettext

from certificates.paper.errors import PaperError
from certificates.paper.sentences import Sentence


def said(sentence: str) -> str:
    """A sentence of the engine in the language of whoever reads it; one that came from elsewhere as it is."""
    if not isinstance(sentence, Sentence):
        return sentence
    words = gettext(sentence.template)
    return words % sentence.values if sentence.values else words


def said_all(sentences: Iterable[str]) -> list[str]:
    """Several of them."""
    return [said(sentence) for sentence in sentences]


def refusal(problem: PaperError) -> str:
    """What a refusal of the engine says."""
    return said(problem.args[0]) if problem.args else str(problem)
