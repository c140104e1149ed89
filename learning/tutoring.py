"""Questions a learner asks the tutors, privately, and their answers. Seen by the learner and those tutors only."""

import uuid

from django.db import transaction

from accounts.models import Role, User
from courses.models import CourseRole, LessonPage
from enrolments.models import Edition, EditionRole, Enrolment, Format
from enrolments.services import lock
from learning import emails
from learning.models import TutorMessage, TutorThread


def tutors_of(edition: Edition) -> list[User]:
    """Who answers questions in this edition now."""
    own = EditionRole.objects.current().filter(edition=edition, role=Role.TUTOR).values("person")
    of_course = (
        CourseRole.objects.current().filter(course=edition.course_id, role=Role.TUTOR).values("person")
    )
    return list(
        User.objects.filter(pk__in=own, is_active=True)
        | User.objects.filter(pk__in=of_course, is_active=True)
    )


def has_tutor(edition: Edition) -> bool:
    """Whether learners of this edition can ask a tutor: it is taught, and somebody tutors it."""
    return edition.format != Format.SELF_STUDY and bool(tutors_of(edition))


@transaction.atomic
def ask_tutor(enrolment: Enrolment, lesson: LessonPage, *, text: str, form_key: uuid.UUID) -> TutorThread:
    """Open a thread with a first message and tell the tutors. A second click on the same form finds the first."""
    lock(enrolment)
    sent = TutorMessage.objects.filter(form_key=form_key).select_related("thread").first()
    if sent:
        return sent.thread
    thread = TutorThread.objects.create(enrolment=enrolment, lesson=lesson.canonical)
    message = thread.messages.create(author=enrolment.person, text=text, form_key=form_key)
    for tutor in tutors_of(enrolment.edition):
        emails.send_question(message, tutor)
    return thread


@transaction.atomic
def add_message(thread: TutorThread, *, author: User, text: str, form_key: uuid.UUID) -> TutorMessage:
    """Add to a thread and tell the other side. A second click on the same form finds the first."""
    lock(thread.enrolment)
    sent = TutorMessage.objects.filter(form_key=form_key).first()
    if sent:
        return sent
    message = thread.messages.create(author=author, text=text, form_key=form_key)
    if author == thread.enrolment.person:
        for tutor in tutors_of(thread.enrolment.edition):
            emails.send_question(message, tutor)
    else:
        emails.send_answer(message)
    return message
