"""A person's timetable as a calendar for their telephone: in their language, open to whoever has its address."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.outbox.wording import spoken_to
from timetable.calendars import Event, calendar
from timetable.models import FeedToken, SessionQuerySet
from timetable.shown import SessionShown, sessions_shown, with_details
from timetable.weeks import week_of

KEPT_BEFORE = datetime.timedelta(days=180)


def feed_url(token: FeedToken) -> str:
    """The whole address of a feed."""
    return settings.SITE_URL + reverse("timetable_feed", args=[token.token])


def webcal_url(token: FeedToken) -> str:
    """The same address as calendars know it: opening it subscribes."""
    return "webcal" + feed_url(token).removeprefix("https").removeprefix("http")


def feed_of(person: User, sessions: SessionQuerySet) -> str:
    """The calendar of a person: all that is to come, and half a year of what was, cancelled or not."""
    recent = sessions.filter(ends_at__gte=timezone.now() - KEPT_BEFORE)
    with spoken_to(person.language, person.time_zone):
        found = sessions_shown(with_details(recent), reader=person, language=person.language)
        name = _("%(site)s: timetable") % {"site": settings.SITE_NAME}
        return calendar([event_of(shown) for shown in found], name=name)


def event_of(shown: SessionShown) -> Event:
    """The session as an event, in the current language."""
    session = shown.session
    path = reverse("timetable:timetable") + f"?week={week_of(shown.starts.date()).name}"
    return Event(
        uid=str(session.key),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=session.changed_at,
        summary=_summary(shown),
        sequence=session.sequence,
        description=_description(shown),
        location=_location(session),
        url=settings.SITE_URL + path,
        is_cancelled=session.is_cancelled,
    )


def _summary(shown):
    words = {"session": shown.session.title, "course": shown.course}
    if shown.session.is_cancelled:
        return _("Cancelled: %(session)s · %(course)s") % words
    return _("%(session)s · %(course)s") % words


def _location(session):
    if session.room is None:
        return session.online_link
    parts = [str(session.room), session.room.campus.address.replace("\n", ", ")]
    return ", ".join(part for part in parts if part)


def _description(shown):
    session = shown.session
    people = ", ".join(str(lecturer.person) for lecturer in session.lecturers.all())
    lines = [
        _("With %(people)s") % {"people": people} if people else "",
        _("Online: %(link)s") % {"link": session.online_link} if session.online_link else "",
        session.room.directions if session.room else "",
        session.notes,
    ]
    return "\n".join(line for line in lines if line)
