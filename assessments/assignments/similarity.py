"""Which submissions to one assignment share words, and where. Shown to markers; it judges nobody.

Two texts are compared by their sequences of five words, without capitals, accents and punctuation; what the
instructions say themselves is left out. It finds what was copied or lightly changed within this assignment. It knows
nothing of the web, of books or of other assignments, notices no translation and no free paraphrase, and sees no PDF.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.html import strip_tags
from rapidfuzz import fuzz, process

from assessments.assignments.extraction import words_of_file
from assessments.models import Similarity, Submission, SubmissionWords

SEQUENCE = 5
# Shorter texts share too much by chance.
FEWEST_SEQUENCES = 15
NOTED_FROM = Decimal("0.08")
MOST_COMPARED = 3000
SENTENCE = re.compile(r"(?<=[.!?。؟])\s+|\n+")
FEWEST_WORDS = 6
LIKENESS = 82
MOST_SENTENCES = 1500


@dataclass(frozen=True)
class Passage:
    """A sentence that two texts share, as each has it, and how alike they are in per cent."""

    here: str
    there: str
    likeness: int


def normalised(text: str) -> list[str]:
    """The words of a text without capitals, accents and punctuation."""
    text = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", letters)


def sequences(text: str) -> set[str]:
    """Every sequence of five words."""
    words = normalised(text)
    return {" ".join(words[start : start + SEQUENCE]) for start in range(len(words) - SEQUENCE + 1)}


def shared(first: set[str], second: set[str]) -> Decimal:
    """The share of the shorter text's sequences that the other one has too, 0 to 1."""
    fewest = min(len(first), len(second))
    if fewest < FEWEST_SEQUENCES:
        return Decimal(0)
    return (Decimal(len(first & second)) / fewest).quantize(Decimal("0.001"))


def passages(here: str, there: str) -> list[Passage]:
    """The sentences of one text that stand, the same or nearly, in another, in its order."""
    others = _sentences(there)
    keys = [" ".join(normalised(sentence)) for sentence in others]
    found = []
    for sentence in _sentences(here):
        key = " ".join(normalised(sentence))
        match = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if match:
            found.append(Passage(sentence, others[match[2]], round(match[1])))
    return found


def _sentences(text):
    pieces = (piece.strip() for piece in SENTENCE.split(text))
    return [piece for piece in pieces if len(normalised(piece)) >= FEWEST_WORDS][:MOST_SENTENCES]


def read_words(submission: Submission) -> SubmissionWords:
    """Gather the words of a submission: its text and those of the files that can be read."""
    texts, not_read = [submission.text], []
    for file in submission.files.all():
        with file.file.open("rb") as content:
            words = words_of_file(content, file.kind)
        if words is None:
            not_read.append(file.name)
        else:
            texts.append(words)
    values = {"text": "\n".join(filter(None, texts)), "not_read": not_read}
    return SubmissionWords.objects.update_or_create(submission=submission, defaults=values)[0]


def compare(submission: Submission) -> None:
    """Compare a submission with all others to its assignment and keep what is worth a look. Safe to repeat."""
    if submission.version is None or not submission.version.settings["compares"]:
        return
    given = _given(submission)
    own = sequences(read_words(submission).text) - given
    rows = []
    for other in _others(submission):
        share = shared(own, sequences(other.text) - given)
        if share >= NOTED_FROM:
            first, second = sorted((submission.pk, other.submission_id))
            rows.append(Similarity(first_id=first, second_id=second, share=share))
    with transaction.atomic():
        Similarity.objects.filter(Q(first=submission) | Q(second=submission)).delete()
        Similarity.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["first", "second"], update_fields=["share"]
        )


def _given(submission):
    """What the instructions say: whoever quotes them has copied from nobody."""
    texts = submission.version.assignment_version.texts.values()
    return set().union(*(sequences(strip_tags(text["instructions"].replace("<", " <"))) for text in texts))


def _others(submission) -> Iterable[SubmissionWords]:
    """The words of other people's submissions, the newest first."""
    people = submission.members.values("attempt__enrolment__person")
    own = Submission.objects.filter(members__attempt__enrolment__person__in=people)
    return (
        SubmissionWords.objects.filter(
            submission__assignment=submission.assignment_id, submission__handed_in_at__isnull=False
        )
        .exclude(submission__in=own)
        .order_by("-submission")[:MOST_COMPARED]
        .iterator(chunk_size=200)
    )
