"""Questions answered by choosing among options: single, multiple, true or false, and areas of a picture."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, listed, number, plain, share, word

# Three times 33 % is meant to be everything.
ENOUGH = Decimal("0.99")


def right_keys(content: dict) -> set[str]:
    """The keys of the options that are right."""
    return {option["key"] for option in content["options"] if option.get("correct")}


def weight(option: dict) -> Decimal:
    """What choosing the option earns, −1 to 1: its own weight, or 1 when it is right."""
    return number(option.get("weight"), ONE if option.get("correct") else ZERO)


class Single(Kind):
    """One option is chosen; an option may earn a part."""

    name = "single"
    label = gettext_lazy("Single choice")
    description = gettext_lazy("One option is right.")
    several = False

    def clean(self, content, response):
        """The chosen keys in the author's order; one at most unless several may be chosen."""
        given = listed(response)
        chosen = [option["key"] for option in content["options"] if option["key"] in given]
        return chosen if self.takes_several(content) else chosen[:1]

    def takes_several(self, content) -> bool:
        """Whether several options may be chosen."""
        return self.several

    def from_post(self, content, posted):
        """The values of the one field."""
        return self.clean(content, posted.get("", ()))

    def score(self, content, response):
        """The weight of what was chosen; all or nothing where no option has a weight."""
        chosen = set(response)
        return share(sum((weight(option) for option in content["options"] if option["key"] in chosen), ZERO))

    def right_response(self, content, language):
        """The option that earns most."""
        best = max(content["options"], key=weight, default=None)
        return [best["key"]] if best and weight(best) > 0 else []

    def structure_problems(self, content):
        """Two options at least, and one right one."""
        problems = []
        right = right_keys(content)
        if len(content["options"]) < 2:
            problems.append(_("It needs at least two options."))
        if not right:
            problems.append(_("No right answer is marked."))
        if len(right) > 1 and not self.takes_several(content):
            problems.append(_("It allows one answer but has several marked as right."))
        if right and not self.takes_several(content) and all(weight(one) < 1 for one in content["options"]):
            problems.append(_("No option earns everything."))
        return problems

    def response_text(self, content, words, response):
        """The words of what was chosen."""
        return "; ".join(plain(word(words, key)) for key in response)


class TrueFalse(Single):
    """A statement that is true or false."""

    name = "true_false"
    label = gettext_lazy("True or false")
    description = gettext_lazy("A statement that is true or false.")


class Multiple(Single):
    """Several options may be chosen; each earns or costs its share, never below zero."""

    name = "multiple"
    label = gettext_lazy("Multiple choice")
    description = gettext_lazy("Several options may be right.")
    several = True

    def score(self, content, response):
        """By shares, all or nothing, or by the options' own weights, as the author set."""
        chosen, right = set(response), right_keys(content)
        credit = content.get("settings", {}).get("credit", "shares")
        if credit == "weights":
            earned = super().score(content, response)
            return ONE if earned >= ENOUGH else earned
        if not right:
            return ZERO
        if credit == "all":
            return ONE if chosen == right else ZERO
        return share(Decimal(len(chosen & right) - len(chosen - right)) / len(right))

    def right_response(self, content, language):
        """Every right option, or every one that earns something."""
        if content.get("settings", {}).get("credit") == "weights":
            return [option["key"] for option in content["options"] if weight(option) > 0]
        return [option["key"] for option in content["options"] if option.get("correct")]

    def structure_problems(self, content):
        """Weights that earn something must reach the whole."""
        problems = super().structure_problems(content)
        if content.get("settings", {}).get("credit") == "weights":
            earned = sum((max(weight(option), ZERO) for option in content["options"]), ZERO)
            if earned < ENOUGH:
                problems.append(_("The shares of the right options add up to less than 100 %."))
        return problems


class Hotspot(Multiple):
    """Areas of a picture, each with a name, so that nobody needs to see or point at it to answer."""

    name = "hotspot"
    label = gettext_lazy("Areas of a picture")
    description = gettext_lazy("Areas of a picture are chosen, each also offered by its name.")

    def takes_several(self, content):
        """As the author set."""
        return bool(content.get("settings", {}).get("several"))

    def structure_problems(self, content):
        """Each area must have its place on the picture."""
        problems = super().structure_problems(content)
        if any(not _has_shape(option) for option in content["options"]):
            problems.append(
                _("Give every area its place on the picture, in per cent of its width and height.")
            )
        return problems

    def word_problems(self, content, language):
        """The picture itself needs its words too."""
        problems = super().word_problems(content, language)
        words = content.get("texts", {}).get(language) or {}
        if not words.get("image_alt", "").strip():
            problems.append(_("Describe the picture for those who cannot see it."))
        return problems

    def response_text(self, content, words, response):
        """The names of the areas; they are plain words."""
        return "; ".join(word(words, key) for key in response)


def _has_shape(option) -> bool:
    shape = option.get("shape") or {}
    sides = [number(shape.get(side), Decimal(-1)) for side in ("x", "y", "width", "height")]
    inside = all(0 <= side <= 100 for side in sides) and sides[2] > 0 and sides[3] > 0
    return inside and sides[0] + sides[2] <= 100 and sides[1] + sides[3] <= 100
