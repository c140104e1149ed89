"""Whom we reached: figures with their denominators, never names."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from learning.models import CourseCompletion
from portfolio.models import Donor, ExpectedResult, SustainableGoal
from reports.charts import bar_chart
from reports.reach import By, reach
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment
from tests.factories.learning import make_course_completion
from tests.factories.portfolio import country, make_project, profession

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
MARCH = datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)


def enrolled(edition=None, *, completed=False, at=MARCH, **fields):
    enrolment = make_enrolment(edition, enrolled_at=at, **fields)
    if completed:
        completion = make_course_completion(enrolment)
        CourseCompletion.objects.filter(pk=completion.pk).update(completed_at=at)
    return enrolment


def rows(by):
    return [(row.label, row.enrolled, row.completed) for row in reach(by, FIRST, LAST).rows]


def test_countries_come_under_their_united_nations_names_in_the_united_nations_order():
    enrolled(country=country("ZM"))
    enrolled(country=country("KE"), completed=True)
    enrolled(country=country("KE"))
    enrolled()

    assert rows(By.COUNTRY) == [("Kenya", 2, 1), ("Zambia", 1, 0), ("Not known", 1, 0)]


def test_every_row_says_of_how_many():
    enrolled(gender="woman", completed=True)
    enrolled(gender="man")
    enrolled(gender="man")

    woman, man = reach(By.GENDER, FIRST, LAST).rows

    assert (woman.enrolled, woman.all_enrolled, woman.share) == (1, 3, 33)
    assert (woman.completed, woman.all_completed, woman.share_completed) == (1, 1, 100)
    assert (man.completed, man.share_completed) == (0, 0)


def test_professions_are_counted_by_their_group():
    group = profession("judiciary")
    part = type(group).objects.filter(parent=group).first()
    enrolled(profession=group)
    enrolled(profession=part)

    assert rows(By.PROFESSION) == [(group.label, 2, 0)]


def test_only_the_chosen_period_counts_and_its_last_day_counts_whole():
    enrolled(at=datetime.datetime(2025, 12, 31, 23, tzinfo=datetime.UTC))
    enrolled(at=datetime.datetime(2026, 12, 31, 23, tzinfo=datetime.UTC))

    assert reach(By.COUNTRY, FIRST, LAST).enrolled == 1


def test_a_person_who_enrolled_twice_is_one_person():
    person = make_person()
    enrolled(person=person)
    enrolled(person=person)

    figures = reach(By.COURSE, FIRST, LAST)

    assert (figures.people, figures.enrolled) == (1, 2)


def test_an_edition_held_for_a_result_of_its_own_counts_for_that_and_not_for_its_courses():
    first, second = ExpectedResult.objects.in_order()[:2]
    course = make_course()
    course.expected_results.add(first)
    course.save()
    own = make_edition(course)
    own.expected_results.add(second)
    enrolled(own)
    enrolled(make_edition(course), completed=True)

    assert [(enrolments, done) for _label, enrolments, done in rows(By.RESULT)] == [(1, 1), (1, 0)]


def test_a_course_for_two_goals_counts_under_each_and_the_total_stays():
    course = make_course()
    course.sdgs.add(*SustainableGoal.objects.filter(number__in=[5, 16]))
    course.save()
    enrolled(make_edition(course))

    figures = reach(By.GOAL, FIRST, LAST)

    assert [row.enrolled for row in figures.rows] == [1, 1]
    assert (figures.enrolled, figures.overlaps) == (1, True)


def test_donors_are_those_of_course_and_project():
    project = make_project()
    project.donors.add(Donor.objects.create(name="Government of Ruritania"))
    enrolled(make_edition(project=project))

    assert rows(By.DONOR) == [("Government of Ruritania", 1, 0)]
    assert rows(By.PROJECT) == [(f"{project.code} {project.label}", 1, 0)]


@pytest.mark.parametrize("by", list(By))
def test_every_way_of_counting_has_a_page_and_the_same_figures_as_a_file(signed_in, by):
    enrolled(country=country("KE"), gender="woman", profession=profession("judiciary"))
    client, url = signed_in(make_staff(Role.EVALUATOR)), reverse("learners_reached")
    query = {"by": by.value, "first": "2026-01-01", "last": "2026-12-31"}

    assert "1 of 1" in client.get(url, query).content.decode()
    sheet = load_workbook(BytesIO(client.get(url, query | {"export": "xlsx"}).content)).active
    assert [cell.value for cell in sheet[2]][1:3] == [1, 1]


def test_a_period_that_ends_before_it_begins_is_refused_and_stays_typed(signed_in):
    response = signed_in(make_staff(Role.EVALUATOR)).get(
        reverse("learners_reached"), {"first": "2026-05-01", "last": "2026-04-01"}
    )

    assert "The last day is before the first" in response.content.decode()
    assert "2026-05-01" in response.content.decode()


def test_tutors_learners_and_strangers_read_no_reports(client, signed_in):
    tutor, learner = make_staff(), make_person()
    give_edition_role(tutor, make_edition(), Role.TUTOR)
    url = reverse("learners_reached")

    assert "login" in client.get(url)["Location"]
    assert "login" in signed_in(learner).get(url)["Location"]
    assert signed_in(tutor).get(url).status_code == 302


def test_no_name_is_in_a_report(signed_in):
    enrolled(person=make_person(first_name="Xanthippe"), country=country("KE"))

    page = signed_in(make_staff(Role.EVALUATOR)).get(reverse("learners_reached"), {"first": "2026-01-01"})

    assert "Xanthippe" not in page.content.decode()


@pytest.mark.parametrize("by", [By.COUNTRY, By.PRIORITY, By.DONOR])
def test_figures_ask_as_many_queries_for_twelve_editions_as_for_two(by, django_assert_max_num_queries):
    course = make_course()
    for _number in range(2):
        enrolled(make_edition(course))
    with django_assert_max_num_queries(30) as two:
        reach(by, FIRST, LAST)
    for _number in range(10):
        enrolled(make_edition(course))
    with django_assert_max_num_queries(30) as twelve:
        reach(by, FIRST, LAST)

    assert len(two) == len(twelve)


def test_the_chart_keeps_the_largest_rows_in_their_order_and_says_how_many_are_missing():
    chart = bar_chart([(f"Row {number}", number, 0) for number in range(20)])

    assert [bar.label for bar in chart.bars] == [f"Row {number}" for number in range(5, 20)]
    assert chart.left_out == 5
    assert bar_chart([]).bars == ()
