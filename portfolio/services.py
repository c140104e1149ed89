"""Brings the reference data into the database. Safe to repeat: what staff may reword is only ever added."""

from django.db import models, transaction

from portfolio import reference
from portfolio.models import (
    Country,
    ExpectedResult,
    Framework,
    Named,
    Office,
    Priority,
    Profession,
    Region,
    SustainableGoal,
    Theme,
)


@transaction.atomic
def load_reference_data() -> None:
    """Make the database hold at least what portfolio/data says.

    What belongs to the United Nations (regions, countries, goals) follows the files at every run. What is
    the institute's own (frameworks, themes, professions, offices) is added when it is missing and then
    left to staff.
    """
    load_places()
    upsert(SustainableGoal, "number", [named(entry, "number") for entry in reference.entries("goals")])
    load_topics()
    load_offices()
    load_frameworks()


def named(entry: dict, *fields: str, **values) -> dict:
    """The names of an entry with some of its fields and some values."""
    return reference.names_of(entry) | {field: entry[field] for field in fields} | values


def upsert(model: type[Named], key: str, rows: list[dict], *, keep: bool = False) -> dict:
    """Create what is missing and, unless it is to be kept, change what differs. Returns all by key."""
    found = {getattr(row, key): row for row in model.objects.all()}
    missing = [model(**row) for row in rows if row[key] not in found]
    model.objects.bulk_create(missing)
    if not keep:
        changed = [found[row[key]] for row in rows if row[key] in found and differs(found[row[key]], row)]
        if changed:
            model.objects.bulk_update(changed, [field for field in rows[0] if field != key])
    return found | {getattr(row, key): row for row in missing}


def differs(instance: models.Model, row: dict) -> bool:
    """Write the row's values onto the instance; say whether any was new."""
    new = {field: value for field, value in row.items() if getattr(instance, field) != value}
    for field, value in new.items():
        setattr(instance, field, value)
    return bool(new)


def with_id(row: dict, **known: dict) -> dict:
    """The row with the id, not the code, of what it points at: an id can be compared without a query."""
    ids = {f"{field}_id": rows[row[field]].pk for field, rows in known.items()}
    return {field: value for field, value in row.items() if field not in known} | ids


def load_places() -> None:
    """Regions, then their parts, then countries and areas."""
    regions = upsert(Region, "code", [row for row in reference.regions() if row["parent"] is None])
    parts = [with_id(row, parent=regions) for row in reference.regions() if row["parent"]]
    regions = upsert(Region, "code", parts)
    upsert(Country, "code", [with_id(row, region=regions) for row in reference.countries()])


def load_topics() -> None:
    """Themes, professional groups and professions."""
    themes = enumerate(reference.entries("themes"), start=1)
    upsert(Theme, "slug", [named(entry, "slug", position=place) for place, entry in themes], keep=True)
    groups = reference.entries("professions")
    rows = [named(entry, "slug", position=place) for place, entry in enumerate(groups, start=1)]
    known = upsert(Profession, "slug", rows, keep=True)
    rows = [
        named(entry, "slug", position=place, parent_id=known[group["slug"]].pk)
        for group in groups
        for place, entry in enumerate(group["professions"], start=1)
    ]
    upsert(Profession, "slug", rows, keep=True)


def load_offices() -> None:
    """The places the institute works from."""
    countries = dict(Country.objects.values_list("code", "pk"))
    rows = [
        named(entry, "slug", "kind", country_id=countries[entry["country"]])
        for entry in reference.entries("offices")
    ]
    upsert(Office, "slug", rows, keep=True)


def load_frameworks() -> None:
    """Whole frameworks with their priorities and expected results; one that exists is not touched."""
    known = set(Framework.objects.values_list("slug", flat=True))
    for entry in reference.entries("frameworks"):
        if entry["slug"] not in known:
            create_framework(entry)


def create_framework(entry: dict) -> None:
    """Write one framework as its entry says."""
    framework = Framework.objects.create(**named(entry, "slug", "starts_on", "ends_on", "source"))
    for number, priority_entry in enumerate(entry["priorities"], start=1):
        priority = Priority.objects.create(**named(priority_entry, framework=framework, number=number))
        ExpectedResult.objects.bulk_create(
            ExpectedResult(**named(result, priority=priority, number=place))
            for place, result in enumerate(priority_entry.get("expected_results", []), start=1)
        )
