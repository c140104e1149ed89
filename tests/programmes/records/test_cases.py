import pytest

from programmes.models import CaseDecision, CaseKind, StudentEvent
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.services import decide_case, end_leave, open_case, record_resit, take_back
from tests.factories.accounts import make_staff
from tests.factories.records import in_a_month, make_graded_edition, make_studying

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar():
    return make_staff("registrar")


@pytest.fixture
def student():
    return make_studying(make_graded_edition(), "0.9", "0.5")


def refusal_of(call):
    with pytest.raises(RecordRefused) as refused:
        call()
    return refused.value.refusal


def test_leave_that_is_granted_shows_in_the_students_history_until_they_are_back(student, registrar):
    case = open_case(student, CaseKind.LEAVE, by=student.person, grounds="A birth in the family.")

    decide_case(case, granted=True, by=registrar, reason="Granted.", until=in_a_month())
    end_leave(case, by=registrar)
    end_leave(case, by=registrar)

    kinds = list(student.events.values_list("kind", flat=True))
    assert kinds == [StudentEvent.Kind.ON_LEAVE, StudentEvent.Kind.BACK]


def test_a_withdrawal_that_is_granted_ends_the_students_place(student, registrar):
    case = open_case(student, CaseKind.WITHDRAWAL, by=student.person, grounds="I was called back to office.")

    decide_case(case, granted=True, by=registrar, reason="Accepted.")

    student.refresh_from_db()
    assert student.withdrawn_at is not None
    assert (
        refusal_of(lambda: open_case(student, CaseKind.LEAVE, by=student.person, grounds="More."))
        == RecordRefusal.LEFT
    )


def test_a_case_is_decided_once(student, registrar):
    case = open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness.")
    decide_case(case, granted=False, by=registrar, reason="Too late in the term.")

    refusal = refusal_of(
        lambda: decide_case(case, granted=True, by=registrar, reason="After all.", until=in_a_month())
    )

    case.refresh_from_db()
    assert refusal == RecordRefusal.DECIDED
    assert case.decision == CaseDecision.REFUSED


def test_leave_needs_a_day_on_which_it_ends(student, registrar):
    case = open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness.")

    assert (
        refusal_of(lambda: decide_case(case, granted=True, by=registrar, reason="Yes."))
        == RecordRefusal.NO_DAY
    )


def test_the_same_case_is_not_opened_twice(student):
    open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness.")

    refusal = refusal_of(lambda: open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness!"))

    assert refusal == RecordRefusal.OPEN_ALREADY
    assert student.cases.count() == 1


@pytest.mark.parametrize("kind", [CaseKind.RESIT, CaseKind.APPEAL])
def test_nothing_is_appealed_or_taken_again_before_a_board_has_confirmed_it(student, kind):
    place = student.module_enrolments.first()

    refusal = refusal_of(lambda: open_case(student, kind, by=student.person, grounds="Please.", place=place))

    assert refusal == RecordRefusal.NO_RESULT


def test_a_result_is_recorded_only_for_what_was_granted(student, registrar):
    place = student.module_enrolments.first()
    case = open_case(student, CaseKind.INCOMPLETE, by=student.person, grounds="Ill.", place=place)

    assert refusal_of(lambda: record_resit(case, 0, by=registrar)) == RecordRefusal.NOT_GRANTED


def test_a_case_taken_back_is_closed_and_can_be_opened_again(student):
    case = open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness.")

    take_back(case, by=student.person)

    case.refresh_from_db()
    assert case.decision == CaseDecision.WITHDRAWN
    assert open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness again.").pk != case.pk
