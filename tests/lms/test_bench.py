"""The benchmark builds what it measures, and keeps away from a site's own data."""

import json

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage
from enrolments.models import Enrolment
from lms.bench import scale
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiny(monkeypatch):
    size = scale.Scale(courses=12, enrolments=60, attempts=3, questions=40, own_enrolments=5)
    monkeypatch.setitem(scale.SCALES, "small", size)
    return size


def test_the_visits_stay_within_what_is_allowed(tmp_path, settings, tiny):
    plan = tmp_path / "plan.json"

    call_command("bench_data", "--scale", "small", "--plan", plan)

    assert CoursePage.objects.live().count() == tiny.courses
    assert Enrolment.objects.count() == tiny.enrolments + tiny.graded_learners
    visits = json.loads(plan.read_text())
    over = [visit["name"] for visit in visits if visit["budget"] and visit["queries"] > visit["budget"]]
    assert over == []
    assert {
        "catalogue",
        "lesson",
        "save an answer",
        "hand in 40 questions",
        "verification",
        "save a state",
    } <= {visit["name"] for visit in visits}


def test_it_refuses_a_database_with_people_in_it(tmp_path):
    make_person()

    with pytest.raises(CommandError, match="an empty one of its own"):
        call_command("bench_data", "--scale", "small", "--plan", tmp_path / "plan.json")
