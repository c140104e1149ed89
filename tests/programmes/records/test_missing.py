import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from programmes.models import CaseKind, ItemKind, StudentCase
from programmes.records.admin_views.sheet import modules_of
from programmes.records.missing import missing_in
from programmes.records.services import close_board, decide_as_proposed, open_case, prepare_agenda
from tests.factories.accounts import make_person, make_staff
from tests.factories.gradebook import make_item
from tests.factories.records import make_board, make_class, make_graded_edition, make_studying

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = make_graded_edition(2)
    make_class(edition, "Pass", least_average="0.6")
    return edition


@pytest.fixture
def registrar():
    return make_staff(Role.REGISTRAR)


def found_in(edition):
    return missing_in(edition, modules_of(edition), timezone.localdate())


def address(edition):
    return reverse("programme_records:missing", args=[edition.code])


def confirm_all(edition, registrar):
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    for kind in (ItemKind.RESULT, ItemKind.DEGREE):
        decide_as_proposed(board, kind, by=registrar)
    close_board(board, by=registrar)


def test_every_student_stands_once_in_every_module(edition, registrar):
    first = make_studying(edition, "0.9", "0.8")
    confirm_all(edition, registrar)
    second, third = make_studying(edition, "0.7", None), make_studying(edition, None, None)

    one, two = found_in(edition).modules

    assert (one.confirmed, one.ready, one.unfinished, one.without) == ([first], [second], [], [third])
    assert two.confirmed == [first]
    assert {student.pk for student in two.without} == {second.pk, third.pk}
    assert (one.students, one.is_done) == (3, False)


def test_a_result_to_which_something_is_still_to_come_is_not_final(edition):
    student = make_studying(edition, "0.9", "0.8")
    make_item(modules_of(edition)[0].edition.grade_scheme.items.get().category)

    one, two = found_in(edition).modules

    assert (one.ready, one.unfinished) == ([], [student])
    assert (two.ready, two.unfinished) == ([student], [])


def test_cases_are_listed_by_their_day_and_the_late_ones_counted(edition):
    student, other = make_studying(edition, "0.9", "0.8"), make_studying(edition, "0.7", "0.6")
    for one in (student, other):
        open_case(one, CaseKind.LEAVE, by=one.person, grounds="Illness.")
    late = StudentCase.objects.get(student=other)
    late.decide_by = timezone.localdate() - datetime.timedelta(days=3)
    late.save()

    found = found_in(edition)

    assert [case.student for case in found.cases] == [other, student]
    assert found.late == 1


def test_who_has_left_is_missing_nothing(edition):
    student = make_studying(edition, None, None)
    student.withdrawn_at = timezone.now()
    student.save()

    assert [state.students for state in found_in(edition).modules] == [0, 0]


def test_the_screen_is_the_registrars(client, edition, registrar):
    student = make_studying(edition, None, None, person=make_person(first_name="Zora", last_name="Quist"))
    anonymous = client.get(address(edition))
    client.force_login(make_staff(Role.COORDINATOR))
    refused = client.get(address(edition), follow=True)
    client.force_login(registrar)
    page = client.get(address(edition)).text

    assert anonymous.status_code == 302
    assert refused.status_code == 404
    assert str(student.person) in page


def test_it_costs_as_many_queries_for_twelve_students_as_for_two(client, edition, registrar):
    client.force_login(registrar)
    counts = []
    for number in (2, 10):
        for _student in range(number):
            student = make_studying(edition, "0.7", None)
            open_case(student, CaseKind.LEAVE, by=student.person, grounds="Illness.")
        client.get(address(edition))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(edition))
        counts.append(len(queries))

    assert counts[0] == counts[1]
