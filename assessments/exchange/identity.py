"""Which question of a bank a question of a file is, so that a file that comes in twice doubles nothing."""

import hashlib
import json
from uuid import UUID, uuid5

from assessments.exchange.values import ReadQuestion
from assessments.models import QuestionBank

BANKS = UUID("2f0a6b0e-6f0b-4a52-9d39-6f6a2d4b4f0c")


def own_key(read: ReadQuestion) -> UUID | None:
    """The key this site, or another of its kind, gave the question; Moodle carries it as the id number."""
    try:
        return UUID(read.origin.key if read.origin else read.id_number)
    except ValueError:
        return None


def key_in(bank: QuestionBank, read: ReadQuestion) -> UUID:
    """The key the question has in this bank unless it brings its own: by its id number, else by what it says."""
    if key := own_key(read):
        said = f"key|{key}"
    elif read.id_number:
        said = json.dumps(["id", read.category, read.id_number])
    else:
        content = json.dumps([read.name, read.category, read.content], sort_keys=True)
        said = f"content|{hashlib.sha256(content.encode()).hexdigest()}"
    return uuid5(BANKS, f"{bank.pk}|{said}")


def known(
    bank: QuestionBank, reads: list[ReadQuestion], existing: dict[UUID, int]
) -> list[tuple[UUID, bool]]:
    """For each question the key it has or gets in the bank, and whether it is there already.

    `existing` maps keys of questions, of any bank, to the bank they are in. A question that is in another bank already
    is a question of its own here.
    """
    found = []
    for read in reads:
        own, derived = own_key(read), key_in(bank, read)
        if derived in existing:
            found.append((derived, True))
        elif own is None:
            found.append((derived, False))
        elif own in existing:
            found.append((own, True) if existing[own] == bank.pk else (derived, False))
        else:
            found.append((own, False))
    return found
