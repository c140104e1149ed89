"""What publishing a lesson says about the activities learners meet."""

import pytest
from django.utils import timezone

from courses.models import LessonActivity, ReadActivity
from courses.services import sync_placements
from tests.courses.conftest import block, lessons_of
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, make_unit, translate

pytestmark = pytest.mark.django_db


def test_publishing_a_course_places_one_reading_per_lesson(live_course):
    placements = LessonActivity.objects.placed()

    assert placements.count() == 2
    assert {p.activity.kind for p in placements} == {"read"}
    assert all(p.required_since for p in placements)


def test_publishing_again_keeps_rows_and_the_moment_they_became_required(live_course, administrator):
    before = list(LessonActivity.objects.values_list("pk", "required_since"))
    lesson = lessons_of(live_course)[0]

    lesson.save_revision().publish(user=administrator)

    assert list(LessonActivity.objects.values_list("pk", "required_since")) == before
    assert ReadActivity.objects.count() == 2


def test_a_block_taken_out_retires_its_row_and_one_put_back_revives_it(live_course):
    lesson = lessons_of(live_course)[0]
    body = lesson.body.get_prep_value()
    placement = lesson.placements.get()

    lesson.body = [b for b in body if b["type"] != "read"]
    lesson.save_revision().publish()
    placement.refresh_from_db()
    assert placement.retired_at is not None

    lesson = lessons_of(live_course)[0]
    lesson.body = body
    lesson.save_revision().publish()
    placement.refresh_from_db()
    assert placement.retired_at is None
    assert placement.required_since is not None


def test_unticking_required_clears_the_moment_and_ticking_it_sets_a_new_one(live_course):
    lesson = lessons_of(live_course)[0]
    first = lesson.placements.get().required_since
    for required in (False, True):
        body = lesson.body.get_prep_value()
        body[-1]["value"]["required"] = required
        lesson.body = body
        lesson.save_revision().publish()
        lesson = lessons_of(live_course)[0]
        now = lesson.placements.get().required_since
        assert (now is not None) is required
    assert now > first


def test_a_translation_places_nothing(live_course):
    lesson = lessons_of(live_course)[0]
    french = translate(lesson, "fr")

    french.save_revision().publish()

    assert not LessonActivity.objects.filter(lesson=french).exists()


def test_what_a_translated_lesson_chose_is_ignored():
    course = make_course()
    quiz = make_quiz(course, placed=False)
    lesson = make_lesson(make_unit(course), read=True)
    french = translate(lesson, "fr")
    french.body = [block("activity", {"activity": quiz.pk, "required": True})]
    french.save_revision().publish()

    assert not LessonActivity.objects.filter(activity=quiz).exists()


def test_copying_a_lesson_places_nothing(live_course):
    lesson = lessons_of(live_course)[0]

    copy = lesson.copy(update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False)

    assert not LessonActivity.objects.filter(lesson_id=copy.pk).exists()


def test_an_alias_places_nothing(live_course):
    lesson = lessons_of(live_course)[0]
    alias = lesson.create_alias(update_slug="alias", parent=lesson.get_parent())

    lesson.save_revision().publish()

    assert not LessonActivity.objects.filter(lesson_id=alias.pk).exists()


def test_syncing_never_raises_over_a_block_without_its_activity(live_course):
    lesson = lessons_of(live_course)[0]
    lesson.body = [
        block("activity", {"activity": None, "required": True}),
        block("activity", {"activity": 987654}),
    ]

    sync_placements(lesson)

    assert not lesson.placements.placed().exists()


def test_a_lesson_taken_offline_asks_nothing_until_it_is_published_again(live_course):
    lesson = lessons_of(live_course)[0]

    lesson.unpublish()
    assert not LessonActivity.objects.placed().filter(lesson=lesson).exists()

    lessons_of(live_course)[0].save_revision().publish()
    assert LessonActivity.objects.placed().filter(lesson=lesson).exists()


def test_each_publishing_appends_one_version(live_course, administrator):
    assert live_course.versions.count() == 1

    lessons_of(live_course)[0].save_revision().publish(user=administrator)

    newest = live_course.versions.first()
    assert newest.number == 2
    assert len(newest.manifest["pages"]) == 4
    assert len(newest.manifest["activities"]) == 2
    assert newest.published_at <= timezone.now()
