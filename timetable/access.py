"""Whose timetable, whose session. Views get both only here; "not yours" and "not there" are the same 404."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import User
from enrolments.access import MANAGERS, can_manage, can_tutor, managed_editions
from timetable.audience import sessions_of_learner
from timetable.models import Session, SessionQuerySet


def own_sessions(user: User) -> SessionQuerySet:
    """The sessions a person is expected in, as a learner or as a lecturer; cancelled ones too."""
    learning = sessions_of_learner(user).values("pk")
    leading = Session.objects.led_by(user).filter(edition__cancelled_at=None).values("pk")
    return Session.objects.filter(Q(pk__in=learning) | Q(pk__in=leading))


def managed_sessions(user: User) -> SessionQuerySet:
    """The sessions this person may move and cancel: those of editions they manage."""
    if has_site_role(user, *MANAGERS):
        return Session.objects.all()
    return Session.objects.filter(edition__in=managed_editions(user))


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
