import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrolments.models import Edition
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.models import (
    AcademicRules,
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
from tests.factories.gradebook import make_item
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
    decide_as_proposed(second, ItemKind.DEGREE, by=registrar)

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


def refused_degree(edition, registrar, *scores):
    """A student whom the first board refused the degree because a module is failed."""
    student = make_studying(edition, *scores)
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    degree = board.items.get(kind=ItemKind.DEGREE)
    decide(degree, Decision(awards_degree=False, note="A module is failed."), by=registrar)
    close_board(board, by=registrar)
    return student


def test_a_degree_that_was_refused_is_proposed_again_once_the_resit_is_passed(edition, registrar):
    student = refused_degree(edition, registrar, "0.9", "0.5")
    failed = student.module_enrolments.order_by("module__position").last()
    unchanged = make_board(edition, name="Nothing new")
    prepare_agenda(unchanged, by=registrar)
    case = open_case(student, CaseKind.RESIT, by=student.person, grounds="I was ill.", place=failed)
    decide_case(case, granted=True, by=registrar, reason="A doctor's note.", until=in_a_month())
    record_resit(case, Decimal("0.9"), by=registrar)

    held(edition, registrar)

    assert unchanged.items.count() == 0
    assert record_of(student).degree.is_awarded
    assert DegreeDecision.objects.filter(student=student, replaced_by=None).count() == 1


def test_a_failed_compulsory_module_is_noted_and_no_class_proposed(edition, registrar):
    make_studying(edition, "0.95", "0.5")
    board = make_board(edition)

    prepare_agenda(board, by=registrar)

    degree = board.items.get(kind=ItemKind.DEGREE)
    assert degree.proposed_rule is None
    assert degree.concern.startswith("Not passed: TCJ")


def test_a_degree_that_the_boards_own_decisions_contradict_needs_a_note(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.DEGREE, by=registrar)
    first = board.items.filter(kind=ItemKind.RESULT).first()
    decide(
        first, Decision(score=Decimal("0.5"), outcome=ModuleOutcome.FAILED, note="Plagiarism."), by=registrar
    )
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)

    with pytest.raises(RecordRefused) as refused:
        close_board(board, by=registrar)

    assert refused.value.refusal == RecordRefusal.OTHERWISE
    assert not ModuleResult.objects.exists()


def test_of_two_boards_the_second_is_told_what_the_first_has_decided(edition, registrar):
    student = make_studying(edition, "0.9", "0.82")
    boards = [make_board(edition, name=f"Board {number}") for number in range(2)]
    for board in boards:
        prepare_agenda(board, by=registrar)
        decide_as_proposed(board, ItemKind.RESULT, by=registrar)
        decide_as_proposed(board, ItemKind.DEGREE, by=registrar)
    close_board(boards[0], by=registrar)

    with pytest.raises(RecordRefused) as refused:
        close_board(boards[1], by=registrar)
    prepare_agenda(boards[1], by=registrar)

    assert refused.value.refusal == RecordRefusal.ELSEWHERE
    assert boards[1].items.count() == 0
    assert student.degree_decisions.count() == 1


def test_what_was_left_incomplete_comes_back_with_its_result_as_the_same_attempt(edition, registrar):
    student = make_studying(edition, "0.9", None)
    place = student.module_enrolments.order_by("module__position").last()
    Edition.objects.filter(pk=place.enrolment.edition_id).update(
        starts_on="2024-01-01", ends_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    for item in board.items.undecided():
        note = "Marks are late."
        decided = Decision(outcome=ModuleOutcome.INCOMPLETE, awards_degree=False, note=note)
        decide(item, decided, by=registrar)
    close_board(board, by=registrar)
    grade(place.module, place.enrolment, "0.78")

    held(edition, registrar)

    line = record_of(student).lines[1]
    assert [(result.attempt, result.outcome) for result in line.results] == [(1, "passed")]


def test_an_examination_that_was_missed_is_no_pass(edition, registrar):
    student = make_studying(edition, "0.9", "0.8")
    place = student.module_enrolments.order_by("module__position").last()
    scheme = place.enrolment.edition.grade_scheme
    make_item(scheme.categories.get(), due_at=timezone.now() - datetime.timedelta(days=1))

    line = record_of(student).lines[1]

    assert line.provisional.standing.number == "80\N{NO-BREAK SPACE}%"
    assert not line.is_final


def test_another_result_than_proposed_needs_a_note_and_the_log_says_both(edition, registrar):
    make_studying(edition, "0.9", "0.82")
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    item = board.items.filter(kind=ItemKind.RESULT).order_by("pk").first()

    with pytest.raises(RecordRefused) as refused:
        decide(item, Decision(score=Decimal("0.95"), outcome=ModuleOutcome.PASSED), by=registrar)
    decide(item, Decision(score=Decimal("0.95"), outcome=ModuleOutcome.PASSED, note="A page."), by=registrar)

    entry = Entry.objects.filter(action="programmes.decide_point").last()
    assert refused.value.refusal == RecordRefusal.OTHERWISE
    assert (entry.after["score"], entry.reason) == ("0.95", "A page.")


def test_nobody_decides_about_their_own_record(edition):
    registrar = make_staff("registrar")
    make_studying(edition, "0.9", "0.82", person=registrar)
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    item = board.items.filter(kind=ItemKind.RESULT).first()

    decided = decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    with pytest.raises(RecordRefused) as refused:
        decide(item, Decision(score=Decimal(1), outcome=ModuleOutcome.PASSED, note="Mine."), by=registrar)

    assert (decided, refused.value.refusal) == (0, RecordRefusal.OWN)


def test_a_granted_appeal_without_a_number_is_refused_before_the_board_closes(edition, registrar):
    student = refused_degree(edition, registrar, "0.55", "0.82")
    place = student.module_enrolments.order_by("module__position").first()
    open_case(student, CaseKind.APPEAL, by=student.person, grounds="A page.", place=place)
    board = make_board(edition, name="Appeals")
    prepare_agenda(board, by=registrar)

    with pytest.raises(RecordRefused) as refused:
        item = board.items.get(kind=ItemKind.CASE)
        decided = Decision(case=CaseDecision.GRANTED, outcome=ModuleOutcome.PASSED, note="Read.")
        decide(item, decided, by=registrar)

    assert refused.value.refusal == RecordRefusal.NO_SCORE


def test_a_capped_resit_is_printed_as_it_counts(edition, registrar):
    AcademicRules.objects.create(programme_edition=edition, resits_count="capped")
    student = refused_degree(edition, registrar, "0.9", "0.5")
    failed = student.module_enrolments.order_by("module__position").last()
    case = open_case(student, CaseKind.RESIT, by=student.person, grounds="I was ill.", place=failed)
    decide_case(case, granted=True, by=registrar, reason="Yes.", until=in_a_month())
    record_resit(case, Decimal("0.95"), by=registrar)
    held(edition, registrar)

    line = record_of(student).lines[1]

    assert line.counted_standing.number == "60\N{NO-BREAK SPACE}%"


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
    student = make_studying(edition, "0.9137", "0.82")

    with django_capture_on_commit_callbacks(execute=True):
        held(edition, registrar)

    message = Message.objects.get(kind="programmes.results_confirmed")
    assert message.recipient == student.person
    assert "91.3" not in message.body


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
