"""Calls that a programme's public page leads to."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from courses.models import ProgrammePage
from programmes.applications.window import in_words
from programmes.models import Call


@dataclass(frozen=True)
class CallOffer:
    """A call somebody can apply to now, or soon."""

    name: str
    edition: str
    url: str
    is_open: bool
    when: str


def calls_for(page: ProgrammePage) -> list[CallOffer]:
    """The published calls of a programme, in whatever language its page is, that have not closed."""
    now = timezone.now()
    calls = Call.objects.published().filter(
        programme_edition__page__translation_key=page.translation_key,
        programme_edition__cancelled_at=None,
        closes_at__gte=now,
    )
    return [_offer(call, now) for call in calls.select_related("programme_edition").order_by("closes_at")]


def _offer(call, now):
    is_open = call.opens_at <= now
    moment = call.closes_at if is_open else call.opens_at
    return CallOffer(
        name=call.label,
        edition=call.programme_edition.name,
        url=reverse("applications:start", args=[call.code]),
        is_open=is_open,
        when=in_words(moment, call),
    )
