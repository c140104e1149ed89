"""Rooms and sessions, written directly; tests of scheduling call the services."""

import datetime
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests.factories.enrolments import make_edition
from timetable.models import Campus, Room, Session, SessionLecturer
from timetable.plans import Plan

_numbers = count(1)


def make_campus(name=None, **fields):
    """A campus in Rome's time zone."""
    return Campus.objects.create(name=name or f"Campus {next(_numbers)}", **fields)


def make_room(campus=None, **fields):
    """An open room, on a campus of its own unless one is given."""
    defaults = {"name": f"Room {next(_numbers)}"}
    return Room.objects.create(campus=campus or make_campus(), **defaults | fields)


def make_plan(edition=None, **fields):
    """What a session is to be: tomorrow week, 09:00 to 12:00, in a room of its own unless a place is given."""
    defaults = {
        "title": f"Session {next(_numbers)}",
        "on": timezone.localdate() + datetime.timedelta(days=8),
        "starts": datetime.time(9),
        "minutes": 180,
    }
    if "room" not in fields and not fields.get("online_link"):
        defaults["room"] = make_room()
    return Plan(edition=edition or make_edition(), **defaults | fields)


def make_session(edition=None, *, lecturers=(), **fields):
    """A session at a time and in a zone of its own (tomorrow week, 09:00 to 12:00, Rome, in a new room)."""
    defaults = {
        "title": f"Session {next(_numbers)}",
        "on": timezone.localdate() + datetime.timedelta(days=8),
        "starts": datetime.time(9),
        "minutes": 180,
        "time_zone": "Europe/Rome",
    }
    if "room" not in fields and not fields.get("online_link"):
        defaults["room"] = make_room()
    fields = defaults | fields
    start = datetime.datetime.combine(fields["on"], fields["starts"], ZoneInfo(fields["time_zone"]))
    start = start.astimezone(datetime.UTC)
    session = Session.objects.create(
        edition=edition or make_edition(),
        starts_at=start,
        ends_at=start + datetime.timedelta(minutes=fields["minutes"]),
        **fields,
    )
    for person in lecturers:
        SessionLecturer.objects.create(session=session, person=person)
    return session
