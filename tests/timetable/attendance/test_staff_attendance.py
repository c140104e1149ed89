"""Attendance for staff: an edition at a glance, corrections with documents, rules, sessions in lessons."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.attendance import make_mark, make_rules, make_session_at
from tests.factories.enrolments import give_edition_role, make_cohort, make_edition
from timetable.attendance.percentages import attendance_share
from timetable.attendance.rules import rules_of
from timetable.models import AttendanceDocument, AttendanceMark, AttendanceRules, Status

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def staff(edition):
    person = make_staff()
    give_edition_role(person, edition, Role.COORDINATOR)
    return person


@pytest.fixture
def held(edition, teacher):
    return make_session_at(edition, begins=datetime.timedelta(days=-2), lecturers=[teacher])


def named(join, edition, name):
    return join(edition, person=make_person(first_name="Ada", last_name=name))


def test_those_in_danger_stand_first(client, edition, staff, held, join):
    fine, absent, late = (named(join, edition, name) for name in ("Abbas", "Costa", "Bello"))
    make_mark(held, fine)
    make_mark(held, absent, Status.ABSENT)
    make_mark(held, late, Status.LATE, minutes_late=60)
    client.force_login(staff)
    address = reverse("staff_attendance:edition", args=[edition.pk])

    page = client.get(address)
    assert [row.enrolment.person.last_name for row in page.context["overview"].rows] == [
        "Costa",
        "Bello",
        "Abbas",
    ]
    page = client.get(address, {"show": "endangered", "q": "bell"})
    assert [row.enrolment for row in page.context["overview"].rows] == [late]
    cohort = make_cohort(edition, fine)
    page = client.get(address, {"cohort": cohort.pk})
    assert [row.enrolment for row in page.context["overview"].rows] == [fine]


def test_it_is_exported_as_a_workbook_and_that_is_logged(client, edition, staff, held, join):
    make_mark(held, named(join, edition, "=Costa"), Status.LATE, minutes_late=20)
    client.force_login(staff)

    response = client.get(reverse("staff_attendance:export", args=[edition.pk]))

    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][-1].endswith(held.title)
    assert rows[1][0] == "'=Costa"
    assert rows[1][-1] == "Late, 20 min"
    assert Entry.objects.filter(action="timetable.export_attendance", actor=staff).exists()


def test_only_those_who_teach_the_edition_see_it_and_only_managers_set_its_rules(client, edition):
    overview = reverse("staff_attendance:edition", args=[edition.pk])
    rules = reverse("staff_attendance:rules", args=[edition.pk])
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)

    def standing(address):
        return client.get(address, follow=True).status_code

    assert client.get(overview).status_code == 302
    client.force_login(tutor)
    assert (standing(overview), standing(rules)) == (200, 404)
    client.force_login(make_staff(Role.AUTHOR))
    assert (standing(overview), standing(rules)) == (404, 404)


@pytest.mark.parametrize("learners", [2, 12])
def test_the_overview_takes_as_many_queries_for_twelve_as_for_two(
    client, edition, staff, held, join, learners, django_assert_max_num_queries
):
    for _ in range(learners):
        make_mark(held, join(edition))
    client.force_login(staff)

    with django_assert_max_num_queries(30):
        client.get(reverse("staff_attendance:edition", args=[edition.pk]))


def test_rules_are_set_with_a_reason_and_count_for_what_is_recorded_already(
    client, edition, staff, held, join
):
    learner = join(edition)
    make_mark(held, learner, Status.EXCUSED)
    client.force_login(staff)
    values = {
        "threshold": "0.9",
        "free_minutes": 5,
        "lateness": "minutes",
        "excused": "attended",
        "cancelled": "left_out",
        "opens_minutes_before": 60,
        "check_in_minutes_before": 15,
        "check_in_minutes_after": "",
        "keeps_documents_days": 30,
    }
    address = reverse("staff_attendance:rules", args=[edition.pk])

    assert client.post(address, values).status_code == 422
    assert client.post(address, values | {"reason": "Regulations, article 4"}).status_code == 302

    share = attendance_share(learner)
    assert (share.share, share.threshold) == (1, Decimal("0.9"))
    assert Entry.objects.get(action="timetable.set_attendance_rules").reason == "Regulations, article 4"
    client.post(address, values | {"threshold": "0.5", "reason": "Board"})
    assert AttendanceRules.objects.get().threshold == Decimal("0.5")


def test_administrators_set_the_rules_of_all_editions_without_their_own(client, edition, staff):
    address, own = reverse("staff_attendance:site_rules"), make_edition()
    make_rules(own, free_minutes=1)
    values = {
        "free_minutes": 9,
        "lateness": "half",
        "excused": "left_out",
        "cancelled": "left_out",
        "opens_minutes_before": 60,
        "check_in_minutes_before": 15,
        "keeps_documents_days": 90,
        "reason": "Decision of the directorate",
    }
    assert client.get(address).status_code == 302
    client.force_login(staff)
    assert client.get(address, follow=True).status_code == 404
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(make_staff(Role.ADMINISTRATOR))
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()

    assert client.post(address, values | {"reason": ""}).status_code == 422
    assert client.post(address, values).status_code == 302
    assert client.post(address, values | {"keeps_documents_days": 91}).status_code == 302

    assert (rules_of(edition.pk).free_minutes, rules_of(edition.pk).keeps_documents_days) == (9, 91)
    assert rules_of(own.pk).free_minutes == 1


def test_a_correction_keeps_both_marks_the_reason_and_a_private_document(
    client, edition, teacher, held, join, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    learner, other = join(edition), join(edition)
    make_mark(held, learner, Status.ABSENT)
    address = reverse("attendance:correct_mark", args=[held.key, learner.key])
    client.force_login(teacher)
    assert client.get(address).status_code == 200

    sent = client.post(
        address,
        {
            "status": "excused",
            "reason": "Certificate brought",
            "base": 1,
            "document": SimpleUploadedFile("doctor.pdf", PDF, "application/pdf"),
        },
    )

    assert sent.status_code == 302
    document = AttendanceDocument.objects.get()
    assert AttendanceMark.objects.newest().get(enrolment=learner).document == document
    download = reverse("attendance:document", args=[document.pk])
    assert b"".join(client.get(download).streaming_content) == PDF
    for person, status in ((learner.person, 200), (other.person, 404), (make_person(), 404)):
        client.force_login(person)
        assert client.get(download).status_code == status
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(download).status_code == 302
    opened = Entry.objects.get(action="timetable.view_document")
    assert opened.actor == teacher
    assert "doctor" not in opened.object_label


def test_a_correction_that_cannot_be_made_says_why_and_keeps_no_file(
    client, edition, teacher, held, join, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    learner = join(edition)
    make_mark(held, learner, Status.ABSENT)
    client.force_login(teacher)
    address = reverse("attendance:correct_mark", args=[held.key, learner.key])

    for fields, said in (
        ({"base": 0}, "Somebody else has changed this mark"),
        ({"status": "late"}, "from 1 to 179"),
        ({"reason": ""}, "This field is required"),
        ({"document": SimpleUploadedFile("a.pdf", b"MZ not a pdf")}, "does not hold what its name says"),
    ):
        page = client.post(address, {"status": "excused", "reason": "Ill", "base": 1} | fields)
        assert page.status_code == 422
        assert said in page.content.decode()
    assert AttendanceMark.objects.count() == 1
    assert AttendanceDocument.objects.count() == 0
