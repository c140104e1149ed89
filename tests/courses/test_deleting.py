"""What carries learner records is neither deleted nor moved, on no route, and a sentence says why."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from courses import services
from courses.models import Activity, CoursePage, LessonPage
from learning.models import Completion
from tests.courses.conftest import lessons_of, unit_of
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_unit, reading_of
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db

SENTENCE = "Forty people have learnt here."


@pytest.fixture
def with_records():
    """As if an app above had records of learners everywhere."""
    with hooks.register_temporarily("learner_records", lambda pages, activities: [SENTENCE]):
        yield


def delete_url(page):
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


@pytest.mark.parametrize("what", ["lesson", "unit", "course", "parent"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_or_a_parent_with_records_stays(
    what, method, live_course, administrator, as_person, with_records
):
    page = {
        "lesson": lessons_of(live_course)[0],
        "unit": unit_of(live_course),
        "course": live_course,
        "parent": live_course.get_parent(),
    }[what]

    response = getattr(as_person(administrator), method)(
        delete_url(page), {"confirm-site-name": "UNICRI Learning"}, follow=True
    )

    assert response.status_code == 200
    assert SENTENCE in response.content.decode()
    assert Page.objects.filter(pk=page.pk).exists()


def test_pages_with_records_stay_in_bulk(live_course, administrator, as_person, with_records):
    lesson = lessons_of(live_course)[0]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={lesson.pk}"

    response = as_person(administrator).post(url, follow=True)

    assert SENTENCE in response.content.decode()
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_a_page_with_records_stays_in_its_course(live_course, administrator, as_person, with_records):
    lesson, elsewhere = lessons_of(live_course)[0], make_unit(make_course())
    url = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, elsewhere.pk])

    response = as_person(administrator).post(url, follow=True)

    assert SENTENCE in response.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).is_descendant_of(live_course)


def test_a_page_with_records_moves_within_its_course(live_course, administrator, as_person, with_records):
    lesson, unit = lessons_of(live_course)[0], make_unit(live_course, "Second unit")

    as_person(administrator).post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, unit.pk]))

    assert LessonPage.objects.get(pk=lesson.pk).is_child_of(unit)


def test_a_page_with_records_is_not_moved_in_bulk(live_course, administrator, as_person, with_records):
    lesson, elsewhere = lessons_of(live_course)[0], make_unit(make_course())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={lesson.pk}"

    response = as_person(administrator).post(url, {"chooser": elsewhere.pk}, follow=True)

    assert SENTENCE in response.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).is_descendant_of(live_course)


def test_a_course_in_another_language_protects_the_one_it_was_translated_from(
    live_course, administrator, as_person
):
    from tests.factories.courses import translate

    french = translate(live_course, "fr")

    def records(pages, activities):
        return [SENTENCE] if pages.filter(pk=live_course.pk).exists() else []

    with hooks.register_temporarily("learner_records", records):
        as_person(administrator).post(delete_url(french))

    assert CoursePage.objects.filter(pk=french.pk).exists()


def test_a_published_course_without_learners_says_what_stands_in_the_way(
    live_course, administrator, as_person
):
    response = as_person(administrator).post(delete_url(live_course), follow=True)

    assert "other records point at it" in response.content.decode()
    assert CoursePage.objects.filter(pk=live_course.pk).exists()
    assert Activity.objects.count() == 2


def test_a_lesson_nobody_has_learnt_with_can_be_deleted_with_its_reading(
    live_course, administrator, as_person
):
    lesson = lessons_of(live_course)[0]

    as_person(administrator).post(delete_url(lesson))

    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
    assert Activity.objects.count() == 1


def test_an_author_deletes_a_draft_course_they_began(draft_course, author, as_person):
    response = as_person(author).post(delete_url(draft_course), follow=True)

    assert response.status_code == 200
    assert not CoursePage.objects.filter(pk=draft_course.pk).exists()


def test_looking_at_the_delete_screen_changes_nothing(live_course, administrator, as_person):
    as_person(administrator).get(delete_url(lessons_of(live_course)[0]))

    assert lessons_of(live_course)[0].placements.count() == 1


def test_an_activity_with_records_stays(live_course, with_records):
    quiz = make_quiz(live_course, placed=False)

    assert SENTENCE in services.deletion_refusal([quiz])


def test_an_activity_that_stands_in_a_lesson_stays():
    quiz = make_quiz()

    assert "stands in a lesson" in services.deletion_refusal([quiz])


def test_a_lesson_somebody_has_completed_is_neither_deleted_nor_moved(administrator, as_person):
    course = make_course(units=1, lessons=2)
    lesson = lessons_of(course)[0]
    enrolment = make_enrolment(edition=make_edition(course))
    Completion.objects.create(enrolment=enrolment, activity=reading_of(lesson), language="en")
    elsewhere = make_unit(make_course())

    deleted = as_person(administrator).post(delete_url(lesson), follow=True).content.decode()
    moved = as_person(administrator).post(
        reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, elsewhere.pk]), follow=True
    )

    assert "1 learner has records on it." in deleted
    assert "1 learner has records on it." in moved.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).is_descendant_of(course)


def test_a_course_somebody_is_enrolled_in_stays_with_its_parents(administrator, as_person):
    course = make_course(units=1, lessons=1)
    make_enrolment(edition=make_edition(course))

    for page in (course, course.get_parent()):
        shown = as_person(administrator).post(delete_url(page), follow=True).content.decode()
        assert "1 person is enrolled in it." in shown
    assert CoursePage.objects.filter(pk=course.pk).exists()


def test_the_database_is_the_last_line():
    quiz = make_quiz()

    with pytest.raises(ProtectedError):
        quiz.placements.get().lesson.delete()
