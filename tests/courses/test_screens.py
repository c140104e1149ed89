"""The course screens do what they say, and refuse politely."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from courses import services
from courses.models import ChangeSet, CoursePage, CourseRole, LessonPage, Stage
from foundation.audit.models import Entry
from tests.courses.conftest import add_lesson, block, lessons_of, unit_of
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import give_course_role, make_course, translate

pytestmark = pytest.mark.django_db


def test_an_author_submits_and_a_reviewer_approves_on_their_screens(
    draft_course, author, reviewer, as_person
):
    as_person(author).post(reverse("courses:submit", args=[draft_course.pk]), {"summary": "New."})
    change_set = ChangeSet.objects.get()
    url = reverse("courses:change_set", args=[change_set.pk])

    shown = as_person(reviewer).get(url).content.decode()
    assert "Lesson 1" in shown
    assert "Approve and publish" in shown

    as_person(reviewer).post(reverse("courses:approve", args=[change_set.pk]), {"comment": "Good."})
    change_set.refresh_from_db()
    assert change_set.stage == Stage.PUBLISHED


def test_an_incomplete_course_comes_back_with_the_list_and_what_was_typed(draft_course, author, as_person):
    lesson = lessons_of(draft_course)[0]
    lesson.body = []
    lesson.save_revision()

    response = as_person(author).post(
        reverse("courses:submit", args=[draft_course.pk]), {"summary": "My long words."}
    )

    assert "is empty" in response.content.decode()
    assert "My long words." in response.content.decode()
    assert not ChangeSet.objects.exists()


def test_the_review_shows_old_and_new_words_side_by_side(live_course, author, reviewer, as_person):
    lesson = lessons_of(live_course)[0]
    lesson.title = "Lesson one"
    lesson.body = [block("prose", "<p>Entirely rewritten.</p>"), *lesson.body.get_prep_value()[1:]]
    lesson.save_revision()
    change_set = services.submit(live_course, author, summary="Rewritten.")

    shown = as_person(reviewer).get(reverse("courses:change_set", args=[change_set.pk])).content.decode()

    assert "Entirely rewritten." in shown
    assert "deletion" in shown


def test_the_submitter_sees_no_approve_button_and_cannot_post_one(submitted, author, as_person):
    url = reverse("courses:change_set", args=[submitted.pk])

    assert "Approve and publish" not in as_person(author).get(url).content.decode()
    response = as_person(author).post(reverse("courses:approve", args=[submitted.pk]), follow=True)
    assert response.status_code == 404


def test_a_stranger_sees_no_review(submitted, outsider, as_person):
    for name in ("change_set", "approve", "return", "comment", "withdraw"):
        url = reverse(f"courses:{name}", args=[submitted.pk])
        method = as_person(outsider).get if name == "change_set" else as_person(outsider).post
        assert method(url, follow=True).status_code == 404


def test_returning_needs_words(submitted, reviewer, as_person):
    url = reverse("courses:return", args=[submitted.pk])

    as_person(reviewer).post(url, {"comment": ""})
    submitted.refresh_from_db()
    assert submitted.stage == Stage.IN_REVIEW

    as_person(reviewer).post(url, {"comment": "Please shorten."})
    submitted.refresh_from_db()
    assert submitted.stage == Stage.RETURNED


def test_a_time_that_has_passed_is_refused_with_a_sentence(submitted, reviewer, as_person):
    url = reverse("courses:approve", args=[submitted.pk])

    response = as_person(reviewer).post(url, {"go_live_at": "2020-01-01 10:00"})

    assert "has passed" in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.approved_at is None


def test_a_reviewer_comments_on_one_page_and_the_author_reads_it(submitted, author, reviewer, as_person):
    item = submitted.items.first()

    as_person(reviewer).post(
        reverse("courses:comment", args=[submitted.pk]), {"text": "Cite the treaty.", "item": item.pk}
    )

    shown = as_person(author).get(reverse("courses:change_set", args=[submitted.pk])).content.decode()
    assert "Cite the treaty." in shown


def test_previews_show_drafts_of_lessons_and_of_the_course(draft_course, author, as_person):
    lesson = lessons_of(draft_course)[0]

    page = as_person(author).get(reverse("courses:preview_page", args=[draft_course.pk, lesson.pk]))
    course = as_person(author).get(reverse("courses:preview", args=[draft_course.pk]))

    assert page.status_code == 200
    assert "Lesson 1" in page.content.decode()
    assert "Lesson 2" in course.content.decode()


def test_the_preview_of_a_review_shows_what_was_submitted(submitted, reviewer, as_person):
    item = submitted.items.get(page=lessons_of(submitted.course)[0])

    response = as_person(reviewer).get(reverse("courses:preview_item", args=[submitted.pk, item.pk]))

    assert "Lesson 1" in response.content.decode()


def test_every_block_can_be_previewed(draft_course, author, as_person):
    quiz = make_quiz(draft_course, placed=False)
    body = [
        block("heading", "A heading"),
        block("quotation", {"text": "Words.", "source": "Article 31, UNCAC"}),
        block("callout", {"kind": "warning", "title": "", "text": "<p>Care.</p>"}),
        block(
            "table",
            {
                "caption": "Orders",
                "table": {
                    "columns": [{"type": "text", "heading": "Kind"}, {"type": "rich", "heading": "Effect"}],
                    "rows": [{"values": ["Freezing", "<p>Holds</p>"]}],
                    "caption": "",
                },
            },
        ),
        block(
            "case_study",
            {"title": "A house", "facts": "<p>F</p>", "law": "", "question": "<p>Q</p>", "lesson": ""},
        ),
        block("jurisdiction", {"place": "Italy", "title": "", "text": "<p>J</p>"}),
        block("glossary", {"term": "Trust", "definition": "A trust."}),
        block("activity", {"activity": quiz.pk, "required": True}),
    ]
    lesson = add_lesson(unit_of(draft_course), "All blocks", body)

    shown = (
        as_person(author)
        .get(reverse("courses:preview_page", args=[draft_course.pk, lesson.pk]))
        .content.decode()
    )

    for words in (
        "A heading",
        "Article 31",
        "Take care",
        "Orders",
        "Holds",
        "A house",
        "Italy",
        "A trust.",
        quiz.title,
    ):
        assert words in shown


def test_a_lessons_own_address_leads_to_the_course(live_course, client):
    lesson = lessons_of(live_course)[0]

    response = client.get(lesson.get_url())

    assert response.status_code == 302
    assert live_course.slug in response.url


def test_moving_a_draft_lesson_down_changes_the_order(draft_course, author, as_person):
    first, second = lessons_of(draft_course)

    as_person(author).post(reverse("courses:move", args=[draft_course.pk, first.pk]), {"direction": "down"})

    assert [page.pk for page in lessons_of(draft_course)] == [second.pk, first.pk]


def test_the_order_learners_see_is_an_administrators_to_change(live_course, author, administrator, as_person):
    first, second = lessons_of(live_course)
    url = reverse("courses:move", args=[live_course.pk, first.pk])

    as_person(author).post(url, {"direction": "down"})
    assert [page.pk for page in lessons_of(live_course)] == [first.pk, second.pk]

    as_person(administrator).post(url, {"direction": "down"})
    assert [page.pk for page in lessons_of(live_course)] == [second.pk, first.pk]


def test_history_brings_a_version_back_and_leads_to_submitting(live_course, author, reviewer, as_person):
    lesson = lessons_of(live_course)[0]
    lesson.title = "Worse"
    lesson.save_revision()
    services.approve(services.submit(live_course, author, summary="Worse."), reviewer)

    response = as_person(author).post(reverse("courses:restore", args=[live_course.pk, 1]), follow=True)

    assert "Brings back version 1" in response.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == "Lesson 1"


def test_a_role_is_given_and_ended_with_a_reason_in_the_audit_log(draft_course, administrator, as_person):
    person = make_person(email="judge@example.org")
    url = reverse("courses:team", args=[draft_course.pk])

    as_person(administrator).post(
        url, {"email": "judge@example.org", "role": Role.REVIEWER, "reason": "Knows the law."}
    )
    role = CourseRole.objects.get(person=person)
    as_person(administrator).post(
        reverse("courses:end_role", args=[draft_course.pk, role.pk]), {"reason": "Moved on."}
    )

    assert not CourseRole.objects.current().filter(person=person).exists()
    assert {"Knows the law.", "Moved on."} <= set(Entry.objects.values_list("reason", flat=True))


def test_an_unknown_address_is_answered_with_a_sentence_and_kept(draft_course, administrator, as_person):
    url = reverse("courses:team", args=[draft_course.pk])

    response = as_person(administrator).post(
        url, {"email": "no@example.org", "role": "author", "reason": "x"}
    )

    assert "Nobody here has this address" in response.content.decode()
    assert "no@example.org" in response.content.decode()


def test_an_author_cannot_change_the_team(draft_course, author, as_person):
    as_person(author).post(
        reverse("courses:team", args=[draft_course.pk]),
        {"email": author.email, "role": "reviewer", "reason": "x"},
    )

    assert not CourseRole.objects.filter(person=author, role=Role.REVIEWER).exists()


def test_an_administrator_publishes_without_a_review_giving_a_reason(
    draft_course, administrator, author, as_person
):
    url = reverse("courses:publish", args=[draft_course.pk])

    assert as_person(author).get(url, follow=True).status_code == 404
    as_person(administrator).post(url, {"reason": "Urgent."})

    assert CoursePage.objects.get(pk=draft_course.pk).live


def test_the_chooser_lists_searches_and_creates_activities_of_own_courses(
    draft_course, author, outsider, as_person
):
    quiz = make_quiz(draft_course, placed=False, title="Seizure")
    make_quiz(title="Elsewhere")

    listed = as_person(author).get(reverse("activity_chooser:choose")).content.decode()
    searched = (
        as_person(author).get(reverse("activity_chooser:choose_results"), {"q": "seiz"}).content.decode()
    )
    hidden = as_person(outsider).get(reverse("activity_chooser:choose_results")).content.decode()

    assert quiz.title in listed
    assert "Elsewhere" not in listed
    assert quiz.title in searched
    assert quiz.title not in hidden


def test_a_new_quiz_begun_in_the_chooser_is_a_draft_of_the_course(draft_course, author, as_person):
    response = as_person(author).post(
        reverse("activity_chooser:create"), {"kind": "quiz", "title": "Final test", "course": draft_course.pk}
    )

    assert response.status_code == 200
    activity = draft_course.activities.get(title="Final test")
    assert not activity.live
    assert activity.kind == "quiz"


def test_the_outline_exists_in_each_language(live_course, author, as_person):
    french = translate(live_course, "fr", "Confiscation (français)")

    response = as_person(author).get(reverse("courses:outline", args=[french.pk]))

    assert response.status_code == 200


def test_the_first_screen_of_the_cms_works_for_reviewer_and_author(submitted, author, reviewer, as_person):
    for person in (author, reviewer):
        assert as_person(person).get(reverse("wagtailadmin_home")).status_code == 200
        assert as_person(person).get(reverse("courses:index")).status_code == 200


def test_my_courses_cost_as_many_queries_with_twelve_as_with_two(draft_course, author, as_person):
    def queries():
        client = as_person(author)
        client.get(reverse("courses:index"))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("courses:index"))
        return len(found)

    give_course_role(author, make_course(), Role.AUTHOR)
    with_two = queries()
    for _course in range(10):
        give_course_role(author, make_course(), Role.AUTHOR)

    assert queries() == with_two


def test_a_coordinator_manages_the_team(draft_course, as_person):
    coordinator = make_staff()
    give_course_role(coordinator, draft_course, Role.COORDINATOR)
    person = make_person(email="new@example.org")

    as_person(coordinator).post(
        reverse("courses:team", args=[draft_course.pk]),
        {"email": "new@example.org", "role": "author", "reason": "Writes."},
    )

    assert CourseRole.objects.filter(person=person, role=Role.AUTHOR).exists()
