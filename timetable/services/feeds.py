"""The private address of a person's calendar feed: made when asked for, renewed when it got into wrong hands."""

from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from timetable.models import FeedToken


@transaction.atomic
def make_feed(person: User) -> FeedToken:
    """Give the person an address for their calendar. Repeating gives the same."""
    made, _created = FeedToken.objects.get_or_create(
        person=person, ended_at=None, defaults={"token": token_urlsafe(32)}
    )
    return made


@transaction.atomic
def renew_feed(person: User) -> FeedToken:
    """Give the person another address; the old one leads nowhere from now on."""
    end_feed(person)
    return make_feed(person)


@transaction.atomic
def end_feed(person: User) -> None:
    """Let no address lead to the person's timetable any more. Repeating changes nothing."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.feed_tokens.filter(ended_at=None).update(ended_at=timezone.now())
