"""A year of teaching: sessions in rooms, registers, examinations, and the gates between phases."""

import datetime
import random
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from accounts.models import User
from gradebook.models import EntryKind
from gradebook.services import enter
from gradebook.typed import Typed
from lms.demo.clock import at
from portfolio.models import Country
from programmes.models import Mode, Module, ProgrammeEdition
from programmes.services import open_due_phases
from timetable.attendance.marks import NewMark
from timetable.attendance.services import save_register
from timetable.models import Campus, Room, Session, Status
from timetable.patterns import Pattern
from timetable.plans import Plan
from timetable.services import schedule_series

ROME = ZoneInfo("Europe/Rome")
LINK = "https://meet.demo.example/llm"


def make_rooms(words: dict) -> list[Room]:
    """The campus with its rooms."""
    campus, _created = Campus.objects.get_or_create(
        name="Turin campus (demo)",
        defaults={"address": "Viale Maestri del Lavoro 10, Turin", "country": Country.objects.get(code="IT")},
    )
    return [campus.rooms.get_or_create(name=name, defaults={"seats": 60})[0] for name in words["rooms"]]


def make_term(edition: ProgrammeEdition, people: dict[str, User], words: dict) -> None:
    """Each phase in turn: taught, attended, examined; then the gate to the next."""
    rooms = make_rooms(words)
    for phase in edition.phases.all():
        modules = list(phase.modules.select_related("edition", "phase__programme_edition"))
        with at(_morning(phase.starts_on)):
            open_due_phases(edition, phase.starts_on)
        with at(_morning(phase.starts_on - timedelta(days=7))):
            make_sessions(modules, rooms, people)
        attend(modules, people["tutor"])
        with at(_morning(phase.ends_on)):
            if phase.position < 3:
                examine(modules, people["tutor"])


def make_sessions(modules: list[Module], rooms: list[Room], people: dict[str, User]) -> None:
    """Online: two evenings a week. In Turin: six hours a day, one module a weekday."""
    online = modules[0].phase.kind == "online"
    for number, module in enumerate(modules):
        days = [(2,), (4,)][number] if online else [(1, 4), (2, 5), (3,)][number % 3]
        plan = Plan(
            edition=module.edition,
            title=module.edition.course.title,
            on=module.phase.starts_on,
            starts=datetime.time(18 if online else 9),
            minutes=90 if online else 360,
            room=None if online else rooms[number % len(rooms)],
            online_link=LINK if online else "",
            lecturers=(people["tutor"],),
            time_zone="Europe/Rome",
        )
        free = {
            entry.starts_on + timedelta(days=day)
            for entry in module.phase.programme_edition.calendar.filter(is_free=True)
            for day in range((entry.ends_on - entry.starts_on).days + 1)
        }
        pattern = Pattern(
            frozenset(days), module.phase.starts_on, module.phase.ends_on, without=frozenset(free)
        )
        schedule_series(plan, pattern, by=people["coordinator"])


def attend(modules: list[Module], lecturer: User, *, until: datetime.datetime | None = None) -> None:
    """A register for every session that is over: most are there, some late, some excused; two are in danger."""
    for module in modules:
        enrolments = list(module.edition.enrolments.active().order_by("pk"))
        sessions = Session.objects.filter(edition=module.edition).order_by("starts_at")
        for session in sessions.filter(starts_at__lt=until) if until else sessions:
            with at(session.starts_at + timedelta(minutes=50)):
                save_register(
                    session,
                    [_mark(one, session, number) for number, one in enumerate(enrolments)],
                    by=lecturer,
                )


def _mark(enrolment, session, number):
    chance = random.Random(f"{number}/{session.on}/{session.title}")
    misses = 0.2 if number in (5, 29) else 0.03
    drawn = chance.random()
    if drawn < misses:
        return NewMark(enrolment.pk, Status.ABSENT)
    if drawn < misses + 0.02:
        return NewMark(enrolment.pk, Status.EXCUSED, reason="Appointment at the consulate")
    if drawn < misses + 0.06:
        return NewMark(enrolment.pk, Status.LATE, minutes_late=chance.choice([5, 10, 15, 25]))
    return NewMark(enrolment.pk, Status.PRESENT)


def examine(modules: list[Module], marker: User) -> None:
    """An examination in each module; three students do not pass one of them at first."""
    for module in modules:
        item = module.edition.grade_scheme.items.get(activity=None)
        for number, enrolment in enumerate(module.edition.enrolments.active().order_by("pk")):
            chance = random.Random(f"exam/{number}/{module.code}")
            score = min(max(chance.gauss(0.79, 0.09), 0.61), 0.97)
            if module.code == "TCJ 505" and number in (8, 22, 37):
                score = 0.52
            enter(
                item,
                enrolment,
                Typed(EntryKind.SCORE, Decimal(round(score, 2)).quantize(Decimal("0.01"))),
                by=marker,
            )


def online_students(edition: ProgrammeEdition):
    """Those who follow from home."""
    return edition.students.active().filter(mode=Mode.ONLINE)


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(8), tzinfo=ROME)
