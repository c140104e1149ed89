"""Whose timetable, whose session. Views get both only here; "not yours" and "not there" are the same 404."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import User
from enrolments.access import MANAGERS, can_manage, can_tutor, managed_editions, manages_any
from timetable.audience import sessions_of_learner
from timetable.models import FeedToken, Session, SessionQuerySet
from timetable.refusals import Problem
from timetable.shown import with_details


def own_sessions(user: User) -> SessionQuerySet:
    """The sessions a person is expected in, as a learner or as a lecturer; cancelled ones too."""
    learning = sessions_of_learner(user).values("pk")
    leading = Session.objects.led_by(user).filter(edition__cancelled_at=None).values("pk")
    return Session.objects.filter(Q(pk__in=learning) | Q(pk__in=leading))


def get_own_session_or_404(user: User, key: UUID) -> Session:
    """A session of the person's own timetable."""
    return get_object_or_404(with_details(own_sessions(user)), key=key)


def own_feed(user: User) -> FeedToken | None:
    """The address of the person's calendar, if they asked for one."""
    return user.feed_tokens.filter(ended_at=None).first()


def get_feed_owner_or_404(token: str) -> User:
    """Whose timetable a feed shows. Closed accounts have none."""
    held = FeedToken.objects.filter(ended_at=None, person__is_active=True).select_related("person")
    return get_object_or_404(held, token=token).person


def managed_sessions(user: User) -> SessionQuerySet:
    """The sessions this person may move and cancel: those of editions they manage."""
    if has_site_role(user, *MANAGERS):
        return Session.objects.all()
    return Session.objects.filter(edition__in=managed_editions(user))


def can_schedule_any(user: User) -> bool:
    """Whether there is an edition whose sessions this person may change: asked by menus."""
    return user.is_active and manages_any(user)


def must_schedule(user: User) -> None:
    """Refuse whoever may change no session at all."""
    if not can_schedule_any(user):
        raise PermissionDenied


def said_to(user: User, found: Sequence[Sequence[Problem]]) -> list[tuple[Problem, ...]]:
    """The same problems, with the names of sessions of restricted editions where the person manages these."""
    hidden = {one.edition_id for problems in found for one in problems if one.named}
    own = set(managed_editions(user).filter(pk__in=hidden).values_list("pk", flat=True)) if hidden else set()
    return [
        tuple(replace(one, sentence=one.named) if one.edition_id in own else one for one in problems)
        for problems in found
    ]


def can_edit_rooms(user: User) -> bool:
    """Whether the person may add campuses and rooms, which all editions share."""
    return user.is_active and has_site_role(user, *MANAGERS)


def can_schedule(user: User, session: Session) -> bool:
    """Whether the person may change this session."""
    return can_manage(user, session.edition)


def can_teach(user: User, session: Session) -> bool:
    """Whether the person may see who is expected: its lecturers, and who tutors or manages the edition."""
    if not user.is_active:
        return False
    return can_tutor(user, session.edition) or session.lecturers.filter(person=user).exists()


def get_managed_session_or_404(user: User, pk: int) -> Session:
    """The session, if this person may change it."""
    sessions = managed_sessions(user).select_related("edition__course", "cohort", "room__campus")
    return get_object_or_404(sessions.prefetch_related("lecturers__person"), pk=pk)


def get_taught_session_or_404(user: User, pk: int) -> Session:
    """The session, if this person teaches in it, tutors or manages its edition."""
    sessions = Session.objects.select_related("edition__course", "cohort", "room__campus")
    session = get_object_or_404(sessions, pk=pk)
    if not can_teach(user, session):
        raise Http404
    return session
