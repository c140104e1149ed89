"""Hears of what may open a gate, and of an edition that was copied."""

from django.db import transaction
from django.dispatch import receiver
from django_tasks.base import TaskResultStatus

from foundation.jobs.pending import pending_runs
from gradebook.signals import results_changed
from learning.signals import attempt_rescored, course_completed
from programmes.applications.services.copying import copy_call
from programmes.models import Gate
from programmes.next_year import call_to_copy
from programmes.projects.services import copy_project_rules
from programmes.records.services import copy_rules, settle_cases_of
from programmes.selection.services import copy_criteria, copy_templates
from programmes.signals import programme_edition_copied, results_confirmed, student_withdrawn
from programmes.tasks import open_phases_of
from timetable.signals import attendance_changed


def look_at_gates(edition_id: int) -> None:
    """Look again once the transaction has ended: whoever waits for its locks need not wait for this."""
    transaction.on_commit(lambda: _look(edition_id))


def _look(edition_id):
    """Queue the work if the module taught in this edition stands in a programme with gates."""
    gates = Gate.objects.filter(
        phase__programme_edition__phases__modules__edition=edition_id,
        phase__programme_edition__cancelled_at=None,
    )
    found = gates.values_list("phase__programme_edition", flat=True).first()
    if found is None:
        return
    waiting = pending_runs(open_phases_of).filter(status=TaskResultStatus.READY)
    if [found] not in [call["args"] for call in waiting.values_list("args_kwargs", flat=True)]:
        open_phases_of.enqueue(found)


@receiver(programme_edition_copied)
def copy_what_hangs_on_it(sender, old, new, days, by, **kwargs):
    """Rules of records and projects, and the newest call with its criteria and letters, come along; nobody is told."""
    copy_rules(old, new)
    copy_project_rules(old, new, days)
    if call := call_to_copy(old):
        copy = copy_call(call, new, days, by=by)
        copy_criteria(call, copy, by=by)
        copy_templates(call, copy, by=by)


@receiver(course_completed)
def look_after_completing(sender, enrolment, **kwargs):
    """A course is done. Single activities are left to the hourly look: they are too many."""
    look_at_gates(enrolment.edition_id)


@receiver(attempt_rescored)
def look_after_rescoring(sender, attempt, **kwargs):
    """An attempt is worth something else."""
    look_at_gates(attempt.enrolment.edition_id)


@receiver(results_changed)
def look_after_results(sender, edition_id, **kwargs):
    """Staff entered or released results."""
    look_at_gates(edition_id)


@receiver(student_withdrawn)
def settle_cases(sender, student, **kwargs):
    """Whoever has left asks for nothing any more."""
    settle_cases_of(student)


@receiver(results_confirmed)
def look_after_a_board(sender, board, **kwargs):
    """A board has confirmed results: a re-sit may open a gate."""
    edition = board.programme_edition_id
    transaction.on_commit(lambda: open_phases_of.enqueue(edition))


@receiver(attendance_changed)
def look_after_a_register(sender, session, **kwargs):
    """A register was kept."""
    look_at_gates(session.edition_id)
