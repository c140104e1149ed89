"""What we write to students about their place in a programme."""

from django.urls import reverse
from django.utils.translation import override

from foundation.outbox import services as outbox
from programmes.models import Phase, Student, StudentEvent


def _send(name: str, student: Student, event: StudentEvent, **context) -> None:
    outbox.send(
        kind=f"programmes.{name}",
        to=student.person,
        template=f"programmes/email/{name}",
        context={
            "name": student.person.full_name,
            "programme": student.programme_edition.name,
            "reason": event.reason,
            **context,
        },
        key=f"programmes.{name}:{event.pk}",
    )


def _place_path(student: Student) -> str:
    with override(student.person.language):
        return reverse("programmes:place", args=[student.programme_edition.code])


def send_admitted(student: Student, event: StudentEvent) -> None:
    """Confirm the place once it can be used, with the way to it."""
    first = student.programme_edition.phases.first()
    starts_on = first.starts_on if first else student.programme_edition.starts_on
    _send("admitted", student, event, path=_place_path(student), starts_on=starts_on)


def send_phase_opened(student: Student, phase: Phase, event: StudentEvent) -> None:
    """Say that the next phase is open."""
    phase_name = phase.name_in(student.person.language)
    _send("phase_opened", student, event, path=_place_path(student), phase=phase_name)


def send_withdrawn(student: Student, event: StudentEvent) -> None:
    """Confirm that the place was given back."""
    _send("withdrawn", student, event)
