"""Calendar files hold what RFC 5545 promises, whatever people typed."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from timetable.calendars import Event, calendar, escaped, folded

START = datetime.datetime(2027, 3, 15, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))


def event(**fields):
    defaults = {
        "uid": "one",
        "starts_at": START,
        "ends_at": START + datetime.timedelta(hours=3),
        "changed_at": START,
        "summary": "Evidence",
    }
    return Event(**defaults | fields)


@given(st.text())
def test_lines_are_short_and_unfold_to_what_they_were(text):
    line = "SUMMARY:" + escaped(text)

    pieces = folded(line).split("\r\n ")

    assert all(len(piece.encode()) <= 75 - (number > 0) for number, piece in enumerate(pieces))
    assert "".join(pieces) == line


@given(st.text())
def test_nothing_typed_begins_a_line_or_a_property(text):
    lines = calendar([event(summary=text, description=text, location=text, url=text)]).split("\r\n")
    starts = [line.split(":")[0].split(";")[0] for line in lines if line and not line.startswith(" ")]

    assert all(name.replace("-", "").isalpha() for name in starts)
    assert starts.count("SUMMARY") == 1
    assert starts.count("BEGIN") == 2


def test_commas_semicolons_and_breaks_are_written_as_the_format_wants():
    assert escaped("a, b; c\\d\r\ne\x00") == "a\\, b\\; c\\\\d\\ne"


def test_an_event_has_what_calendars_need_and_times_in_utc():
    lines = calendar([event(sequence=2, is_cancelled=True)], name="Mine").split("\r\n")

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in ("UID:one", "SEQUENCE:2", "STATUS:CANCELLED", "DTSTAMP:20270315T080000Z"):
        assert line in lines
    assert "DTSTART:20270315T080000Z" in lines
    assert "DTEND:20270315T110000Z" in lines
    assert "X-WR-CALNAME:Mine" in lines
