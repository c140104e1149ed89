import datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gradebook.book import Book
from gradebook.shelf import released_grades
from learning.progress import progress_of
from programmes.models import Gate, GateConditionKind
from programmes.services import admit
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.courses import make_course
from tests.factories.enrolments import make_cohort, make_tutored_edition
from tests.factories.gradebook import make_category, make_entry, make_item, make_scale, make_scheme
from tests.factories.programmes import make_module, make_phase, make_programme_edition
from tests.factories.timetable import make_session

pytestmark = pytest.mark.django_db

# The budget of the one place, whatever the programme holds.
MOST_QUERIES = 30


def url(student, name="place", *args):
    return reverse(f"programmes:{name}", args=[student.programme_edition.code, *args])


def shown(client, student):
    client.force_login(student.person)
    answer = client.get(url(student))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_place_belongs_to_its_student_alone(programme, admitted, client):
    student = admitted(make_person())
    anonymous = client.get(url(student))
    client.force_login(make_person())
    stranger = client.get(url(student))

    assert (anonymous.status_code, stranger.status_code) == (302, 404)
    assert "You are in “Online”" in shown(client, student)


def test_it_says_what_is_left_before_the_next_phase(programme, admitted, client):
    programme.first.pass_mark = Decimal("0.6")
    programme.first.save()

    page = shown(client, admitted(make_person(), Decimal("0.4")))

    assert "40" in page
    assert "Next: Residential" in page
    assert "0 of 1 compulsory modules" in page


def test_a_result_that_is_not_released_is_told_nowhere(programme, admitted, client):
    programme.exam.released_at = None
    programme.exam.save()

    page = shown(client, admitted(make_person(), Decimal("0.4321")))

    assert "43.2" not in BeautifulSoup(page, "html.parser").get_text()
    assert "No result has been released yet." in page


def test_attendance_below_the_threshold_is_said_plainly(programme, admitted, client):
    programme.edition.least_attendance = Decimal("0.8")
    programme.edition.save()
    student = admitted(make_person())
    make_mark(make_session_at(programme.first.edition), student.module_enrolments.get().enrolment, "absent")

    page = shown(client, student)

    assert "Your degree is in danger" in page


def test_sessions_and_groups_are_the_students_own(programme, admitted, client):
    student, other = admitted(make_person()), admitted(make_person(first_name="Zora"))
    enrolments = [one.module_enrolments.get().enrolment for one in (student, other)]
    make_session(programme.first.edition, title="For everybody")
    make_session(programme.first.edition, title="For others", cohort=make_cohort(programme.first.edition))
    make_cohort(programme.first.edition, *enrolments, name="Group Lima", hands_in_together=True)

    page = shown(client, student)

    assert "For everybody" in page
    assert "For others" not in page
    assert "Group Lima" in page
    assert "Zora" in page


def test_electives_are_chosen_and_left_in_the_browser(programme, admitted, client):
    programme.online.electives = 1
    programme.online.save()
    elective = make_module(programme.online, is_elective=True)
    student = admitted(make_person())
    client.force_login(student.person)

    client.post(url(student, "choose_elective", elective.pk))
    held = elective.edition.enrolments.active().count()
    client.post(url(student, "leave_elective", elective.pk))
    refused = client.post(url(student, "choose_elective", programme.first.pk), follow=True)

    assert held == 1
    assert not elective.edition.enrolments.active().exists()
    assert "compulsory" in refused.content.decode()


def big_programme(modules):
    edition = make_programme_edition(starts_on=timezone.localdate(), scale=make_scale((0, "Fail")))
    phase, later = make_phase(edition), make_phase(edition)
    gate = Gate.objects.create(phase=later)
    for kind in (GateConditionKind.MODULES, GateConditionKind.ATTENDANCE, GateConditionKind.DECISION):
        gate.conditions.create(kind=kind)
    for _number in range(modules):
        course_edition = make_tutored_edition(make_course(units=2, lessons=2))
        make_module(phase, course_edition)
        category = make_category(make_scheme(course_edition, scale=edition.scale))
        make_item(category)
        make_session(course_edition)
    student = admit(make_person(), edition, mode="online", by=None)
    for place in student.module_enrolments.all():
        make_entry(place.enrolment.edition.grade_scheme.items.get(), place.enrolment, Decimal("0.7"))
        make_cohort(place.enrolment.edition, place.enrolment)
    return student


def test_the_place_costs_as_many_queries_for_many_modules_as_for_two(client):
    counts = []
    for modules in (2, 8):
        student = big_programme(modules)
        shown(client, student)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(student))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST_QUERIES


def test_grades_read_together_are_those_read_one_by_one():
    course = make_course(units=1, lessons=2)
    edition = make_tutored_edition(course)
    module = make_module(edition=edition)
    student = admit(make_person(), module.phase.programme_edition, mode="online", by=None)
    enrolment = student.module_enrolments.get().enrolment
    category = make_category(make_scheme(edition))
    make_entry(make_item(category), enrolment, Decimal("0.8"))
    make_entry(make_item(category, released=False), enrolment, Decimal("0.2"))

    together = released_grades([enrolment], progress_of([enrolment]))[enrolment.pk]

    assert together == Book(edition).grade(enrolment, released_only=True)
    assert together.total == 80


def test_a_winter_school_of_five_days_is_one_phase_with_one_module_and_no_gate(client):
    today = timezone.localdate()
    school = make_programme_edition(starts_on=today, ends_on=today + datetime.timedelta(days=4))
    week = make_phase(school, name="The week", starts_on=today, ends_on=school.ends_on)
    make_module(week, code="WS 1")
    school.modes.create(mode="online", capacity=1)
    student = admit(make_person(), school, mode="online", by=None)

    page = shown(client, student)

    assert "WS 1" in page
    assert "You are in “The week”" in page
    assert "Next:" not in page


def test_my_learning_leads_to_the_programme(programme, admitted, client):
    student = admitted(make_person())
    client.force_login(student.person)

    assert url(student) in client.get(reverse("learning:my_learning")).content.decode()
