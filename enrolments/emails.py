"""What we write to people about their place."""

from django.urls import reverse
from django.utils.translation import override

from courses.titles import title_in
from enrolments.models import Accommodation, Enrolment, EnrolmentEvent
from foundation.outbox import services as outbox


def _classroom_path(enrolment: Enrolment) -> str:
    with override(enrolment.person.language):
        return reverse("learning:outline", args=[enrolment.edition.code])


def _send(enrolment, event, name):
    outbox.send(
        kind=f"enrolments.{name}",
        to=enrolment.person,
        template=f"enrolments/email/{name}",
        context={
            "name": enrolment.person.full_name,
            "course": title_in(enrolment.edition.course, enrolment.person.language),
            "edition": enrolment.edition.name,
            "path": _classroom_path(enrolment),
            "reason": event.reason,
        },
        key=f"enrolments.{name}:{event.pk}",
    )


def send_enrolled(enrolment: Enrolment, event: EnrolmentEvent) -> None:
    """Confirm the place, with the way into the classroom."""
    _send(enrolment, event, "enrolled")


def send_withdrawn(enrolment: Enrolment, event: EnrolmentEvent) -> None:
    """Confirm that the place was given back."""
    _send(enrolment, event, "withdrawn")


def send_granted(enrolment: Enrolment, accommodation: Accommodation) -> None:
    """Say what holds for this person from now on, without the reason: the message may be read by others."""
    outbox.send(
        kind="enrolments.granted",
        to=enrolment.person,
        template="enrolments/email/granted",
        context={
            "name": enrolment.person.full_name,
            "course": title_in(enrolment.edition.course, enrolment.person.language),
            "path": _classroom_path(enrolment),
            "granted": accommodation,
        },
        key=f"enrolments.granted:{accommodation.pk}:{enrolment.pk}",
    )
