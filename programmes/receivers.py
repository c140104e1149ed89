"""Hears of what may open a gate."""

from django.db import transaction
from django.dispatch import receiver
from django_tasks.base import TaskResultStatus

from foundation.jobs.pending import pending_runs
from gradebook.signals import results_changed
from learning.signals import activity_completed, attempt_rescored, course_completed
from programmes.models import Gate
from programmes.tasks import open_phases_of


def look_at_gates(edition_id: int) -> None:
    """Look again once the transaction has ended, if a gate after the module taught in this edition is in use."""
    gates = Gate.objects.filter(
        phase__programme_edition__phases__modules__edition=edition_id,
        phase__programme_edition__cancelled_at=None,
    )
    found = gates.values_list("phase__programme_edition", flat=True).first()
    if found is not None:
        transaction.on_commit(lambda: _enqueue(found))


def _enqueue(programme_edition_id):
    waiting = pending_runs(open_phases_of).filter(status=TaskResultStatus.READY)
    if [programme_edition_id] not in [call["args"] for call in waiting.values_list("args_kwargs", flat=True)]:
        open_phases_of.enqueue(programme_edition_id)


@receiver(activity_completed)
@receiver(course_completed)
def look_after_completing(sender, enrolment, **kwargs):
    """An activity or a course is done."""
    look_at_gates(enrolment.edition_id)


@receiver(attempt_rescored)
def look_after_rescoring(sender, attempt, **kwargs):
    """An attempt is worth something else."""
    look_at_gates(attempt.enrolment.edition_id)


@receiver(results_changed)
def look_after_results(sender, edition_id, **kwargs):
    """Staff entered or released results."""
    look_at_gates(edition_id)
