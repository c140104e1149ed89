"""Writes many rows at once, also of models that extend another table, which Django's `bulk_create` refuses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import models, transaction

BATCH = 2_000


def batches(items: Iterable, size: int = BATCH) -> Iterator[list]:
    """The items in lists of that many."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def write(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Insert rows, a batch a transaction, and say how many there were. None of them is kept in memory."""
    written = 0
    for batch in batches(rows):
        model._base_manager.bulk_create(batch)
        written += len(batch)
    return written


@transaction.atomic
def extend(model: type[models.Model], parents: Sequence[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert what `model` adds to rows of the table it extends; the parents have been written."""
    link = model._meta.pk
    for batch in batches(zip(parents, rows, strict=True), 500):
        for parent, row in batch:
            setattr(row, link.attname, parent.pk)
        children = [row for _parent, row in batch]
        model._base_manager._insert(children, fields=model._meta.local_concrete_fields, using="default")
