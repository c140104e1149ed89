"""What we write to students about their results and cases."""

from django.urls import reverse
from django.utils.translation import override

from foundation.outbox import services as outbox
from programmes.models import ExaminationBoard, Student, StudentCase


def send_case_opened(case: StudentCase) -> None:
    """Confirm that the case is open and say by when it is decided."""
    _send_about_case(case, "case_opened")


def send_case_decided(case: StudentCase) -> None:
    """Say that the case is decided, without the decision: the message may be read by others."""
    _send_about_case(case, "case_decided")


def _send_about_case(case, name):
    person = case.student.person
    with override(person.language):
        kind = case.get_kind_display()
    outbox.send(
        kind=f"programmes.{name}",
        to=person,
        template=f"programmes/records/email/{name}",
        context={
            "name": person.full_name,
            "programme": case.student.programme_edition.name,
            "kind": kind,
            "decide_by": case.decide_by,
            "path": _path(case.student),
        },
        key=f"programmes.{name}:{case.pk}",
    )


def send_results_confirmed(student: Student, board: ExaminationBoard) -> None:
    """Say that a board has confirmed results, without the results: the message may be read by others."""
    outbox.send(
        kind="programmes.results_confirmed",
        to=student.person,
        template="programmes/records/email/results_confirmed",
        context={
            "name": student.person.full_name,
            "programme": student.programme_edition.name,
            "board": board.name,
            "path": _path(student),
        },
        key=f"programmes.results_confirmed:{board.pk}:{student.pk}",
    )


def _path(student):
    with override(student.person.language):
        return reverse("records:record", args=[student.programme_edition.code])
