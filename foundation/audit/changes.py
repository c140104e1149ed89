"""A row as the log keeps it, and what was changed in it."""

from django.db import models


def described(row: models.Model) -> dict:
    """The values of a row by the names of its fields; of what it has many of, the names."""
    fields = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    many = {field.name: sorted(map(str, getattr(row, field.name).all())) for field in row._meta.many_to_many}
    return fields | many


def changes(before: dict, after: dict) -> tuple[dict, dict]:
    """What differs, before and after."""
    differing = [field for field, value in after.items() if before.get(field) != value]
    return {field: before.get(field) for field in differing}, {field: after[field] for field in differing}
