"""What a file would bring in, line by line, before anything is saved."""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import kinds
from assessments.exchange.content import plain_number, shortened
from assessments.exchange.identity import key_in, known, own_key
from assessments.exchange.limits import MAX_CATEGORIES
from assessments.exchange.values import Item, ReadCategory, ReadQuestion, Skipped, Unreadable
from assessments.models import Question, QuestionBank, QuestionKind

NEW, THERE, SKIPPED, CATEGORY = "new", "there", "skipped", "category"
BATCH = 100
FIRST_WORDS = 120


def batches(items: Iterable, size: int = BATCH) -> Iterator[list]:
    """The items in lists of so many."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def states(bank: QuestionBank, reads: list[ReadQuestion], seen: set[UUID]) -> list[tuple[UUID, bool]]:
    """For each question its key in the bank and whether it is there already, in the bank or earlier in the file.

    The keys are added to `seen`. As many queries for one question as for a hundred.
    """
    keys = {key_in(bank, read) for read in reads} | {own_key(read) for read in reads} - {None}
    existing = dict(Question.objects.filter(key__in=keys).values_list("key", "bank_id"))
    found = []
    for key, there in known(bank, reads, existing):
        found.append((key, there or key in seen))
        seen.add(key)
    return found


def previewed(bank: QuestionBank, items: Iterable[Item]) -> Iterator[dict]:
    """What the preview shows of each item of the file, as plain values."""
    seen: set[UUID] = set()
    categories = set()
    for batch in batches(items):
        reads = [item for item in batch if isinstance(item, ReadQuestion)]
        found = dict(zip(map(id, reads), states(bank, reads, seen), strict=True))
        for item in batch:
            if isinstance(item, ReadCategory):
                categories.add(item.path)
                if len(categories) > MAX_CATEGORIES:
                    raise Unreadable(
                        item.line,
                        _("The file has more than %(count)s categories.") % {"count": MAX_CATEGORIES},
                    )
            yield shown(item, found.get(id(item)), bank.source_language)


def shown(item: Item, state: tuple[UUID, bool] | None, language: str) -> dict:
    """One item as plain values; its notes say what it lacks in the language of the bank too."""
    if isinstance(item, Skipped):
        return {"state": SKIPPED, "line": item.line, "name": item.name, "reason": item.reason}
    if isinstance(item, ReadCategory):
        return {"state": CATEGORY, "line": item.line, "name": " / ".join(item.path)}
    content, there = item.content, bool(state and state[1])
    words = content["texts"].get(language) or next(iter(content["texts"].values()), {})
    line = {
        "state": THERE if there else NEW,
        "line": item.line,
        "name": item.name,
        "kind": content["kind"],
        "kind_name": str(QuestionKind(content["kind"]).label),
        "words": shortened(kinds.plain(words.get("stem", "")), FIRST_WORDS),
        "points": plain_number(item.points),
        "category": " / ".join(item.category),
        "tags": list(item.tags),
        "pictures": len(item.files),
        "notes": [*item.notes, *kinds.get(content["kind"]).problems(content, language)],
    }
    if there:
        line["reason"] = _("It is in the bank already.")
    return line
