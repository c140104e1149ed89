"""Whose register, whose attendance. Views get both only here; "not yours" and "not there" are the same 404."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from enrolments.access import can_tutor
from enrolments.models import Edition, Enrolment
from timetable.access import can_teach
from timetable.audience import expected
from timetable.models import AttendanceDocument, AttendanceMark, Session


def get_register_or_404(user: User, key: UUID) -> Session:
    """The session, if this person lectures in it, tutors or manages its edition."""
    session = get_object_or_404(
        Session.objects.select_related("edition__course", "cohort", "room__campus"), key=key
    )
    if not can_teach(user, session):
        raise Http404
    return session


def get_session_to_join_or_404(user: User, key: UUID) -> Session:
    """The session, if this person is expected in it as a learner."""
    session = get_object_or_404(
        Session.objects.select_related("edition__course", "cohort", "room__campus"), key=key
    )
    if not expected(session).filter(person=user).exists():
        raise Http404
    return session


def get_marked_or_404(user: User, session_key: UUID, enrolment_key: UUID) -> tuple[Session, Enrolment]:
    """A session whose register the person keeps, and somebody in its edition."""
    session = get_register_or_404(user, session_key)
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("person", "edition__course"),
        key=enrolment_key,
        edition=session.edition_id,
    )
    return session, enrolment


def get_document_or_404(user: User, pk: int) -> AttendanceDocument:
    """A document of an excuse that was not erased: its own person's, or of a register this person keeps."""
    document = get_object_or_404(
        AttendanceDocument.objects.select_related("enrolment__edition__course", "enrolment__person"),
        pk=pk,
        erased_at=None,
    )
    if document.enrolment.person_id == user.pk:
        return document
    marks = AttendanceMark.objects.filter(document=document).select_related("session__edition__course")
    if not any(can_teach(user, mark.session) for mark in marks):
        raise Http404
    return document


def get_taught_edition_or_404(user: User, pk: int) -> Edition:
    """The edition, if this person tutors or manages it."""
    edition = get_object_or_404(Edition.objects.select_related("course"), pk=pk)
    if not can_tutor(user, edition):
        raise Http404
    return edition


def can_set_site_rules(user: User) -> bool:
    """Whether the person says how attendance counts wherever an edition does not."""
    return user.is_active and has_site_role(user, Role.ADMINISTRATOR)
