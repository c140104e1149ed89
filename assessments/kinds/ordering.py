"""Steps are brought into their order."""

from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, plain, share, word


class Ordering(Kind):
    """The author's order is the right one; learners meet the steps shuffled."""

    name = "ordering"
    label = gettext_lazy("Ordering")
    description = gettext_lazy("Steps are brought into the right order.")

    def clean(self, content, response):
        """Every step once; what was left out follows in no order that could earn anything by chance of the author's."""
        keys = [option["key"] for option in content["options"]]
        given = list(dict.fromkeys(key for key in response if key in keys)) if response else []
        return given if len(given) == len(keys) else []

    def from_post(self, content, posted):
        """A position per step, or the keys in order in the plain field."""
        if posted.get(""):
            return self.clean(content, posted[""])
        places = {
            key: int(values[0])
            for key, values in posted.items()
            if values and values[0].isascii() and values[0].isdigit() and len(values[0]) < 4
        }
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
