"""Holding what sessions take, until the transaction ends: editions first, then rooms, then people, each in order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.models import User
from enrolments.models import Edition
from timetable.models import Room, Session
from timetable.plans import Plan


def hold_editions(pks: set[int]) -> dict[int, Edition]:
    """Hold editions in the order of their numbers."""
    held = Edition.objects.select_for_update(of=["self"]).select_related("course")
    return {edition.pk: edition for edition in held.filter(pk__in=pks).order_by("pk")}


def hold_session(session: Session) -> Session:
    """Hold the edition and then the session, as both are now."""
    editions = hold_editions({session.edition_id})
    held = Session.objects.select_for_update(of=["self"]).select_related("cohort", "room__campus")
    session = held.prefetch_related("lecturers__person").get(pk=session.pk)
    session.edition = editions[session.edition_id]
    return session


def hold(plans: Sequence[Plan]) -> list[Plan]:
    """Hold everything the plans take; the plans with their rows as they are now.

    Two who want the same room or lecturer come one after the other, and the second sees what the first did.
    """
    editions = hold_editions({plan.edition.pk for plan in plans})
    rooms = {room.pk: room for room in _held_rooms({plan.room.pk for plan in plans if plan.room})}
    people = {person.pk: person for person in _held_people({p.pk for plan in plans for p in plan.lecturers})}
    return [
        replace(
            plan,
            edition=editions[plan.edition.pk],
            room=rooms[plan.room.pk] if plan.room else None,
            lecturers=tuple(people[pk] for pk in sorted({person.pk for person in plan.lecturers})),
        )
        for plan in plans
    ]


def hold_timetables(editions: Iterable[Edition]) -> None:
    """Hold these editions, and the rooms and lecturers of their standing sessions: whatever a copy could take."""
    pks = set(hold_editions({edition.pk for edition in editions}))
    sessions = Session.objects.standing().filter(edition__in=pks).order_by()
    # Evaluated for their locks.
    list(_held_rooms(set(sessions.exclude(room=None).values_list("room", flat=True))))
    list(_held_people(set(sessions.exclude(lecturers=None).values_list("lecturers__person", flat=True))))


def _held_rooms(pks):
    # Without the key: rows that point at the room may be written meanwhile.
    held = Room.objects.select_for_update(of=["self"], no_key=True).select_related("campus")
    return held.filter(pk__in=pks).order_by("pk")


def _held_people(pks):
    held = User.objects.select_for_update(of=["self"], no_key=True)
    return held.filter(pk__in=pks).order_by("pk")
