"""Frameworks, priorities and expected results are dated."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portfolio.models import ExpectedResult, Framework, Priority, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    Framework.objects.all().delete()
    framework = Framework.objects.create(
        name="Strategy", slug="strategy", starts_on=date(2023, 1, 1), ends_on=date(2026, 12, 31)
    )
    priority = Priority.objects.create(framework=framework, number=1, name="Justice")
    ExpectedResult.objects.create(priority=priority, number=1, name="Judges know the law")
    return framework


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_framework_is_in_force_from_its_first_to_its_last_day(framework, day, in_force):
    assert Framework.objects.current(day).exists() is in_force
    assert Priority.objects.current(day).exists() is in_force
    assert ExpectedResult.objects.current(day).exists() is in_force


def test_without_a_day_today_is_meant(framework, time_machine):
    time_machine.move_to("2027-01-01 12:00")

    assert not Framework.objects.current().exists()


def test_a_framework_without_a_last_day_stays_in_force(framework):
    Framework.objects.update(ends_on=None)

    assert Priority.objects.current(date(2050, 1, 1)).exists()


def test_the_latest_framework_comes_first_and_its_priorities_by_number(framework):
    later = Framework.objects.create(name="Next", slug="next", starts_on=date(2027, 1, 1))
    second = Priority.objects.create(framework=later, number=2, name="A")
    first = Priority.objects.create(framework=later, number=1, name="B")

    assert list(Framework.objects.in_order()) == [later, framework]
    assert list(Priority.objects.in_order())[:2] == [first, second]


def test_a_framework_that_ends_before_it_starts_is_refused(framework):
    framework.ends_on = date(2022, 1, 1)

    with pytest.raises(ValidationError, match="The last day comes before the first day"):
        framework.full_clean()


def test_two_priorities_of_a_framework_cannot_have_the_same_number(framework):
    with pytest.raises(IntegrityError), transaction.atomic():
        Priority.objects.create(framework=framework, number=1, name="Again")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "running"),
    [
        (None, None, True),
        (date(2026, 1, 1), None, True),
        (None, date(2026, 1, 1), False),
        (date(2027, 1, 1), None, False),
    ],
)
def test_a_project_runs_between_the_days_that_are_known(starts_on, ends_on, running):
    Project.objects.create(code="P-1", name="Project", starts_on=starts_on, ends_on=ends_on)

    assert Project.objects.current(date(2026, 6, 1)).exists() is running


def test_priorities_and_results_have_the_reference_that_reports_cite(framework):
    result = ExpectedResult.objects.get()

    assert (result.priority.reference, result.reference) == ("strategy/1", "strategy/1.1")
    assert result.priority.numbered_label == "1. Justice"
