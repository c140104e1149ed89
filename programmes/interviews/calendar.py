"""An interview as a calendar file (RFC 5545): moments in UTC, so that every calendar shows its owner's own time."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings

from programmes.models import InterviewBooking

LONGEST_LINE = 75


def as_calendar(booking: InterviewBooking, title: str) -> str:
    """The file: a later one with the same entry replaces it, and one that was cancelled takes it out."""
    slot = booking.slot
    is_off = booking.cancelled_at is not None or slot.cancelled_at is not None
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//Interviews//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{booking.uid}@{host}",
        f"SEQUENCE:{booking.sequence + is_off}",
        f"DTSTAMP:{_utc(booking.cancelled_at or booking.booked_at)}",
        f"DTSTART:{_utc(slot.starts_at)}",
        f"DTEND:{_utc(slot.starts_at + datetime.timedelta(minutes=slot.minutes))}",
        f"SUMMARY:{_escaped(title)}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
    ]
    if slot.place:
        lines.append(f"LOCATION:{_escaped(slot.place)}")
    if slot.link and not is_off:
        lines += [f"URL:{slot.link}", f"DESCRIPTION:{_escaped(slot.link)}"]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
