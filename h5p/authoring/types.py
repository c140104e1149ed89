"""The content types that a form may offer, with their fields: labels for the reader, default words for the content.

Whatever a form holds, it asks for the libraries once, and once for the words of those that it uses.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.utils.translation import get_language

from h5p.core.names import LibraryName
from h5p.core.semantics import Field, parse_semantics
from h5p.models import Library, Status
from h5p.resolving import Resolver
from h5p.translations import LABELS, TEXTS, language_words, merge_fields


class ContentTypes:
    """Lives as long as one form. Languages are those of Django."""

    def __init__(self, *, language: str):
        self.language = language
        self.reader = get_language() or "en"
        self.found: dict[LibraryName, tuple[Field, ...]] = {}

    @cached_property
    def installed(self) -> dict[LibraryName, Library]:
        """Every library whose code may run."""
        libraries = Resolver(with_quarantine=False).libraries
        return {name: library for name, library in libraries.items() if library.may_run}

    def get(self, name: LibraryName | None) -> Library | None:
        """The library of this name, where its code may run."""
        return self.installed.get(name) if name else None

    def offered(self, names: Iterable[LibraryName]) -> Iterator[Library]:
        """Those of the names that new content may be made with."""
        for name in dict.fromkeys(names):
            library = self.get(name)
            if library and library.status == Status.APPROVED:
                yield library

    def fields(self, name: LibraryName) -> tuple[Field, ...] | None:
        """The fields of a type, or None where it cannot be used."""
        if name not in self.found:
            self.prepare([name])
        return self.found.get(name)

    def prepare(self, names: Iterable[LibraryName]) -> None:
        """Read the fields of several types at once."""
        wanted = dict.fromkeys(name for name in names if name not in self.found)
        libraries = [library for name in wanted if (library := self.get(name))]
        if not libraries:
            return
        rows = Library.objects.filter(pk__in=[library.pk for library in libraries])
        semantics = dict(rows.values_list("pk", "semantics"))
        words = language_words(libraries, [self.reader, self.language])
        for library in libraries:
            labels, texts = (words.get((library.pk, language)) for language in (self.reader, self.language))
            self.found[library.name] = worded(semantics[library.pk] or [], labels, texts)


def worded(semantics: list, labels: list | None, texts: list | None) -> tuple[Field, ...]:
    """The fields with their words in two languages."""
    if labels:
        semantics = merge_fields(semantics, labels, LABELS)
    if texts:
        semantics = merge_fields(semantics, texts, TEXTS)
    return parse_semantics(semantics)
