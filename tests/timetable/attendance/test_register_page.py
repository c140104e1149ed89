"""The register on its page: what it shows, who may see it, and that it works as a plain form."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.enrolments import give_edition_role
from timetable.attendance.registers import nonce_of
from timetable.models import AttendanceMark, Status

pytestmark = pytest.mark.django_db


def address(session):
    return reverse("attendance:register", args=[session.key])


def sent(*lines, **fields):
    """The fields of a form: lines are (enrolment, status, minutes, base)."""
    data = {"key": uuid4()} | fields
    for enrolment, status, minutes, base in lines:
        pk = enrolment.pk
        data |= {f"s-{pk}": status, f"m-{pk}": minutes, f"r-{pk}": "", f"b-{pk}": base}
    return data


def test_everybody_expected_stands_in_it_by_family_name_and_present(client, session, teacher, join):
    for name in ("Zola", "abbas", "Ndiaye"):
        join(session.edition, person=make_person(first_name="Ada", last_name=name))
    client.force_login(teacher)

    page = client.get(address(session))

    lines = page.context["register"].lines
    assert [line.enrolment.person.last_name for line in lines] == ["abbas", "Ndiaye", "Zola"]
    assert {line.status for line in lines} == {Status.PRESENT}
    assert AttendanceMark.objects.count() == 0


def test_a_plain_form_saves_it_and_says_what_was_saved(client, session, teacher, join):
    first, second = join(session.edition), join(session.edition)
    client.force_login(teacher)

    page = client.post(
        address(session), sent((first, "present", "", 0), (second, "late", "12", 0)), follow=True
    )

    assert "Present: 1, late: 1" in page.content.decode()
    assert AttendanceMark.objects.get(enrolment=second).minutes_late == 12


def test_the_page_of_a_colleague_who_was_signed_in_here_before_records_nothing(
    client, session, teacher, join
):
    learner, colleague = join(session.edition), make_person()
    session.lecturers.create(person=colleague)
    data = sent((learner, "absent", "", 0))
    client.force_login(colleague)

    refused = client.post(address(session), data | {"register": nonce_of(teacher, session.key)})
    assert (refused.status_code, AttendanceMark.objects.count()) == (404, 0)

    client.post(address(session), data | {"register": nonce_of(colleague, session.key)})
    assert AttendanceMark.objects.get().recorded_by == colleague


def test_what_is_wrong_is_said_at_its_line_and_nothing_is_saved(client, session, teacher, join):
    learner = join(session.edition)
    client.force_login(teacher)

    page = client.post(address(session), sent((learner, "late", "500", 0)))

    assert page.status_code == 422
    [line] = page.context["register"].lines
    assert (line.status, line.minutes_late) == (Status.LATE, 500)
    assert "from 1 to 179" in line.problem
    assert AttendanceMark.objects.count() == 0


def test_a_conflict_is_shown_in_words_and_the_next_save_decides_it(client, session, teacher, join):
    learner, colleague = join(session.edition), make_person(first_name="Samira", last_name="Haddad")
    make_mark(session, learner, Status.LATE, minutes_late=20, by=colleague)
    client.force_login(teacher)

    page = client.post(address(session), sent((learner, "absent", "", 0)))

    assert "Samira Haddad recorded “Late, 20 min”" in page.content.decode()
    [line] = page.context["register"].lines
    assert (line.status, line.base) == (Status.LATE, 1)
    client.post(address(session), sent((learner, "absent", "", line.base)))
    assert AttendanceMark.objects.newest().get().status == Status.ABSENT


def test_of_a_session_long_over_the_page_says_that_marks_are_corrected(client, edition, teacher, join):
    learner = join(edition)
    session = make_session_at(edition, begins=datetime.timedelta(days=-9), lecturers=[teacher])
    make_mark(session, learner, Status.ABSENT, by=teacher)
    client.force_login(teacher)

    for _again in range(2):
        page = client.post(address(session), sent((learner, "present", "", 1)))

        said = page.content.decode()
        assert said.count("The session ended more than a day ago") == 2
        assert "hoose again and save" not in said
    assert AttendanceMark.objects.get().status == Status.ABSENT


def test_the_script_gets_the_lines_as_they_are_recorded_now(client, session, teacher, join):
    learner = join(session.edition)
    client.force_login(teacher)
    taken = (timezone.now() - datetime.timedelta(hours=2)).timestamp()

    answer = client.post(
        address(session), sent((learner, "absent", "", 0), taken=taken), headers={"X-Register": "1"}
    )

    body = answer.content.decode()
    assert "<html" not in body
    assert f'name="b-{learner.pk}" value="1"' in body
    assert abs(AttendanceMark.objects.get().taken_at.timestamp() - taken) < 1


def test_a_refusal_names_the_rule_and_keeps_what_was_tapped(client, edition, teacher, join):
    learner = join(edition)
    session = make_session_at(edition, begins=datetime.timedelta(hours=5), lecturers=[teacher])
    client.force_login(teacher)

    page = client.post(address(session), sent((learner, "absent", "", 0)))

    assert page.status_code == 409
    assert "is not open yet" in page.content.decode()
    assert page.context["register"].lines[0].status == Status.ABSENT


@pytest.mark.parametrize("role", [Role.TUTOR, Role.COORDINATOR])
def test_lecturers_tutors_and_coordinators_take_it_and_nobody_else_sees_it(client, session, join, role):
    learner, staff = join(session.edition), make_person()
    give_edition_role(staff, session.edition, role)

    assert client.get(address(session)).status_code == 302
    for person, status in ((learner.person, 404), (make_person(), 404), (staff, 200)):
        client.force_login(person)
        assert client.get(address(session)).status_code == status
        assert client.post(address(session), sent((learner, "absent", "", 0))).status_code == (
            404 if status == 404 else 302
        )


@pytest.mark.parametrize("learners", [2, 12])
def test_the_page_takes_as_many_queries_for_twelve_as_for_two(
    client, session, teacher, join, learners, django_assert_max_num_queries
):
    for _ in range(learners):
        make_mark(session, join(session.edition), by=teacher)
    client.force_login(teacher)

    with django_assert_max_num_queries(14):
        assert client.get(address(session)).status_code == 200


def test_the_script_that_keeps_registers_is_served_from_where_it_may_see_them(client):
    response = client.get(reverse("attendance:keeper"))

    assert response["Content-Type"].startswith("text/javascript")
    assert b"registers" in b"".join(response.streaming_content)
