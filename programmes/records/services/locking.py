"""What closing a board leaves behind: locked results, decided cases, degrees."""

from accounts.models import User
from gradebook.grades.numbers import rounded
from programmes.models import (
    AgendaItem,
    CaseDecision,
    CaseKind,
    DegreeDecision,
    ExaminationBoard,
    ItemKind,
    ModuleResult,
    ResitResult,
    StudentCase,
    StudentEvent,
)
from programmes.records import emails
from programmes.records.record import AcademicRecord, records_of
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.services.cases import decide_case


def lock_results(board: ExaminationBoard, by: User) -> None:
    """Turn every decided point into facts. Degrees come last: they rest on the results just locked."""
    items = list(
        board.items.select_related("case", "module_enrolment", "replaces", "student__person", "decided_rule")
    )
    for item in items:
        if item.kind == ItemKind.RESULT:
            _lock_result(item, board)
        elif item.kind == ItemKind.CASE:
            _decide_case(item, board, by)
    _award(board, [item for item in items if item.kind == ItemKind.DEGREE], by)
    for student in {item.student for item in items}:
        emails.send_results_confirmed(student, board)


def _lock_result(item: AgendaItem, board: ExaminationBoard) -> None:
    ModuleResult.objects.create(
        module_enrolment=item.module_enrolment,
        attempt=item.attempt,
        score=item.decided_score,
        outcome=item.decided_outcome,
        board=board,
        confirmed_at=board.closed_at,
        note=item.note,
        replaces=item.replaces,
    )
    settled = StudentCase.objects.unsettled().filter(module_enrolment=item.module_enrolment)
    taken = ResitResult.objects.filter(case__in=settled).values_list("case", flat=True)
    StudentCase.objects.filter(pk__in=list(taken)).update(settled_at=board.closed_at)


def _decide_case(item: AgendaItem, board: ExaminationBoard, by: User) -> None:
    """Decide the case; an appeal that is granted with another result replaces the one appealed against."""
    case = StudentCase.objects.get(pk=item.case_id)
    if case.decision:
        return
    granted = item.decided_case == CaseDecision.GRANTED
    decide_case(case, granted=granted, by=by, reason=item.note, until=item.decided_until, board=board)
    if granted and case.kind == CaseKind.APPEAL and item.decided_outcome and item.replaces:
        ModuleResult.objects.create(
            module_enrolment=item.module_enrolment,
            attempt=item.replaces.attempt,
            score=item.decided_score,
            outcome=item.decided_outcome,
            board=board,
            confirmed_at=board.closed_at,
            note=item.note,
            replaces=item.replaces,
        )


def _award(board: ExaminationBoard, items: list[AgendaItem], by: User) -> None:
    if not items:
        return
    records = records_of(board.programme_edition, [item.student for item in items])
    for item in items:
        record = records[item.student_id]
        _refuse_against_the_rules(item, record)
        average = record.average
        DegreeDecision.objects.create(
            student=item.student,
            board=board,
            is_awarded=bool(item.awards_degree),
            rule=item.decided_rule,
            average=None if average is None else rounded(average, 8),
            credits=record.credits_earned,
            note=item.note,
            decided_at=board.closed_at,
            replaces=record.degree,
        )
        if item.awards_degree:
            StudentEvent.objects.create(student=item.student, kind=StudentEvent.Kind.GRADUATED, by=by)


def _refuse_against_the_rules(item: AgendaItem, record: AcademicRecord) -> None:
    """A degree rests on the results just locked: where they give another class, the board says why."""
    if not item.awards_degree or item.note:
        return
    proposed = record.proposed_class
    failed = any(not line.passed and not line.module.is_elective for line in record.lines)
    if failed or proposed is None or proposed.key != item.decided_rule_id:
        raise RecordRefused(RecordRefusal.OTHERWISE, str(item.student.person))
