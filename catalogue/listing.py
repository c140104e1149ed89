"""One page of the catalogue for one person: results, facets, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.cards import Card, cards_of
from catalogue.criteria import Criteria, Order
from catalogue.entries import Entry, everything, keys_found
from catalogue.facets import Facet, Narrowing, vocabulary
from cms.search import query_tokens, search_tokens
from portfolio.alphabet import sort_key

RESULTS_A_PAGE = 20


@dataclass(frozen=True)
class Choice:
    """Something asked for that can be taken back: its words, and the address without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Listing:
    """What the catalogue answers."""

    criteria: Criteria
    page: PageOfResults
    cards: list[Card]
    facets: list[Facet]
    choices: list[Choice]

    @property
    def total(self) -> int:
        """How many results there are on all pages."""
        return self.page.paginator.count

    @property
    def filters(self) -> int:
        """How many facet values are chosen."""
        return sum(len(slugs) for slugs in self.criteria.chosen.values())

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from, each with its address and whether it is this one: only words can match."""
        if not self.criteria.words:
            return []
        now = self.criteria.effective_order
        return [(str(order.label), self.criteria.ordered(order).query, order == now) for order in Order]


def listing(criteria: Criteria, page: str, user: User, language: str, request=None) -> Listing:
    """Find, narrow down, count, sort and cut into pages."""
    entries = everything(user, language)
    if criteria.words:
        found = keys_found(criteria.words, language)
        entries = [entry for entry in entries if entry.key in found]
    narrowing = Narrowing(entries, vocabulary(), criteria.chosen)
    criteria = replace(criteria, chosen=narrowing.slugs)
    results = in_order(narrowing.results(), criteria, language)
    shown = Paginator(results, RESULTS_A_PAGE).get_page(page)
    return Listing(
        criteria=criteria,
        page=shown,
        cards=cards_of(list(shown.object_list), user, request),
        facets=narrowing.facets(),
        choices=_choices(criteria, narrowing),
    )


def in_order(entries: Sequence[Entry], criteria: Criteria, language: str) -> list[Entry]:
    """Programmes and courses by title, or first those with the most of the words in their titles."""
    by_title = sorted(entries, key=lambda entry: (not entry.is_programme, sort_key(entry.title, language)))
    if criteria.effective_order == Order.TITLE:
        return by_title
    asked = set(query_tokens(criteria.words, language).split())
    return sorted(by_title, key=lambda entry: -len(asked.intersection(search_tokens(entry.title).split())))


def _choices(criteria: Criteria, narrowing: Narrowing) -> list[Choice]:
    choices = []
    if criteria.words:
        label = _("“%(words)s”") % {"words": criteria.words}
        choices.append(Choice(label, criteria.without_words().query))
    for name, terms in narrowing.chosen.items():
        choices += [Choice(term.label, criteria.without(name, term.slug).query) for term in terms]
    return choices
