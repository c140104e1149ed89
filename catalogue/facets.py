"""By what the catalogue can be narrowed down, and how many results each choice would leave."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, Value
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.entries import Entry
from enrolments.models import Format
from portfolio.models import Priority, Profession, Theme

FACETS = {
    "route": gettext_lazy("Route"),
    "theme": gettext_lazy("Theme"),
    "profession": gettext_lazy("Profession"),
    "language": gettext_lazy("Language"),
    "format": gettext_lazy("Format"),
    "priority": gettext_lazy("Strategic priority"),
}


@dataclass(frozen=True)
class Term:
    """A value of a facet: how entries hold it, how addresses write it, and how people read it."""

    held_as: str
    slug: str
    label: str


@dataclass(frozen=True)
class Option:
    """A term that can be chosen, with how many results it would leave."""

    slug: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One list of choices; several choices in one list widen it, choices in several lists narrow it down."""

    name: str
    label: str
    options: tuple[Option, ...]


def vocabulary() -> dict[str, list[Term]]:
    """The terms of each facet, in the order people read them."""
    return {
        "route": [
            Term("professional", "professional", _("Professional training")),
            Term("academic", "academic", _("LL.M. and postgraduate")),
        ],
        **_topics(),
        "language": [Term(code, code, language_name(code)) for code, _name in settings.LANGUAGES],
        "format": [Term(value, value, str(label)) for value, label in Format.choices],
        "priority": _priorities(),
    }


def language_name(code: str) -> str:
    """The name of a language in the reader's language."""
    return get_language_info(code)["name_translated"]


def _topics() -> dict[str, list[Term]]:
    """Themes and professional groups, in one query: they are written alike."""
    columns = ("position", "name", "names", "pk", "slug")
    themes = Theme.objects.values_list(Value("theme", CharField()), *columns)
    groups = Profession.objects.groups().values_list(Value("profession", CharField()), *columns)
    terms: dict[str, list[Term]] = {"theme": [], "profession": []}
    for facet, _position, name, names, pk, slug in themes.union(groups, all=True).order_by(
        "position", "name"
    ):
        terms[facet].append(Term(str(pk), slug, Theme(name=name, names=names).label))
    return terms


def _priorities() -> list[Term]:
    """The priorities of the frameworks in force; with the framework's name where there are several."""
    rows = list(Priority.objects.current().in_order().select_related("framework"))
    several = len({row.framework_id for row in rows}) > 1
    return [
        Term(
            str(row.pk),
            f"{row.framework.slug}.{row.number}",
            f"{row.framework.label}: {row.numbered_label}" if several else row.numbered_label,
        )
        for row in rows
    ]


class Narrowing:
    """The entries that the words asked for left over, and what is chosen among them."""

    def __init__(
        self,
        entries: Collection[Entry],
        terms: Mapping[str, list[Term]],
        chosen: Mapping[str, tuple[str, ...]],
    ):
        self.entries = entries
        self.terms = terms
        self.chosen = {
            name: [term for term in terms[name] if term.slug in chosen.get(name, ())] for name in FACETS
        }
        self._wanted = {
            name: {term.held_as for term in picked} for name, picked in self.chosen.items() if picked
        }

    @property
    def slugs(self) -> dict[str, tuple[str, ...]]:
        """What is chosen, without what meant nothing."""
        return {name: tuple(term.slug for term in picked) for name, picked in self.chosen.items() if picked}

    def results(self, but: str = "") -> list[Entry]:
        """The entries that meet every facet (`but` one)."""
        wanted = {name: values for name, values in self._wanted.items() if name != but}
        return [
            entry
            for entry in self.entries
            if all(entry.values[name] & values for name, values in wanted.items())
        ]

    def facets(self) -> list[Facet]:
        """The facets worth offering: those with something to choose."""
        found = [Facet(name, str(label), tuple(self._options(name))) for name, label in FACETS.items()]
        return [facet for facet in found if facet.options]

    def _options(self, name: str) -> Iterable[Option]:
        counts = Counter(value for entry in self.results(but=name) for value in entry.values[name])
        for term in self.terms[name]:
            is_chosen = term in self.chosen[name]
            if counts[term.held_as] or is_chosen:
                yield Option(term.slug, term.label, counts[term.held_as], is_chosen)
