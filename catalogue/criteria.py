"""What a person asks of the catalogue, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Order(TextChoices):
    """In which order results come."""

    RELEVANCE = "relevance", _("Best match")
    TITLE = "title", _("Title")


@dataclass(frozen=True)
class Criteria:
    """Words to find, choices per facet, and the order wished for, if any."""

    words: str = ""
    order: Order | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return not self.words and not self.chosen

    @property
    def effective_order(self) -> Order:
        """The order that makes sense: without words nothing is a better match than the other."""
        if not self.words:
            return Order.TITLE
        return self.order or Order.RELEVANCE

    @property
    def query(self) -> str:
        """The end of the address that asks for this."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, slug) for name, slugs in self.chosen.items() for slug in slugs]
        pairs += [("sort", self.order.value)] if self.order else []
        return urlencode(pairs)

    def without(self, name: str, slug: str) -> "Criteria":
        """The same without one choice."""
        left = tuple(one for one in self.chosen[name] if one != slug)
        others = {facet: slugs for facet, slugs in self.chosen.items() if facet != name}
        return replace(self, chosen=others | ({name: left} if left else {}))

    def without_words(self) -> "Criteria":
        """The same without the words to find."""
        return replace(self, words="", order=None)

    def ordered(self, order: Order) -> "Criteria":
        """The same in another order."""
        return replace(self, order=order)
