"""Where else a person learns: programmes and whatever else apps above gather courses under."""

from dataclasses import dataclass

from wagtail import hooks

from accounts.models import User

# An app above names the places of a person: hook(user) → iterable of LearningPlace.
PLACES = "learning_places"


@dataclass(frozen=True)
class LearningPlace:
    """One place, with the way to it."""

    title: str
    url: str
    note: str = ""


def places_of(user: User) -> list[LearningPlace]:
    """All places of this person."""
    return [place for hook in hooks.get_hooks(PLACES) for place in hook(user)]
