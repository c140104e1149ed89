"""What we write to learners and tutors about questions."""

from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from courses.titles import title_in
from foundation.outbox import services as outbox
from learning.models import TutorMessage


def send_question(message: TutorMessage, tutor: User) -> None:
    """Tell a tutor that a learner asked something."""
    _send(message, tutor, "question", path=f"/cms/tutoring/threads/{message.thread_id}/")


def send_answer(message: TutorMessage) -> None:
    """Bring the learner the tutor's answer."""
    learner = message.thread.enrolment.person
    with override(learner.language):
        path = reverse("learning:thread", args=[message.thread.enrolment.edition.code, message.thread_id])
    _send(message, learner, "answer", path=path)


def _send(message, person, name, *, path):
    thread = message.thread
    outbox.send(
        kind=f"learning.{name}",
        to=person,
        template=f"learning/email/{name}",
        context={
            "author": message.author.full_name,
            "course": title_in(thread.enrolment.edition.course, person.language),
            "lesson": title_in(thread.lesson, person.language),
            "text": message.text,
            "path": path,
        },
        key=f"learning.{name}:{message.pk}:{person.pk}",
    )
