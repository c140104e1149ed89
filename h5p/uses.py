"""Where content is used and how a version of it may go live. The apps above answer; this one knows no lesson."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail import hooks

from accounts.models import User
from h5p.models import Content

# hook(content primary keys) → (primary key, Use) pairs, drafts included, in a number of queries that does not grow.
USES = "h5p_content_uses"
# hook(content) → sentences that say why it has to stay, beyond what the database protects.
RECORDS = "h5p_content_records"
# hook(content, user) → the Road of a version that learners would meet at once, or None where nobody would.
PUBLISHING = "h5p_content_publishing"


@dataclass(frozen=True)
class Use:
    """One place where content is used."""

    label: str
    url: str
    where: str = ""
    # Whether learners meet it there.
    is_live: bool = False


@dataclass(frozen=True)
class Road:
    """How a version goes live: at once, with a reason at `publish_url`, by a review at `review_url`, or not at all.

    Both addresses belong to the app that answers: `publish_url` asks for the number of the version as `number`,
    `review_url` takes it by POST.
    """

    sentence: str = ""
    may_publish: bool = True
    publish_url: str = ""
    review_url: str = ""


FREE = Road()


def uses_by_content(pks: Iterable[int]) -> dict[int, list[Use]]:
    """Where each is used."""
    pks = list(pks)
    found: dict[int, list[Use]] = {pk: [] for pk in pks}
    for ask in hooks.get_hooks(USES):
        for pk, use in ask(pks):
            found[pk].append(use)
    return found


def records_of(content: Content) -> list[str]:
    """Why the content has to stay."""
    return [str(sentence) for ask in hooks.get_hooks(RECORDS) for sentence in ask(content)]


def road_for(content: Content, user: User) -> Road:
    """How this person gets a version of it published."""
    answers = (ask(content, user) for ask in hooks.get_hooks(PUBLISHING))
    return next((road for road in answers if road is not None), FREE)
