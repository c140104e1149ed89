"""A few words are typed and compared with the variants the author accepts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, mapped, number, says_something, share, typed, word
from assessments.kinds.spelling import says

LONGEST = 500


class ShortAnswer(Kind):
    """The best variant that matches counts, in whichever language of the question it was typed."""

    name = "short_answer"
    label = gettext_lazy("Short answer")
    description = gettext_lazy("A word or a few are typed; several spellings may be accepted.")
    empty = dict

    def clean(self, content, response):
        """What was typed, without spaces around it."""
        text = typed(mapped(response).get("text"), LONGEST)
        return {"text": text} if text else {}

    def from_post(self, content, posted):
        """One field."""
        return self.clean(content, {"text": next(iter(posted.get("text", ())), "")})

    def matched(self, content: dict, response: dict) -> dict | None:
        """The accepted variant that earns most, or None."""
        given = response.get("text", "")
        found = [
            option
            for option in content["options"]
            if given
            and any(
                says(given, text, content.get("settings", {})) for text in variants(content, option["key"])
            )
        ]
        return max(found, key=_weight, default=None)

    def score(self, content, response):
        """The weight of the best variant that matches."""
        option = self.matched(content, response)
        return share(_weight(option)) if option else ZERO

    def right_response(self, content, language):
        """The first variant that earns most, in the language if it has one there."""
        text = best_words(content, content["options"], language)
        return {"text": text} if text else {}

    def words_wanted(self, content):
        """None by itself: a variant may exist in one language only."""
        return []

    def structure_problems(self, content):
        """One variant must earn everything."""
        if any(_weight(option) == 1 for option in content["options"]):
            return []
        return [_("No accepted answer earns everything.")]

    def word_problems(self, content, language):
        """A language needs a variant of its own that earns everything."""
        problems = super().word_problems(content, language)
        words = content.get("texts", {}).get(language) or {}
        whole = [option for option in content["options"] if _weight(option) == 1]
        if whole and not any(says_something(word(words, option["key"])) for option in whole):
            problems.append(_("It has no accepted answer in this language."))
        return problems

    def response_text(self, content, words, response):
        """What was typed."""
        return response.get("text", "")


def variants(content: dict, key: str) -> list[str]:
    """What is accepted under one key, in every language of the question."""
    return [text for words in content["texts"].values() if (text := word(words, key))]


def best_words(content: dict, choices: list[dict], language: str) -> str:
    """The words that earn most, of this language if they earn as much there; an asterisk for anything is “…”."""
    earning = [choice for choice in choices if _weight(choice) > 0]
    said = [
        (_weight(choice), spoken == language, text)
        for choice in earning
        for spoken, words in content["texts"].items()
        if (text := word(words, choice["key"]))
    ]
    best = max(said, key=lambda one: one[:2], default=(ZERO, False, ""))[2]
    return best.replace("*", "…") if content.get("settings", {}).get("wildcards") else best


def _weight(option):
    return number(option.get("weight"), ONE)
