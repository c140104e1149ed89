import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from programmes.models import AcademicRules, CaseKind, ItemKind, ModuleResult, StudentCase
from programmes.records.services import decide_as_proposed, open_case, prepare_agenda
from tests.factories.accounts import make_person, make_staff
from tests.factories.programmes import give_programme_role
from tests.factories.records import in_a_month, make_board, make_class, make_graded_edition, make_studying

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = make_graded_edition()
    make_class(edition, "Pass", least_average="0.6")
    return edition


@pytest.fixture
def student(edition):
    return make_studying(edition, "0.9", "0.82")


@pytest.fixture
def registrar(client):
    registrar = make_staff(Role.REGISTRAR)
    client.force_login(registrar)
    return registrar


def own(student, name="record", *args):
    return reverse(f"records:{name}", args=[student.programme_edition.code, *args])


def staff(edition, name, *args):
    return reverse(f"programme_records:{name}", args=[edition.code, *args])


def test_a_student_sees_the_own_record_with_what_is_provisional(client, student):
    client.force_login(student.person)

    response = client.get(own(student))

    assert response.status_code == 200
    assert "Provisional: no board has confirmed it yet" in response.text
    assert "90\N{NO-BREAK SPACE}%" in response.text


def test_another_persons_record_is_not_there(client, student):
    client.force_login(make_person())

    assert client.get(own(student)).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, student):
    assert client.get(own(student)).status_code == 302


def test_a_student_asks_for_leave_and_takes_it_back(client, student):
    client.force_login(student.person)

    client.post(own(student, "open_case"), {"kind": CaseKind.LEAVE, "grounds": "A birth."})
    case = StudentCase.objects.get()
    client.post(own(student, "take_back", case.pk))

    case.refresh_from_db()
    assert (case.student, case.decision) == (student, "withdrawn")


def test_a_request_about_a_module_without_one_is_refused_and_keeps_the_words(client, student):
    client.force_login(student.person)

    response = client.post(
        own(student, "open_case"), {"kind": CaseKind.APPEAL, "grounds": "A page was not read."}
    )

    assert response.status_code == 422
    assert "Choose the module it is about." in response.text
    assert "A page was not read." in response.text
    assert not StudentCase.objects.exists()


def test_a_student_cannot_take_back_somebody_elses_request(client, student, edition):
    other = make_studying(edition, "0.7", "0.7")
    case = open_case(other, CaseKind.LEAVE, by=other.person, grounds="Illness.")
    client.force_login(student.person)

    assert client.post(own(student, "take_back", case.pk)).status_code == 404


def test_the_registrar_convenes_a_board_confirms_and_closes_it(client, edition, student, registrar):
    client.post(
        staff(edition, "boards"),
        {"name": "June", "held_on": "2026-06-20", "chair": "Prof. Chair", "members": "Dr. Other, University"},
    )
    board = edition.examination_boards.get()
    for kind in (ItemKind.RESULT, ItemKind.DEGREE):
        client.post(staff(edition, "decide_as_proposed", board.pk), {"kind": kind})
    client.post(staff(edition, "close_board", board.pk), {"minutes": "All agreed.", "is_final": "on"})

    board.refresh_from_db()
    assert board.closed_at is not None
    assert board.minutes == "All agreed."
    assert ModuleResult.objects.count() == 2
    assert "90\N{NO-BREAK SPACE}%" in client.get(staff(edition, "sheet")).text


def test_a_point_is_decided_by_hand_with_a_note(client, edition, student, registrar):
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    item = board.items.filter(kind=ItemKind.RESULT).first()
    address = staff(edition, "decide", board.pk, item.pk)

    assert client.get(address).status_code == 200
    refused = client.post(address, {"percent": "", "outcome": "passed", "note": ""})
    client.post(address, {"percent": "88.5", "outcome": "passed", "note": "A point was added."})

    item.refresh_from_db()
    assert refused.status_code == 422
    assert (str(item.decided_score), item.note) == ("0.88500000", "A point was added.")


def test_a_case_is_decided_and_its_result_recorded(client, edition, student, registrar):
    place = student.module_enrolments.first()
    case = open_case(student, CaseKind.INCOMPLETE, by=student.person, grounds="Ill.", place=place)

    missing = client.post(staff(edition, "decide_case", case.pk), {"decision": "granted", "reason": "Yes."})
    client.post(
        staff(edition, "decide_case", case.pk),
        {"decision": "granted", "reason": "Yes.", "until": in_a_month().isoformat()},
    )
    client.post(staff(edition, "record_resit", case.pk), {"percent": "71"})

    case.refresh_from_db()
    assert missing.status_code == 422
    assert str(case.resit_result.score) == "0.71000000"


@pytest.mark.parametrize("name", ["sheet", "boards", "cases"])
def test_records_are_nobody_elses_business(client, edition, student, name):
    tutor = make_staff(Role.TUTOR)
    give_programme_role(tutor, edition, Role.TUTOR)
    client.force_login(tutor)

    assert client.get(staff(edition, name), follow=True).status_code == 404


def test_a_coordinator_reads_results_and_holds_no_board(client, edition, student):
    coordinator = make_staff(Role.COORDINATOR)
    client.force_login(coordinator)

    assert client.get(staff(edition, "sheet")).status_code == 200
    assert client.get(staff(edition, "student", student.key)).status_code == 200
    assert client.get(staff(edition, "boards"), follow=True).status_code == 404


def test_the_sheet_is_downloaded_and_the_download_recorded(client, edition, student, registrar):
    response = client.post(staff(edition, "export"))

    assert response["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_registrar_lays_down_rules_and_classes(client, edition, registrar):
    sent = {
        "resits_count": "capped",
        "most_attempts": "3",
        "decimals": "1",
        "days_to_decide": "10",
        "classes-TOTAL_FORMS": "2",
        "classes-INITIAL_FORMS": "1",
        "classes-0-id": edition.classification_rules.get().pk,
        "classes-0-name": "Pass",
        "classes-0-position": "2",
        "classes-0-least_average": "0.6",
        "classes-1-name": "With distinction",
        "classes-1-position": "1",
        "classes-1-least_average": "0.85",
    }

    assert client.get(staff(edition, "rules")).status_code == 200
    refused = client.post(staff(edition, "rules"), sent | {"classes-1-least_average": "85"})
    client.post(staff(edition, "rules"), sent)

    assert refused.status_code == 422
    assert AcademicRules.objects.get().resits_count == "capped"
    assert [one.name for one in edition.classification_rules.all()] == ["With distinction", "Pass"]


def test_a_class_that_a_board_has_given_is_not_taken_away(client, edition, student, registrar):
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    rule = edition.classification_rules.get()
    sent = {
        "resits_count": "best",
        "most_attempts": "2",
        "decimals": "0",
        "days_to_decide": "14",
        "classes-TOTAL_FORMS": "1",
        "classes-INITIAL_FORMS": "1",
        "classes-0-id": rule.pk,
        "classes-0-name": "Pass",
        "classes-0-position": "0",
        "classes-0-DELETE": "on",
    }

    response = client.post(staff(edition, "rules"), sent)

    assert response.status_code == 422
    assert "A board has given or considered this class" in response.text
    assert edition.classification_rules.count() == 1


def test_screens_ask_as_many_questions_for_many_as_for_few(client, edition, registrar):
    few = queries_with(2, client, edition, registrar)

    assert queries_with(8, client, edition, registrar) == few


def queries_with(number, client, edition, registrar):
    """How many queries the screens take once so many more students are there."""
    for _one in range(number):
        made = make_studying(edition, "0.9", "0.82")
        open_case(made, CaseKind.LEAVE, by=made.person, grounds="A birth.")
    board = edition.examination_boards.first() or make_board(edition)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    addresses = [staff(edition, "sheet"), staff(edition, "cases"), staff(edition, "board", board.pk)]
    return [queries_of(client, address) for address in addresses]


def queries_of(client, address):
    """How many queries a screen takes, once what is kept in memory is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
