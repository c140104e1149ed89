"""Gaps in a text, typed or chosen."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, mapped, number, share, typed, wanting, word
from assessments.kinds.numbers import readings
from assessments.kinds.numeric import accepts, is_number
from assessments.kinds.short_answer import best_words, variants
from assessments.kinds.spelling import says

MARK = re.compile(r"\[\[([A-Za-z0-9_-]{1,36})\]\]")
LONGEST = 200


def marks(stem: str) -> list[str]:
    """The keys of the gaps a text holds, in order."""
    return MARK.findall(stem)


class Gaps(Kind):
    """Each gap earns its own share; `[[1]]` in the text says where it stands."""

    name = "gaps"
    label = gettext_lazy("Gaps in a text")
    description = gettext_lazy("Gaps in a text are filled by typing or choosing.")
    empty = dict

    def clean(self, content, response):
        """What stands in each gap of the question."""
        given = mapped(response)
        cleaned = {}
        for gap in content["options"]:
            text = typed(given.get(gap["key"]), LONGEST)
            keys = {choice["key"] for choice in gap["choices"]}
            if text and (gap["mode"] != "chosen" or text in keys):
                cleaned[gap["key"]] = text
        return cleaned

    def from_post(self, content, posted):
        """A field per gap."""
        return self.clean(content, {key: values[0] for key, values in posted.items() if values})

    def matched(self, content: dict, gap: dict, given: str) -> dict | None:
        """The choice of a gap that what was given matches, the one that earns most; None where none does."""
        if gap["mode"] == "chosen":
            found = [choice for choice in gap["choices"] if choice["key"] == given]
        elif gap["mode"] == "number":
            values = readings(given)
            found = [choice for choice in gap["choices"] if any(accepts(choice, value) for value in values)]
        else:
            rules = content.get("settings", {})
            found = [
                choice
                for choice in gap["choices"]
                if any(says(given, text, rules) for text in variants(content, choice["key"]))
            ]
        return max(found, key=_weight, default=None)

    def gap_score(self, content: dict, gap: dict, response: dict) -> Decimal:
        """What one gap earns, 0 to 1."""
        given = response.get(gap["key"])
        choice = self.matched(content, gap, given) if given else None
        return share(_weight(choice)) if choice else ZERO

    def score(self, content, response):
        """The gaps' scores weighed by their points."""
        worth = sum((_points(gap) for gap in content["options"]), ZERO)
        if not worth:
            return ZERO
        earned = (_points(gap) * self.gap_score(content, gap, response) for gap in content["options"])
        return share(sum(earned, ZERO) / worth)

    def right_response(self, content, language):
        """In each gap what earns most, in the language where it has words there."""
        filled = {}
        for gap in content["options"]:
            best = max(gap["choices"], key=_weight, default={})
            if gap["mode"] == "typed":
                filled[gap["key"]] = best_words(content, gap["choices"], language)
            else:
                filled[gap["key"]] = best.get("key" if gap["mode"] == "chosen" else "value", "")
        return {key: said for key, said in filled.items() if said}

    def words_wanted(self, content):
        """Every choice of a gap that is chosen; typed variants may exist in one language only."""
        return [
            choice["key"]
            for gap in content["options"]
            if gap["mode"] == "chosen"
            for choice in gap["choices"]
        ]

    def structure_problems(self, content):
        """A gap at least, and in each something that earns everything."""
        if not content["options"]:
            return [_("It has no gaps. Write [[1]] in the text where the first one stands.")]
        without = [
            gap for gap in content["options"] if not any(_weight(choice) == 1 for choice in gap["choices"])
        ]
        numbers = [one for gap in content["options"] if gap["mode"] == "number" for one in gap["choices"]]
        no_number = [] if all(map(is_number, numbers)) else [_("An accepted answer is not a number.")]
        return no_number + wanting(
            ngettext_lazy(
                "%(count)s gap has no answer that earns everything.",
                "%(count)s gaps have no answer that earns everything.",
                "count",
            ),
            len(without),
        )

    def word_problems(self, content, language):
        """The text of a language must hold every gap once, and each typed gap needs an answer there."""
        problems = super().word_problems(content, language)
        words = content.get("texts", {}).get(language) or {}
        found, keys = marks(words.get("stem", "")), [gap["key"] for gap in content["options"]]
        if words.get("stem") and sorted(found) != sorted(keys):
            problems.append(
                _("Its text must hold each gap exactly once: %(gaps)s.") % {"gaps": gap_marks(keys)}
            )
        typed = [gap for gap in content["options"] if gap["mode"] == "typed"]
        unworded = [
            gap
            for gap in typed
            if not any(word(words, choice["key"]) for choice in gap["choices"] if _weight(choice) == 1)
        ]
        return problems + wanting(
            ngettext_lazy(
                "%(count)s gap has no accepted answer in this language.",
                "%(count)s gaps have no accepted answer in this language.",
                "count",
            ),
            len(unworded),
        )

    def response_text(self, content, words, response):
        """Each gap with what stands in it."""
        chosen = {gap["key"] for gap in content["options"] if gap["mode"] == "chosen"}
        said = ((key, word(words, given) if key in chosen else given) for key, given in response.items())
        return "; ".join(f"[{key}] {given}" for key, given in said)


def gap_marks(keys) -> str:
    """How an author writes these gaps."""
    return " ".join(f"[[{key}]]" for key in keys)


def _weight(choice):
    return number(choice.get("weight"), ONE)


def _points(gap):
    return max(number(gap.get("points"), ONE), ZERO)
