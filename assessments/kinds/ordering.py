"""Steps are brought into their order."""

from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, listed, plain, share, word

LAST = 1000


class Ordering(Kind):
    """The author's order is the right one; learners meet the steps shuffled."""

    name = "ordering"
    label = gettext_lazy("Ordering")
    description = gettext_lazy("Steps are brought into the right order.")

    def clean(self, content, response):
        """Every step once, or nothing: an order of some of them is no order."""
        keys = [option["key"] for option in content["options"]]
        given = list(dict.fromkeys(key for key in listed(response) if key in keys))
        return given if len(given) == len(keys) else []

    def from_post(self, content, posted):
        """A position per step, or the keys in order in the plain field.

        Steps without a position follow the others as they stood in the form, so that half an order is kept.
        """
        if posted.get(""):
            return self.clean(content, posted[""])
        places = {key: _place(values[0]) for key, values in posted.items() if values}
        if not any(place < LAST for place in places.values()):
            return []
        return self.clean(content, sorted(places, key=places.__getitem__))

    def score(self, content, response):
        """The share of steps directly followed by their right successor, or all or nothing."""
        right = [option["key"] for option in content["options"]]
        if not response:
            return ZERO
        if response == right:
            return ONE
        if content.get("settings", {}).get("credit") == "all" or len(right) < 2:
            return ZERO
        neighbours = set(pairwise(right))
        return share(Decimal(sum(pair in neighbours for pair in pairwise(response))) / (len(right) - 1))

    def right_response(self, content, language):
        """The author's order."""
        return [option["key"] for option in content["options"]]

    def structure_problems(self, content):
        """Two steps at least."""
        return [] if len(content["options"]) > 1 else [_("It needs at least two steps to put in order.")]

    def response_text(self, content, words, response):
        """The steps, numbered."""
        steps = (plain(word(words, key)) for key in response)
        return "; ".join(f"{place}. {step}" for place, step in enumerate(steps, start=1))


def _place(typed: str) -> int:
    """A position as typed; the last one for what is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else LAST
