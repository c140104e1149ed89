"""Each item is matched with one of the targets."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ZERO, Kind, mapped, plain, share, word


class Matching(Kind):
    """Items on one side, targets on the other; a target may serve several items, or none."""

    name = "matching"
    label = gettext_lazy("Matching")
    description = gettext_lazy("Each item is matched with one of several answers.")
    empty = dict

    def clean(self, content, response):
        """Items of the question with targets of the question."""
        targets = list(content.get("settings", {}).get("targets", ()))
        given = mapped(response)
        items = (option["key"] for option in content["options"])
        return {key: given[key] for key in items if given.get(key) in targets}

    def from_post(self, content, posted):
        """A field per item; an empty one is an item not matched."""
        return self.clean(content, {key: values[0] for key, values in posted.items() if values})

    def score(self, content, response):
        """The share of items matched rightly."""
        items = content["options"]
        if not items:
            return ZERO
        right = sum(response.get(item["key"], "") == item.get("match") for item in items)
        return share(Decimal(right) / len(items))

    def right_response(self, content, language):
        """Every item with its target."""
        return {item["key"]: item["match"] for item in content["options"] if item.get("match")}

    def words_wanted(self, content):
        """Items and targets alike."""
        return [*super().words_wanted(content), *content.get("settings", {}).get("targets", ())]

    def structure_problems(self, content):
        """Two items, two targets, and a target for each item."""
        targets = content.get("settings", {}).get("targets", ())
        problems = []
        if len(content["options"]) < 2:
            problems.append(_("It needs at least two items to match."))
        if len(targets) < 2:
            problems.append(_("It needs at least two answers to match with."))
        if any(item.get("match") not in targets for item in content["options"]):
            problems.append(_("Every item needs its right answer."))
        return problems

    def response_text(self, content, words, response):
        """Each item with what it was matched with; targets are plain words."""
        pairs = [(plain(word(words, item)), word(words, target)) for item, target in response.items()]
        return "; ".join(f"{item} → {target}" for item, target in pairs)
