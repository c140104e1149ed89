"""Calendar files as RFC 5545 wants them. Pure: events in, text out; times in UTC, which every calendar understands."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LINE_OCTETS = 75
PRODUCT = "-//UNICRI//Learning management system//EN"
TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Event:
    """One thing at one time. `uid` names it for good; a higher `sequence` replaces what calendars know of it."""

    uid: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    changed_at: datetime.datetime
    summary: str
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(events: Iterable[Event], *, name: str = "") -> str:
    """A calendar with its events. With a name it is a feed, which calendars ask for anew every hour."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines += [f"X-WR-CALNAME:{escaped(name)}", f"NAME:{escaped(name)}"]
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(event):
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"LAST-MODIFIED:{_moment(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if event.is_cancelled else 'OPAQUE'}",
    ]
    lines += [f"LOCATION:{escaped(event.location)}"] if event.location else []
    lines += [f"DESCRIPTION:{escaped(event.description)}"] if event.description else []
    lines += [f"URL:{_one_line(event.url)}"] if event.url else []
    return [*lines, "END:VEVENT"]


def _moment(value):
    return f"{value.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """The text as a value: nothing in it begins a line, a parameter or a list."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    safe = [_one_line(line).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines]
    return "\\n".join(safe)


def _one_line(text):
    return "".join(letter for letter in text if letter == "\t" or (ord(letter) >= 32 and ord(letter) != 127))


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets; no letter is torn apart."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE_OCTETS:
            pieces.append(piece)
            piece, size = "", 1  # the space that begins the next piece counts
        piece, size = piece + letter, size + octets
    return "\r\n ".join([*pieces, piece])
