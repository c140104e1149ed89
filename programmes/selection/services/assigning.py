"""Who assesses what: by hand, evenly at random, given back over a conflict of interest, taken away."""

import random

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from foundation.audit import services as audit
from programmes.models import Application, AssessorAssignment, Call, ProgrammeEdition
from programmes.selection import emails
from programmes.selection.conflicts import assessor_refusal, barred_pairs
from programmes.selection.ranking import Share, Workload, share_out
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services.holding import hold_selection


def assessors_of(programme_edition: ProgrammeEdition):
    """Those who hold the role on the edition today."""
    held = programme_edition.roles.current().filter(role=Role.ASSESSOR)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk")


@transaction.atomic
def assign(application: Application, assessor: User, *, by: User) -> AssessorAssignment:
    """Give an application to an assessor, or raise. Safe to repeat."""
    hold_selection(application.call)
    standing = application.assessor_assignments.current().filter(assessor=assessor).first()
    if standing:
        return standing
    refusal = assignment_refusal(application, assessor)
    if refusal:
        raise SelectionRefused(refusal)
    made = AssessorAssignment.objects.create(application=application, assessor=assessor, assigned_by=by)
    audit.record(by, "programmes.assign_assessor", made)
    emails.send_assigned(assessor, application.call, made.pk)
    return made


def assignment_refusal(application: Application, assessor: User) -> SelectionRefusal | None:
    """Why the application cannot be given to this person, or None."""
    if application.submitted_at is None or application.withdrawn_at:
        return SelectionRefusal.NOT_SUBMITTED
    if not assessors_of(application.call.programme_edition).filter(pk=assessor.pk).exists():
        return SelectionRefusal.NO_ROLE
    return assessor_refusal(application, assessor)


@transaction.atomic
def assign_evenly(
    call: Call, *, by: User | None, applications: list[Application] | None = None, seed: int | None = None
) -> Share:
    """Share out what still lacks assessors, at random and evenly, around every conflict that is known."""
    rules = hold_selection(call)
    wanting = applications if applications is not None else list(call.applications.submitted().order_by("pk"))
    assessors = list(assessors_of(call.programme_edition))
    if not call.criteria.in_force().exists():
        raise SelectionRefused(SelectionRefusal.NO_CRITERIA)
    standing = AssessorAssignment.objects.current().filter(application__call=call)
    chance = random.Random(seed)  # noqa: S311 - fairness, not secrecy
    everybody = [assessor.pk for assessor in assessors]
    work = Workload(
        applications=chance.sample([one.pk for one in wanting], len(wanting)),
        assessors=everybody,
        per_application=rules.assessors_per_application,
        barred=barred_pairs(wanting, assessors),
        standing=frozenset(standing.values_list("application", "assessor")),
    )
    share = share_out(work, chance.sample(everybody, len(everybody)))
    made = AssessorAssignment.objects.bulk_create(
        AssessorAssignment(application_id=application, assessor_id=assessor, assigned_by=by)
        for application, assessor in share.pairs
    )
    if made:
        audit.record(by, "programmes.assign_evenly", call, after={"assignments": len(made)})
        first = {row.assessor_id: row.pk for row in reversed(made)}
        for assessor in assessors:
            if assessor.pk in first:
                emails.send_assigned(assessor, call, first[assessor.pk])
    return share


@transaction.atomic
def declare_no_conflict(assignment: AssessorAssignment) -> None:
    """The assessor's word, before the dossier opens. A referee is refused even then. Safe to repeat."""
    held = hold_assignment(assignment)
    refusal = assessor_refusal(held.application, held.assessor)
    if refusal:
        raise SelectionRefused(refusal)
    if held.declared_at is None:
        held.declared_at = timezone.now()
        held.save(update_fields=["declared_at"])


@transaction.atomic
def declare_conflict(assignment: AssessorAssignment, *, reason: str) -> AssessorAssignment | None:
    """Give the application back; somebody else is given it at once where there is anybody. Safe to repeat."""
    call = assignment.application.call
    hold_selection(call)
    held = AssessorAssignment.objects.select_for_update(of=["self"]).get(pk=assignment.pk)
    if held.ended_at:
        return None
    if held.handed_in_at:
        raise SelectionRefused(SelectionRefusal.HANDED_IN)
    _end(held, AssessorAssignment.Ending.CONFLICT, reason)
    audit.record(held.assessor, "programmes.declare_conflict", held, reason=reason)
    share = assign_evenly(call, by=None, applications=[held.application])
    if not share.pairs:
        return None
    return held.application.assessor_assignments.current().get(assessor=share.pairs[0][1])


@transaction.atomic
def take_away(assignment: AssessorAssignment, *, by: User, reason: str) -> None:
    """Take an application away from an assessor who has not handed in. Safe to repeat."""
    hold_selection(assignment.application.call)
    held = AssessorAssignment.objects.select_for_update(of=["self"]).get(pk=assignment.pk)
    if held.ended_at:
        return
    if held.handed_in_at:
        raise SelectionRefused(SelectionRefusal.HANDED_IN)
    _end(held, AssessorAssignment.Ending.TAKEN_AWAY, reason)
    audit.record(by, "programmes.take_assessor_away", held, reason=reason)


def hold_assignment(assignment: AssessorAssignment) -> AssessorAssignment:
    """Hold an assignment that is still the assessor's, or raise."""
    held = (
        AssessorAssignment.objects.select_for_update(of=["self"])
        .select_related("application__call__programme_edition", "assessor")
        .get(pk=assignment.pk)
    )
    if held.ended_at:
        raise SelectionRefused(SelectionRefusal.ENDED)
    return held


def _end(assignment, ending, reason):
    assignment.ended_at = timezone.now()
    assignment.ending = ending
    assignment.end_reason = reason
    assignment.save(update_fields=["ended_at", "ending", "end_reason"])
