"""Examination boards: an agenda the system prepares, decisions, and the lock that makes results final."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import (
    AgendaItem,
    BoardPart,
    CaseDecision,
    CaseKind,
    ClassificationRule,
    DegreeDecision,
    ExaminationBoard,
    ItemKind,
    ModuleOutcome,
    ModuleResult,
    ProgrammeEdition,
    Student,
)
from programmes.records.agenda import Proposal, proposals_for
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.services.cases import UNTIL_A_DAY
from programmes.records.services.locking import lock_results
from programmes.services import lock_modules, lock_programme_edition
from programmes.signals import results_confirmed


@dataclass(frozen=True)
class Decision:
    """What a board says of one point. Which fields count depends on what the point is about."""

    score: Decimal | None = None
    outcome: str = ""
    case: str = ""
    until: datetime.date | None = None
    rule: ClassificationRule | None = None
    awards_degree: bool | None = None
    note: str = ""


@transaction.atomic
def open_board(
    edition: ProgrammeEdition,
    *,
    name: str,
    held_on: datetime.date,
    members: Sequence[tuple[str, str, str]] = (),
    by: User,
) -> ExaminationBoard:
    """Convene a board; members are (name, part, institution)."""
    board = ExaminationBoard.objects.create(programme_edition=edition, name=name, held_on=held_on)
    for person, part, institution in members:
        board.members.create(name=person, part=part, institution=institution)
    audit.record(by, "programmes.open_board", board, after={"held_on": held_on.isoformat()})
    return board


@transaction.atomic
def prepare_agenda(board: ExaminationBoard, *, by: User) -> int:
    """Put what has to be decided on the agenda; returns how many points there are.

    Points decided already stay as they are; undecided ones follow what is known now. Safe to repeat.
    """
    lock_programme_edition(board.programme_edition)
    board = lock_board(board)
    _drop_stale(board)
    decided = {_key(item) for item in board.items.exclude(decided_at=None)}
    board.items.undecided().delete()
    for proposal in proposals_for(board.programme_edition):
        if proposal.key not in decided:
            _put(board, proposal)
    board.prepared_at = timezone.now()
    board.save(update_fields=["prepared_at"])
    count = board.items.count()
    audit.record(by, "programmes.prepare_agenda", board, after={"points": count})
    return count


def stale_points(board: ExaminationBoard) -> list[AgendaItem]:
    """Points that another board or staff have decided meanwhile: deciding them here again would contradict it."""
    items = list(board.items.select_related("case", "student__person", "module_enrolment"))
    standing = {
        (one.module_enrolment_id, one.attempt): one.pk
        for one in ModuleResult.objects.standing().filter(
            module_enrolment__in=[item.module_enrolment_id for item in items if item.module_enrolment_id]
        )
    }
    awarded = set(
        DegreeDecision.objects.filter(
            student__in=[item.student_id for item in items], is_awarded=True, replaced_by=None
        ).values_list("student", flat=True)
    )
    return [item for item in items if _is_stale(item, standing, awarded)]


def _is_stale(item: AgendaItem, standing: dict[tuple[int, int], int], awarded: set[int]) -> bool:
    if item.kind == ItemKind.CASE:
        return bool(item.case and item.case.decision)
    if item.kind == ItemKind.DEGREE:
        return item.student_id in awarded
    return standing.get((item.module_enrolment_id or 0, item.attempt)) != item.replaces_id


def _drop_stale(board: ExaminationBoard) -> None:
    board.items.filter(pk__in=[item.pk for item in stale_points(board)]).delete()


def _key(item: AgendaItem) -> tuple:
    return (item.kind, item.student_id, item.module_enrolment_id, item.case_id, item.attempt)


def _put(board: ExaminationBoard, proposal: Proposal) -> None:
    replaced = None
    if proposal.place is not None:
        results = ModuleResult.objects.standing().filter(module_enrolment=proposal.place)
        same = results.filter(attempt=proposal.attempt) if proposal.kind == ItemKind.RESULT else results
        replaced = same.order_by("-attempt").first()
    AgendaItem.objects.create(
        board=board,
        kind=proposal.kind,
        student=proposal.student,
        module_enrolment=proposal.place,
        case=proposal.case,
        attempt=proposal.attempt,
        proposed_score=proposal.score,
        proposed_outcome=proposal.outcome,
        proposed_rule_id=proposal.rule,
        concern=proposal.concern,
        replaces=replaced,
    )


def decision_refusal(item: AgendaItem, decision: Decision) -> RecordRefusal | None:
    """Why this decision does not fit the point, or None if it does."""
    if item.kind == ItemKind.CASE:
        return _case_refusal(item, decision)
    if item.kind == ItemKind.DEGREE:
        if decision.awards_degree is None:
            return RecordRefusal.NO_CLASS
    elif lacks_score(decision):
        return RecordRefusal.NO_SCORE
    return None if decision.note.strip() or _is_as_proposed(item, decision) else RecordRefusal.OTHERWISE


def lacks_score(decision: Decision) -> bool:
    """Whether it says passed or failed, or nothing, without a number."""
    needs = decision.outcome in (ModuleOutcome.PASSED, ModuleOutcome.FAILED)
    return not decision.outcome or (needs and decision.score is None)


def _is_as_proposed(item: AgendaItem, decision: Decision) -> bool:
    if item.kind == ItemKind.DEGREE:
        rule = decision.rule.pk if decision.rule else None
        return bool(decision.awards_degree) and rule == item.proposed_rule_id
    return (decision.score, decision.outcome) == (item.proposed_score, item.proposed_outcome)


def _case_refusal(item: AgendaItem, decision: Decision) -> RecordRefusal | None:
    if not decision.case or not decision.note.strip():
        return RecordRefusal.NO_REASON
    if decision.case != CaseDecision.GRANTED or item.case is None:
        return None
    if item.case.kind in UNTIL_A_DAY and decision.until is None:
        return RecordRefusal.NO_DAY
    return RecordRefusal.NO_SCORE if item.case.kind == CaseKind.APPEAL and lacks_score(decision) else None


@transaction.atomic
def decide(item: AgendaItem, decision: Decision, *, by: User) -> AgendaItem:
    """Write down what the board decided; it can be changed until the board is closed."""
    board = lock_board(item.board)
    item = board.items.select_for_update(of=["self"]).select_related("case", "student").get(pk=item.pk)
    if item.student.person_id == by.pk:
        raise RecordRefused(RecordRefusal.OWN)
    before = described(item)
    if refusal := decision_refusal(item, decision):
        raise RecordRefused(refusal)
    _write(item, decision, by)
    audit.record(
        by,
        "programmes.decide_point",
        item,
        reason=decision.note,
        before=before,
        after=described(item),
    )
    return item


def described(item: AgendaItem) -> dict:
    """A decision as the audit log keeps it; before there is one, what was proposed."""
    if not item.is_decided:
        return {
            "proposed": str(item.proposed_score),
            "outcome": item.proposed_outcome,
            "class": item.proposed_rule_id,
        }
    return {
        "score": str(item.decided_score),
        "outcome": item.decided_outcome,
        "case": item.decided_case,
        "class": item.decided_rule_id,
        "awards": item.awards_degree,
    }


def _write(item: AgendaItem, decision: Decision, by: User) -> None:
    item.decided_score, item.decided_outcome = decision.score, decision.outcome
    item.decided_case, item.decided_until = decision.case, decision.until
    item.decided_rule, item.awards_degree = decision.rule, decision.awards_degree
    item.note, item.decided_at, item.decided_by = decision.note.strip(), timezone.now(), by
    item.save()


@transaction.atomic
def decide_as_proposed(board: ExaminationBoard, kind: str, *, by: User) -> int:
    """Confirm every undecided point of a kind as the rules propose, except where something is to be noted."""
    board = lock_board(board)
    items = board.items.undecided().filter(kind=kind, concern="").exclude(student__person=by)
    items = items.select_related("proposed_rule", "case")
    count = 0
    for item in items:
        decision = _as_proposed(item)
        if decision_refusal(item, decision) is None:
            _write(item, decision, by)
            count += 1
    audit.record(by, "programmes.decide_as_proposed", board, after={"kind": kind, "points": count})
    return count


def _as_proposed(item: AgendaItem) -> Decision:
    if item.kind == ItemKind.DEGREE:
        return Decision(rule=item.proposed_rule, awards_degree=True if item.proposed_rule_id else None)
    return Decision(score=item.proposed_score, outcome=item.proposed_outcome)


@transaction.atomic
def close_board(board: ExaminationBoard, *, by: User, minutes: str = "") -> ExaminationBoard:
    """Close the board: results are locked, cases decided, degrees awarded. Never opened again; safe to repeat."""
    edition = lock_programme_edition(board.programme_edition)
    held = ExaminationBoard.objects.select_for_update().get(pk=board.pk)
    if held.closed_at is not None:
        return held
    if not held.items.exists():
        raise RecordRefused(RecordRefusal.EMPTY)
    if held.items.undecided().exists():
        raise RecordRefused(RecordRefusal.UNDECIDED)
    if not held.members.filter(part=BoardPart.CHAIR).exists():
        raise RecordRefused(RecordRefusal.NO_CHAIR)
    if stale := stale_points(held):
        raise RecordRefused(RecordRefusal.ELSEWHERE, "; ".join(str(item) for item in stale[:5]))
    _hold_students(edition, held)
    held.closed_at, held.closed_by, held.minutes = timezone.now(), by, minutes or held.minutes
    held.save()
    lock_results(held, by)
    results_confirmed.send(sender=ExaminationBoard, board=held)
    audit.record(by, "programmes.close_board", held, after={"points": held.items.count()})
    return held


def _hold_students(edition: ProgrammeEdition, board: ExaminationBoard) -> None:
    """Everybody the board decides about, and the modules of those who leave, before the audit log is held."""
    rows = Student.objects.select_for_update(of=["self"]).filter(pk__in=board.items.values("student"))
    list(rows.order_by("pk").values_list("pk"))
    leaving = board.items.filter(case__kind=CaseKind.WITHDRAWAL, decided_case=CaseDecision.GRANTED)
    for item in leaving.select_related("student__person").order_by("student"):
        places = item.student.module_enrolments.select_related("module")
        lock_modules([place.module for place in places], item.student.person)


def lock_board(board: ExaminationBoard) -> ExaminationBoard:
    """Hold an open board until the transaction ends, or raise RecordRefused because it is closed."""
    rows = ExaminationBoard.objects.select_for_update(of=["self"]).select_related("programme_edition")
    held = rows.get(pk=board.pk)
    if held.closed_at is not None:
        raise RecordRefused(RecordRefusal.CLOSED)
    return held
