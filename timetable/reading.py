"""What the lines of a timetable mean: each a plan, or the reasons why it is none. Asks a fixed number of queries."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.models import Cohort, Edition
from timetable.clashes import problems_of
from timetable.concerns import warnings_of
from timetable.lecturers import known_lecturers
from timetable.models import Room
from timetable.plans import Plan
from timetable.refusals import Refusal
from timetable.sheets import Row

DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
HOUR = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")


@dataclass
class Line:
    """One line with what it means, what stands against it and what to know."""

    row: Row
    plan: Plan | None = None
    problems: list[str] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    is_there: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it can be scheduled."""
        return self.plan is not None and not self.problems and not self.is_there


class Unreadable(ValueError):
    """A cell that means nothing; `str()` says why."""


def read(rows: Sequence[Row], editions: Mapping[str, Edition]) -> list[Line]:
    """Every line with its plan or its problems. `editions` are those the reader may schedule in, by code."""
    known = _Known(rows, editions)
    lines = [_line(row, known) for row in rows]
    planned = [line for line in lines if line.plan]
    plans = [line.plan for line in planned if line.plan]
    for line, problems in zip(planned, problems_of(plans), strict=True):
        line.is_there = [problem.reason for problem in problems] == [Refusal.ALREADY_THERE]
        line.problems += [] if line.is_there else [problem.sentence for problem in problems]
    new = [line for line in planned if line.is_new]
    for line, concerns in zip(new, warnings_of([line.plan for line in new if line.plan]), strict=True):
        line.concerns += [concern.sentence for concern in concerns]
    return lines


class _Known:
    """What lines may name: editions, rooms, people, cohorts. Read once for all of them."""

    def __init__(self, rows: Sequence[Row], editions: Mapping[str, Edition]):
        self.editions = {code.casefold(): edition for code, edition in editions.items()}
        named = {row.text("edition").casefold() for row in rows} & self.editions.keys()
        used = [self.editions[code] for code in sorted(named)] or list(editions.values())[:1]
        self.rooms: dict[str, list[Room]] = defaultdict(list)
        for room in Room.objects.select_related("campus"):
            self.rooms[room.name.casefold()].append(room)
        self.cohorts = {
            (cohort.edition_id, cohort.name.casefold()): cohort
            for cohort in Cohort.objects.open().filter(edition__in=[edition.pk for edition in used])
        }
        self.people: dict[str, list[User]] = defaultdict(list)
        for person in known_lecturers(used):
            self.people[person.full_name.casefold()].append(person)
        for person in _with_addresses(rows):
            self.people[person.email.casefold()].append(person)


def _with_addresses(rows):
    addresses = {text for row in rows for text in _names(row.text("lecturers")) if "@" in text}
    found = Q()
    for address in addresses:
        found |= Q(email__iexact=address)
    return User.objects.filter(found, is_active=True) if addresses else []


def _line(row, known):
    line = Line(row)
    values = {}
    for name, reader in READERS.items():
        try:
            values[name] = reader(row, known, values)
        except Unreadable as problem:
            line.problems.append(str(problem))
    if not line.problems:
        line.plan = Plan(**values)
    return line


def _edition(row, known, values):
    code = row.text("edition")
    if not code and len(known.editions) == 1:
        return next(iter(known.editions.values()))
    if code.casefold() not in known.editions:
        raise Unreadable(
            _("“%(code)s” is the code of no edition whose timetable you may change.") % {"code": code}
        )
    return known.editions[code.casefold()]


def _title(row, known, values):
    if len(row.text("title")) > 200:
        raise Unreadable(_("The title is longer than 200 letters."))
    return row.text("title")


def day_of(text: str) -> datetime.date:
    """A day written like 2027-03-15 or 15.3.2027, or Unreadable."""
    written = DAY.fullmatch(text)
    try:
        if written:
            day, month, year = map(int, written.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(
            _("“%(text)s” is no day. Write it like 2027-03-15 or 15.03.2027.") % {"text": text}
        ) from error


def hour_of(text: str) -> datetime.time:
    """A time written like 09:00, 9.00 or 9h00, or Unreadable."""
    written = HOUR.fullmatch(text.strip())
    try:
        if written:
            return datetime.time(int(written[1]), int(written[2]))
    except ValueError:
        pass
    raise Unreadable(_("“%(text)s” is no time. Write it like 09:00.") % {"text": text})


def _minutes(row, known, values):
    starts, ends = values.get("starts"), hour_of(row.text("ends"))
    if starts is None:
        return 0
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    if minutes <= 0:
        raise Unreadable(_("It would end before it begins. One over midnight is scheduled as two."))
    return minutes


def _room(row, known, values):
    name, campus = row.text("room"), row.text("campus").casefold()
    if not name:
        return None
    rooms = [
        room
        for room in known.rooms.get(name.casefold(), ())
        if not campus or room.campus.name.casefold() == campus
    ]
    if len(rooms) == 1:
        return rooms[0]
    if rooms:
        raise Unreadable(_("Several rooms are called “%(name)s”. Name the campus too.") % {"name": name})
    raise Unreadable(_("There is no room “%(name)s”. Add it first, or correct the name.") % {"name": name})


def _online_link(row, known, values):
    link = row.text("online_link")
    try:
        if link:
            URLValidator(schemes=["http", "https"])(link)
    except ValidationError as error:
        raise Unreadable(_("“%(link)s” is no web address.") % {"link": link}) from error
    return link


def _names(text):
    return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]


def _lecturers(row, known, values):
    return tuple({_person(name, known) for name in _names(row.text("lecturers"))})


def _person(name, known):
    people = known.people.get(name.casefold(), [])
    if len(people) == 1:
        return people[0]
    if people:
        raise Unreadable(
            _("Several people are called “%(name)s”. Write the e-mail address instead.") % {"name": name}
        )
    if "@" in name:
        raise Unreadable(_("Nobody has an account with the address %(name)s.") % {"name": name})
    raise Unreadable(
        _("Nobody who teaches here is called “%(name)s”. Write the e-mail address instead.") % {"name": name}
    )


def _cohort(row, known, values):
    name, edition = row.text("cohort"), values.get("edition")
    if not name or edition is None:
        return None
    if (edition.pk, name.casefold()) not in known.cohorts:
        raise Unreadable(_("The edition has no cohort “%(name)s”.") % {"name": name})
    return known.cohorts[edition.pk, name.casefold()]


def _capacity(row, known, values):
    text = row.text("capacity")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= 100_000:
        raise Unreadable(_("“%(text)s” is no number of people.") % {"text": text})
    return int(text)


READERS = {
    "edition": _edition,
    "title": _title,
    "on": lambda row, known, values: day_of(row.text("on")),
    "starts": lambda row, known, values: hour_of(row.text("starts")),
    "minutes": _minutes,
    "time_zone": lambda row, known, values: row.text("time_zone"),
    "room": _room,
    "online_link": _online_link,
    "lecturers": _lecturers,
    "cohort": _cohort,
    "capacity": _capacity,
    "notes": lambda row, known, values: row.text("notes"),
}


def new_plans(lines: Iterable[Line]) -> list[Plan]:
    """The plans that can be scheduled."""
    return [line.plan for line in lines if line.plan and line.is_new]
