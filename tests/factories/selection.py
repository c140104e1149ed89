"""What a selection needs, in the least valid form: applications are submitted as rows, decisions by the services."""

import datetime
from decimal import Decimal
from itertools import count

from django.utils import timezone

from accounts.models import Role
from programmes.models import (
    Application,
    AssessorAssignment,
    Criterion,
    Decision,
    DecisionOutcome,
    Letter,
    LetterOccasion,
    Mode,
    Offer,
    Score,
    SelectionRules,
)
from programmes.selection.services import Choice, WantedCondition, decide
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import make_call
from tests.factories.portfolio import country, profession
from tests.factories.programmes import give_programme_role, make_phase, make_programme_edition

_numbers = count(1)


def make_selection(*, places=None, modes=(Mode.IN_PERSON,), edition=None, **rules):
    """A call that chooses, with so many places in each mode; answers with the call."""
    edition = edition or make_programme_edition()
    for mode in modes:
        edition.modes.get_or_create(mode=mode, defaults={"capacity": places})
    if not edition.phases.exists():
        make_phase(edition)
    call = make_call(edition)
    SelectionRules.objects.create(call=call, **rules)
    return call


def make_criterion(call, **fields):
    """A criterion of ten points."""
    number = next(_numbers)
    defaults = {"name": f"Criterion {number}", "position": number, "points": 10, "weight": Decimal(1)}
    return Criterion.objects.create(call=call, **defaults | fields)


def make_applicant(call, person=None, **fields):
    """A submitted application, written directly."""
    person = person or make_person()
    defaults = {
        "given_names": person.first_name,
        "family_name": person.last_name,
        "country": country(),
        "gender": "woman",
        "profession": profession(),
        "mode": Mode.IN_PERSON,
        "submitted_at": timezone.now(),
    }
    return Application.objects.create(call=call, person=person, **defaults | fields)


def make_assessor(call, **fields):
    """Somebody with the role on the call's edition, who may enter the CMS."""
    assessor = make_staff(**{"first_name": "Ines"} | fields)
    give_programme_role(assessor, call.programme_edition, Role.ASSESSOR)
    return assessor


def make_coordinator(call, **fields):
    """A member of the committee."""
    coordinator = make_staff(**fields)
    give_programme_role(coordinator, call.programme_edition, Role.COORDINATOR)
    return coordinator


def make_assignment(application, assessor=None, *, declared=True, **fields):
    """An assessor's part, with no conflict declared."""
    assessor = assessor or make_assessor(application.call)
    declared_at = timezone.now() if declared else None
    return AssessorAssignment.objects.create(
        application=application, assessor=assessor, declared_at=declared_at, **fields
    )


def make_scored(application, *points, assessor=None):
    """An assignment with points on each criterion in turn, handed in."""
    assignment = make_assignment(application, assessor, handed_in_at=timezone.now())
    criteria = application.call.criteria.in_force()
    Score.objects.bulk_create(
        Score(assignment=assignment, criterion=criterion, points=given)
        for criterion, given in zip(criteria, points, strict=True)
    )
    return assignment


def decided(application, outcome=DecisionOutcome.ADMIT, *, by=None, due_on=None, reason="Agreed", **choice):
    """What the committee decides, by the service; on conditions with one condition."""
    if outcome == DecisionOutcome.CONDITIONAL:
        due = due_on or timezone.localdate() + datetime.timedelta(days=20)
        choice.setdefault("conditions", (WantedCondition("The certified diploma", due),))
    standing = application.decisions.standing().first()
    return decide(
        application,
        Choice(outcome=outcome, reason=reason, **choice),
        by=by or make_person(),
        seen=standing.pk if standing else None,
    )


def told(application, outcome=DecisionOutcome.ADMIT, **choice) -> Decision:
    """A decision whose letter has gone out; an offered place where it gives one."""
    decision = decided(application, outcome, **choice)
    decision.frozen_at, decision.frozen_by = timezone.now(), decision.decided_by
    decision.save()
    Letter.objects.create(
        decision=decision,
        occasion=LetterOccasion(outcome),
        language="en",
        subject="Your application",
        body="Dear applicant",
        handed_over_at=timezone.now(),
    )
    return decision


def offered(application, outcome=DecisionOutcome.ADMIT, *, answer_by=None, **choice) -> Offer:
    """A place offered to somebody who was told so."""
    decision = told(application, outcome, **choice)
    return Offer.objects.create(
        application=application,
        decision=decision,
        mode=decision.mode,
        answer_by=answer_by or timezone.now() + datetime.timedelta(days=7),
    )
