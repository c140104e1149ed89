"""An interview for calendars (RFC 5545): moments in UTC, so that every calendar shows its owner's own time.

By e-mail it travels as RFC 5546 says: REQUEST when it is booked or moved, CANCEL when it is off. Moving keeps the entry
and counts its sequence up, so that calendars replace what they have.
"""

import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.outbox.services import TextFile
from programmes.models import InterviewBooking

LONGEST_LINE = 75


def is_off(booking: InterviewBooking) -> bool:
    """Whether it does not take place."""
    return booking.cancelled_at is not None or booking.slot.cancelled_at is not None


def method_of(booking: InterviewBooking, *, is_sent: bool) -> str:
    """What a calendar is to do: take an entry out, keep one that it was sent, or one that somebody fetched."""
    if is_off(booking):
        return "CANCEL"
    return "REQUEST" if is_sent else "PUBLISH"


def title_of(booking: InterviewBooking) -> str:
    """What the entry is called, in the applicant's language."""
    application = booking.application
    with override(application.person.language):
        return _("Interview: %(call)s") % {"call": application.call.label}


def as_file(booking: InterviewBooking) -> TextFile:
    """The entry as it is attached to an e-mail to the applicant."""
    application = booking.application
    attendee = (application.full_name, application.person.email)
    return TextFile(
        "interview.ics",
        f"text/calendar; method={method_of(booking, is_sent=True)}",
        as_calendar(booking, title_of(booking), attendee=attendee),
    )


def as_calendar(booking: InterviewBooking, title: str, *, attendee: tuple[str, str] | None = None) -> str:
    """The file: a later one with the same entry replaces it, and one that was cancelled takes it out."""
    slot, off = booking.slot, is_off(booking)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//Interviews//EN",
        f"METHOD:{method_of(booking, is_sent=attendee is not None)}",
        "BEGIN:VEVENT",
        f"UID:{booking.uid}@{host}",
        f"SEQUENCE:{booking.sequence + off}",
        f"DTSTAMP:{_utc(booking.cancelled_at or booking.booked_at)}",
        f"DTSTART:{_utc(slot.starts_at)}",
        f"DTEND:{_utc(slot.starts_at + datetime.timedelta(minutes=slot.minutes))}",
        f"SUMMARY:{_escaped(title)}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        _person("ORGANIZER", *parseaddr(settings.DEFAULT_FROM_EMAIL)),
    ]
    if attendee:
        # Booked by themselves: nobody waits for an answer.
        lines.append(_person("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE", *attendee))
    if slot.place:
        lines.append(f"LOCATION:{_escaped(slot.place)}")
    if slot.link and not off:
        lines += [f"URL:{slot.link}", f"DESCRIPTION:{_escaped(slot.link)}"]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _person(kind: str, name: str, address: str) -> str:
    said = " ".join(name.replace('"', "").split())
    return f'{kind};CN="{said}":mailto:{address}' if said else f"{kind}:mailto:{address}"


def _utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.splitlines()) if "\n" not in text else text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; what follows begins with a space, and no letter is cut in two."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE - bool(parts):
            parts.append(part)
            part, size = "", 0
        part += letter
        size += width
    return "\r\n ".join([*parts, part])
