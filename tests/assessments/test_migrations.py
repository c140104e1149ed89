"""Attempts of the first release go on: each question of theirs gets its row, and words become rich text once.

Migrating a whole database back and forth takes most of a minute. The tables these steps touch are made as they stood
just before them, beside the test database, and the steps are run on those.
"""

from importlib import import_module

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

STEPS = import_module("assessments.migrations.0003_attempts_have_items")
BEFORE = ("assessments", "0002_question_kinds_and_quiz_rules")
TABLES = (
    *(
        "assessments.QuizAttempt",
        "assessments.AttemptItem",
        "assessments.Answer",
        "assessments.QuizVersionItem",
    ),
    *("assessments.Question", "assessments.QuestionText", "assessments.QuestionVersion"),
    *("learning.Attempt", "courses.ActivityVersion", "contenttypes.ContentType", "wagtailcore.Revision"),
)


class Beside:
    """Sends every query to the database beside."""

    def db_for_read(self, model, **hints):
        return "beside"

    def db_for_write(self, model, **hints):
        return "beside"

    def allow_relation(self, *rows, **hints):
        return True


@pytest.fixture(scope="module")
def old_apps(django_db_setup, django_db_blocker):
    """Every model as it stood before these steps."""
    with django_db_blocker.unblock():  # some migrations look at the database when they are imported
        return MigrationLoader(None).project_state(BEFORE).apps


@pytest.fixture
def old(old_apps, settings, django_db_blocker):
    """Gives a model as it stood then; its rows are in tables of their own."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    connections.databases["beside"] = connections["default"].settings_dict | engine
    settings.DATABASE_ROUTERS = ["tests.assessments.test_migrations.Beside"]
    with django_db_blocker.unblock():
        connection = connections["beside"]
        connection.disable_constraint_checking()
        with connection.schema_editor() as editor:
            for name in TABLES:
                editor.create_model(old_apps.get_model(name))
        connection.disable_constraint_checking()
        yield lambda name: old_apps.get_model(name if "." in name else f"assessments.{name}")
        connection.close()
    del connections["beside"]
    del connections.databases["beside"]


@pytest.fixture
def attempt(old):
    """A function that makes an attempt of the first release at a quiz of two questions, with answers to some."""
    version = old("courses.ActivityVersion").objects.create(activity_id=1, number=1, settings={})
    places = [
        old("QuizVersionItem").objects.create(
            version=version, question_version_id=10 + order, points=order + 1, sort_order=order
        )
        for order in (1, 0)
    ]

    def make(number, *responses, has_version=True):
        attempt = old("learning.Attempt").objects.create(
            enrolment_id=number,
            activity_id=1,
            number=number,
            version=version if has_version else None,
            pass_mark=1,
        )
        quiz_attempt = old("QuizAttempt").objects.create(attempt=attempt, seed=number)
        for place, response in zip(places, responses, strict=False):
            old("Answer").objects.create(
                quiz_attempt=quiz_attempt, item=place, response=response, saved_at=timezone.now()
            )
        return quiz_attempt

    return make


def test_each_question_of_an_old_attempt_gets_its_row_in_the_order_of_the_quiz(old, old_apps, attempt):
    attempt(1)
    attempt(2)

    STEPS.make_items(old_apps, None)

    rows = old("AttemptItem").objects.order_by("quiz_attempt", "sort_order")
    asked = [(0, 10, 1), (1, 11, 2)]
    assert list(rows.values_list("sort_order", "question_version", "points")) == asked * 2


def test_old_answers_belong_to_the_rows_of_their_questions(old, old_apps, attempt):
    attempt(1, ["a"], ["b"])
    attempt(2, ["c"])

    STEPS.make_items(old_apps, None)

    answers = old("Answer").objects.order_by("attempt_item")
    found = answers.values_list(
        "attempt_item__quiz_attempt__seed", "attempt_item__question_version", "response"
    )
    assert sorted(found) == [(1, 10, ["b"]), (1, 11, ["a"]), (2, 11, ["c"])]


def test_an_attempt_without_a_version_has_no_questions(old, old_apps, attempt):
    attempt(1, has_version=False)

    STEPS.make_items(old_apps, None)

    assert not old("AttemptItem").objects.exists()


PLAIN = {"a": {"text": "A & B < C", "feedback": "See “6”"}, "b": {"text": "Wait", "feedback": ""}}
RICH = {"a": {"text": "A &amp; B &lt; C", "feedback": "See “6”"}, "b": {"text": "Wait", "feedback": ""}}


def test_plain_words_of_options_become_rich_text_once_in_drafts_versions_and_revisions(old, old_apps):
    for pk in range(3):
        old("QuestionText").objects.create(
            question_id=pk, language="en", stem="<p>1 &lt; 2</p>", options=PLAIN
        )
        old("QuestionVersion").objects.create(
            question_id=pk, number=1, content={"texts": {"en": {"stem": "<p>1 &lt; 2</p>", "options": PLAIN}}}
        )
    types = old("contenttypes.ContentType").objects
    ours = types.create(app_label="assessments", model="question")
    others = types.create(app_label="assessments", model="quiz")
    for kind in (ours, others):
        old("wagtailcore.Revision").objects.create(
            created_at=timezone.now(),
            content_type=kind,
            base_content_type=kind,
            object_id="1",
            content={"texts": [{"options": PLAIN}]},
        )

    STEPS.make_words_rich(old_apps, None)

    assert [text.options for text in old("QuestionText").objects.all()] == [RICH] * 3
    assert {text.stem for text in old("QuestionText").objects.all()} == {"<p>1 &lt; 2</p>"}
    said = [version.content["texts"]["en"] for version in old("QuestionVersion").objects.all()]
    assert said == [{"stem": "<p>1 &lt; 2</p>", "options": RICH}] * 3
    drafts = {one.base_content_type_id: one.content for one in old("wagtailcore.Revision").objects.all()}
    assert drafts == {ours.pk: {"texts": [{"options": RICH}]}, others.pk: {"texts": [{"options": PLAIN}]}}
