"""A tutor's group across all modules of a programme: which questions wait, and who has gone quiet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from enrolments.models import Enrolment
from learning.last_seen import expected_to_work, quiet_since, with_last_seen
from learning.questions import threads_of, unanswered
from programmes.models import Module, ModuleEnrolment, Student


@dataclass(frozen=True)
class QuietStudent:
    """A student who should be at work in some module and shows nothing in any."""

    student: Student
    seen_at: datetime
    modules: tuple[Module, ...]


def questions_of(students: Collection[Student]):
    """The questions of these students that wait for an answer, in all their modules, the longest wait first."""
    places = ModuleEnrolment.objects.filter(student__in=[student.pk for student in students])
    threads = threads_of(places.values("enrolment__edition")).filter(enrolment__in=places.values("enrolment"))
    return unanswered(threads)


def gone_quiet_in(students: Collection[Student]) -> list[QuietStudent]:
    """Those whose last sign of work, in whichever module, is older than a week; the longest silence first.

    Working in one module is being there: nobody is quiet for leaving another one for later.
    """
    places = ModuleEnrolment.objects.filter(student__in=[student.pk for student in students])
    enrolments = Enrolment.objects.filter(pk__in=places.values("enrolment"))
    seen = dict(with_last_seen(enrolments).values_list("pk", "seen_at"))
    expected = set(expected_to_work(enrolments).values_list("pk", flat=True))
    last: dict[int, datetime] = {}
    waiting: dict[int, list[Module]] = {}
    for place in places.select_related("module__edition__course"):
        moment = seen[place.enrolment_id]
        last[place.student_id] = max(moment, last.get(place.student_id, moment))
        if place.enrolment_id in expected:
            waiting.setdefault(place.student_id, []).append(place.module)
    since = quiet_since()
    found = [
        QuietStudent(student, last[student.pk], tuple(waiting[student.pk]))
        for student in students
        if student.pk in waiting and last[student.pk] < since
    ]
    return sorted(found, key=lambda quiet: quiet.seen_at)
