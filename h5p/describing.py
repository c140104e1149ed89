"""What a version says, in lines that people read, and in which language its form has words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.utils.translation import gettext as _

from h5p.core.content_index import uses_of
from h5p.core.lines import Lines
from h5p.core.names import LibraryName
from h5p.core.semantics import Field
from h5p.models import ContentVersion, Library


@dataclass(frozen=True)
class LineChange:
    """One line that is not the same in two versions."""

    label: str
    before: str
    after: str


def version_lines(version: ContentVersion) -> list[tuple[str, str]]:
    """Title, content type and every field with its value."""
    names = {version.main, *uses_of(version.params).libraries}
    lines = Lines(fields_by_library(names).get).content(version.main, version.params)
    return [
        (_("Title"), version.title),
        (_("Content type"), version.library),
        *metadata_lines(version),
        *lines,
    ]


def metadata_lines(version: ContentVersion) -> list[tuple[str, str]]:
    """Language, licence and authors."""
    said = version.metadata or {}
    authors = [author.get("name", "") for author in said.get("authors") or () if isinstance(author, dict)]
    # "U": nothing was said.
    licence = " ".join(filter(None, [said.get("license"), said.get("licenseVersion")])).removeprefix("U")
    lines = [
        (_("Language"), "" if version.language == "und" else version.language),
        (_("Licence"), licence),
        (_("Authors"), "; ".join(filter(None, authors))),
    ]
    return [(label, words) for label, words in lines if words]


def fields_by_library(names: Iterable[LibraryName]) -> dict[LibraryName, tuple[Field, ...]]:
    """The forms of these libraries as they run now, in one query."""
    wanted = [Q(machine_name=name.machine_name, major=name.major, minor=name.minor) for name in names]
    if not wanted:
        return {}
    rows = Library.objects.filter(reduce(or_, wanted)).order_by(
        F("current_since").asc(nulls_first=True), "patch"
    )
    return {library.name: library.fields for library in rows}


def changes_between(before: ContentVersion, after: ContentVersion) -> list[LineChange]:
    """The lines that differ, in the order of the form."""
    old, new = dict(version_lines(before)), dict(version_lines(after))
    found = [LineChange(label, old.get(label, ""), new.get(label, "")) for label in new | old]
    return [change for change in found if change.before != change.after]
