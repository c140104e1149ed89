from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.outbox.models import Message
from programmes.models import (
    AgendaItem,
    CaseDecision,
    CaseKind,
    DegreeDecision,
    ItemKind,
    ModuleOutcome,
    ModuleResult,
    ProgrammeEdition,
)
from programmes.records.record import record_of, records_of
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.services import (
    close_board,
    decide,
    decide_as_proposed,
    decide_case,
    open_case,
    prepare_agenda,
    record_resit,
)
from programmes.records.services.boards import Decision
from programmes.results import results_of
from tests.factories.accounts import make_staff
from tests.factories.records import (
    grade,
    in_a_month,
    make_board,
    make_class,
    make_graded_edition,
    make_studying,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar():
    return make_staff("registrar")


@pytest.fixture
def edition():
    edition = make_graded_edition()
    make_class(edition, "With distinction", position=0, least_average=Decimal("0.85"))
    make_class(edition, "Pass", position=1, least_average=Decimal("0.6"))
    return edition


def held(edition, by):
    """A board that confirmed everything as proposed."""
    board = make_board(edition)
    prepare_agenda(board, by=by)
    decide_as_proposed(board, ItemKind.RESULT, by=by)
    decide_as_proposed(board, ItemKind.DEGREE, by=by)
    return close_board(board, by=by)


def test_an_agenda_holds_every_result_that_is_given_and_the_degree_it_leads_to(edition, registrar):
    student = make_studying(edition, "0.9", "0.82")
    board = make_board(edition)

    count = prepare_agenda(board, by=registrar)

    assert count == 3
    degree = board.items.get(kind=ItemKind.DEGREE)
    assert (degree.student, degree.proposed_rule.name) == (student, "With distinction")


def test_a_student_with_a_module_not_graded_yet_has_no_degree_on_the_agenda(edition, registrar):
    make_studying(edition, "0.9", None)
    board = make_board(edition)

    prepare_agenda(board, by=registrar)

    assert [item.kind for item in board.items.all()] == [ItemKind.RESULT]


def test_preparing_again_follows_new_results_and_keeps_what_was_decided(edition, registrar):
    student = make_studying(edition, "0.9", "0.5")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    first, second = board.items.filter(kind=ItemKind.RESULT).order_by("module_enrolment__module__position")
    decide(
        first,
        Decision(score=Decimal("0.91"), outcome=ModuleOutcome.PASSED, note="One point added."),
        by=registrar,
    )
    grade(second.module_enrolment.module, second.module_enrolment.enrolment, "0.7")

    prepare_agenda(board, by=registrar)

    results = board.items.filter(kind=ItemKind.RESULT, student=student)
    assert results.count() == 2
    assert results.get(decided_at__isnull=False).decided_score == Decimal("0.91")
    assert results.get(decided_at=None).proposed_score == Decimal("0.7")


def test_closing_locks_results_and_awards_the_degree_by_the_rules(edition, registrar):
    student = make_studying(edition, "0.9", "0.82")

    held(edition, registrar)

    record = record_of(student)
    assert [line.counted.standing.number for line in record.lines] == [
        "90\N{NO-BREAK SPACE}%",
        "82\N{NO-BREAK SPACE}%",
    ]
    assert record.credits_earned == Decimal(12)
    assert (record.degree.is_awarded, record.degree.rule.name) == (True, "With distinction")
    assert record.degree.average == Decimal("0.86")


def test_a_result_that_is_locked_stays_whatever_the_gradebook_says_later(edition, registrar):
    student = make_studying(edition, "0.9", "0.82")
    held(edition, registrar)
    line = record_of(student).lines[0]

    grade(line.module, line.present.enrolment, "0.3")

    line = record_of(student).lines[0]
    assert line.counted.score == Decimal("0.9")
    assert line.drift.number == "30\N{NO-BREAK SPACE}%"


def test_a_board_with_an_undecided_point_is_not_closed_and_nothing_is_locked(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)

    with pytest.raises(RecordRefused) as refused:
        close_board(board, by=registrar)

    assert refused.value.refusal == RecordRefusal.UNDECIDED
    assert not ModuleResult.objects.exists()


def test_a_closed_board_is_never_changed_and_closing_twice_locks_once(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = held(edition, registrar)

    close_board(board, by=registrar)
    with pytest.raises(RecordRefused):
        prepare_agenda(board, by=registrar)

    assert ModuleResult.objects.count() == 2
    assert DegreeDecision.objects.count() == 1


def test_a_board_needs_a_chair(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = make_board(edition)
    board.members.all().delete()
    prepare_agenda(board, by=registrar)
    for kind in (ItemKind.RESULT, ItemKind.DEGREE):
        decide_as_proposed(board, kind, by=registrar)

    with pytest.raises(RecordRefused) as refused:
        close_board(board, by=registrar)

    assert refused.value.refusal == RecordRefusal.NO_CHAIR


def test_points_with_something_to_note_wait_for_the_board_itself(edition, registrar):
    student = make_studying(edition, "0.9", "0.5")
    open_case(
        student, CaseKind.INCOMPLETE, by=registrar, grounds="Ill.", place=student.module_enrolments.first()
    )
    board = make_board(edition)
    prepare_agenda(board, by=registrar)

    decided = decide_as_proposed(board, ItemKind.RESULT, by=registrar)

    assert decided == 1
    assert (
        "A case about this module is open." in board.items.get(kind=ItemKind.RESULT, decided_at=None).concern
    )


def test_a_failed_module_is_taken_again_and_the_next_board_confirms_the_second_attempt(edition, registrar):
    student = make_studying(edition, "0.9", "0.5")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    degree = board.items.filter(kind=ItemKind.DEGREE).first()
    decide(degree, Decision(awards_degree=False, note="A module is failed."), by=registrar)
    close_board(board, by=registrar)
    failed = student.module_enrolments.order_by("module__position").last()
    case = open_case(student, CaseKind.RESIT, by=student.person, grounds="I was ill.", place=failed)
    decide_case(case, granted=True, by=registrar, reason="A doctor's note.", until=in_a_month())
    record_resit(case, Decimal("0.75"), by=registrar)

    second = make_board(edition, name="Board of September")
    prepare_agenda(second, by=registrar)
    decide_as_proposed(second, ItemKind.RESULT, by=registrar)

    close_board(second, by=registrar)
    line = record_of(student).lines[1]
    assert [(result.attempt, result.outcome) for result in line.results] == [(1, "failed"), (2, "passed")]
    assert line.passed
    case.refresh_from_db()
    assert case.settled_at is not None


def test_an_appeal_that_is_granted_replaces_the_result_and_keeps_the_first(edition, registrar):
    student = make_studying(edition, "0.55", "0.82")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    decide(board.items.get(kind=ItemKind.DEGREE), Decision(awards_degree=False, note="Failed."), by=registrar)
    close_board(board, by=registrar)
    place = student.module_enrolments.order_by("module__position").first()
    open_case(student, CaseKind.APPEAL, by=student.person, grounds="A page was not read.", place=place)

    second = make_board(edition, name="Board of appeal")
    prepare_agenda(second, by=registrar)
    item = second.items.get(kind=ItemKind.CASE)
    decided = Decision(
        case=CaseDecision.GRANTED,
        score=Decimal("0.62"),
        outcome=ModuleOutcome.PASSED,
        note="The page has been read.",
    )
    decide(item, decided, by=registrar)
    close_board(second, by=registrar)

    standing = ModuleResult.objects.standing().get(module_enrolment=place)
    assert (standing.score, standing.replaces.score) == (Decimal("0.62"), Decimal("0.55"))
    assert record_of(student).lines[0].passed


def test_what_a_board_confirms_decides_at_a_gate_and_not_what_the_gradebook_says_later(edition, registrar):
    student = make_studying(edition, "0.9", "0.82")
    held(edition, registrar)
    module = record_of(student).lines[0].module
    grade(module, student.module_enrolments.get(module=module).enrolment, "0.2")

    standing = results_of([student], [module])[student.pk, module.pk]

    assert (standing.passed, standing.total) == (True, Decimal("0.9"))


def test_students_are_told_that_results_are_confirmed_once_and_not_which(
    edition, registrar, django_capture_on_commit_callbacks
):
    student = make_studying(edition, "0.9", "0.82")

    with django_capture_on_commit_callbacks(execute=True):
        held(edition, registrar)

    message = Message.objects.get(kind="programmes.results_confirmed")
    assert message.recipient == student.person
    assert "90" not in message.body


def test_a_decision_that_does_not_fit_is_refused_and_changes_nothing(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    item = board.items.filter(kind=ItemKind.RESULT).first()

    with pytest.raises(RecordRefused) as refused:
        decide(item, Decision(outcome=ModuleOutcome.PASSED), by=registrar)

    assert refused.value.refusal == RecordRefusal.NO_SCORE
    assert AgendaItem.objects.get(pk=item.pk).decided_at is None


def test_the_records_of_many_cost_as_many_queries_as_those_of_two(edition):
    for _number in range(2):
        make_studying(edition, "0.9", "0.82")
    few = queries_of_records(edition)
    for _number in range(10):
        make_studying(edition, "0.9", "0.82")

    assert queries_of_records(edition) == few


def queries_of_records(edition):
    """How many queries reading everybody's record takes."""
    with CaptureQueriesContext(connection) as queries:
        records = records_of(ProgrammeEdition.objects.get(pk=edition.pk))
        assert all(record.as_if_confirmed().average is not None for record in records.values())
    return len(queries)
