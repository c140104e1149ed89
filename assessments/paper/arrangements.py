"""Questions answered by putting parts together, as shown: matching and ordering."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from assessments.kinds.base import ONE, ZERO
from assessments.paper.material import Material, Target
from assessments.rich_words import RichWords


@dataclass(frozen=True)
class ItemToMatch:
    """One item with what it was matched with."""

    key: str
    text: RichWords
    chosen: str
    chosen_text: str
    mark: str = ""
    right_text: str = ""
    feedback: RichWords | None = None


@dataclass(frozen=True)
class MatchingShown:
    """Items, each with a choice of targets."""

    template: ClassVar[str] = "matching"
    items: tuple[ItemToMatch, ...]
    targets: tuple[Target, ...]

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return _("Choose what belongs to each. The same answer may serve more than once.")


def matching(material: Material) -> MatchingShown:
    """The targets are always shuffled: as the author has them they would stand beside their items."""
    content, response, sight = material.content, material.response or {}, material.sight
    keys = material.out_of_order(material.settings.get("targets", ()), "targets")
    targets = tuple(Target(key, material.text(key)) for key in keys)
    options = material.shuffled(content["options"]) if material.shuffles else content["options"]
    items = []
    for item in options:
        chosen = response.get(item["key"], "")
        is_right = chosen == item["match"]
        items.append(
            ItemToMatch(
                key=item["key"],
                text=material.rich(material.text(item["key"])),
                chosen=chosen,
                chosen_text=material.text(chosen) if chosen else "",
                mark=material.mark(ONE if is_right else ZERO),
                right_text=material.text(item["match"]) if sight.right and not is_right else "",
                feedback=material.feedback(item["key"], met=bool(chosen)),
            )
        )
    return MatchingShown(tuple(items), targets)


@dataclass(frozen=True)
class Step:
    """One step of an order; `position` is where the learner put it, None for nowhere yet."""

    key: str
    text: RichWords
    position: int | None


@dataclass(frozen=True)
class OrderingShown:
    """Steps as they stand now."""

    template: ClassVar[str] = "ordering"
    steps: tuple[Step, ...]
    right: tuple[RichWords, ...] = ()

    @property
    def positions(self) -> range:
        """The places there are."""
        return range(1, len(self.steps) + 1)

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return _("Bring them into the right order: say for each at which place it stands.")


def ordering(material: Material) -> OrderingShown:
    """In the order they were given, else shuffled so that nothing is right by itself."""
    content, sight = material.content, material.sight
    right = [option["key"] for option in content["options"]]
    given = list(material.response or ())
    steps = []
    for place, key in enumerate(given or material.out_of_order(right), start=1):
        steps.append(
            Step(
                key=key,
                text=material.rich(material.text(key)),
                position=place if given else None,
            )
        )
    solution = [material.rich(material.text(key)) for key in right] if sight.right and given != right else []
    return OrderingShown(tuple(steps), tuple(solution))
