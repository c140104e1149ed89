"""Role rows decide what a person may do with a course, on every screen of the CMS."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.models import Role
from courses import access
from courses.models import Activity, CoursePage, CourseRole, LessonPage
from courses.policies import CourseOwnedPermissionPolicy
from tests.courses.conftest import editor_data, lessons_of, unit_of
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import give_course_role, make_course, make_course_index, translate

pytestmark = pytest.mark.django_db


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_author_opens_and_edits_their_own_course_and_no_other(draft_course, author, as_person):
    other = make_course(units=1, lessons=1)
    client = as_person(author)

    assert client.get(edit_url(draft_course)).status_code == 200
    assert client.get(edit_url(lessons_of(draft_course)[0])).status_code == 200
    assert client.get(edit_url(other)).status_code == 302


def test_an_author_sees_only_their_own_course_in_the_explorer_and_on_the_way_to_it(
    draft_course, author, as_person
):
    make_course("Somebody else's course")
    give_course_role(author, make_course("Second course"), Role.AUTHOR)

    found = policy_registry.get_by_type(Page).explorable_instances(author)
    response = as_person(author).get(reverse("wagtailadmin_explore", args=[make_course_index().pk]))

    assert set(found.values_list("title", flat=True)) >= {"Confiscation", "Lesson 1"}
    assert "Somebody else's course" not in found.values_list("title", flat=True)
    assert "Confiscation" in response.content.decode()
    assert "Somebody else" not in response.content.decode()


def test_an_author_does_not_publish(draft_course, author):
    permissions = draft_course.permissions_for_user(author)

    assert permissions.can_edit()
    assert permissions.can_add_subpage()
    assert not permissions.can_publish()


def test_a_role_that_has_ended_opens_nothing(draft_course, as_person):
    person = make_staff()
    past = timezone.localdate() - timedelta(days=10)
    give_course_role(person, draft_course, Role.AUTHOR, starts_on=past, ends_on=past + timedelta(days=1))

    assert as_person(person).get(edit_url(draft_course)).status_code == 302
    assert as_person(person).get(
        reverse("courses:outline", args=[draft_course.pk]), follow=True
    ).status_code in (403, 404)


def test_a_site_author_begins_a_course_is_its_author_and_gains_nothing_on_others(as_person):
    person, other = make_staff(Role.AUTHOR), make_course("Other", units=1)
    index = make_course_index()
    assert index.permissions_for_user(person).can_add_subpage()
    assert not other.permissions_for_user(person).can_add_subpage()
    assert not other.permissions_for_user(person).can_edit()

    response = as_person(person).post(
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk]),
        course_form("New course"),
        follow=True,
    )

    course = CoursePage.objects.get(title="New course")
    assert response.status_code == 200
    assert not course.live
    assert course.source_locale == course.locale
    assert CourseRole.objects.filter(person=person, role=Role.AUTHOR, course=course).exists()
    assert as_person(person).get(edit_url(course)).status_code == 200


def test_the_form_of_a_new_course_offers_no_workflow_beside_the_change_set(as_person):
    page = as_person(make_staff(Role.AUTHOR)).get(
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", make_course_index().pk])
    )

    assert page.status_code == 200
    assert "action-submit" not in page.text


def course_form(title):
    """The least a course form sends."""
    data = {
        "title": title,
        "slug": "new-course",
        "summary": "",
        "introduction": "null",
        "outcomes-count": "0",
    }
    data |= {"level": "introductory", "workload_hours": "0", "prerequisites": "", "award_kind": ""}
    for prefix in ("comments", "team_members"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        data |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    return data


def test_a_reviewer_opens_pages_under_review_but_saves_nothing(submitted, draft_course, reviewer, as_person):
    lesson = lessons_of(draft_course)[0]
    client = as_person(reviewer)

    response = client.get(edit_url(lesson))
    assert response.status_code == 200
    assert "being reviewed" in response.content.decode()

    client.post(edit_url(lesson), editor_data(lesson) | {"title": "Changed by the reviewer"})
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == "Lesson 1"


def test_a_reviewer_has_no_way_to_edit_outside_a_review(draft_course, reviewer, as_person):
    assert as_person(reviewer).get(edit_url(draft_course)).status_code == 302
    assert as_person(reviewer).get(reverse("courses:outline", args=[draft_course.pk])).status_code == 200


def test_an_administrator_publishes_and_edits_everything(draft_course, administrator):
    permissions = draft_course.permissions_for_user(administrator)

    assert permissions.can_publish()
    assert permissions.can_edit()
    assert permissions.can_delete()


def test_a_translator_edits_the_other_languages_and_not_the_source(draft_course):
    french = translate(draft_course, "fr")
    person = make_staff()
    give_course_role(person, draft_course, Role.TRANSLATOR)

    assert french.permissions_for_user(person).can_edit()
    assert not draft_course.permissions_for_user(person).can_edit()


def test_an_authors_role_holds_in_every_language(draft_course, author):
    french = translate(draft_course, "fr")

    assert access.can_author(author, french)
    assert french.permissions_for_user(author).can_edit()


def test_an_author_deletes_drafts_and_not_what_is_live(live_course, author):
    assert not lessons_of(live_course)[0].permissions_for_user(author).can_delete()

    unit = unit_of(live_course)
    unit.unpublish()
    for lesson in lessons_of(live_course):
        lesson.unpublish()
    assert type(unit).objects.get(pk=unit.pk).permissions_for_user(author).can_delete()


@pytest.mark.parametrize("name", ["outline", "history", "team", "preview"])
def test_screens_are_there_for_the_team_and_nobody_else(
    name, draft_course, author, reviewer, outsider, learner, as_person
):
    url = reverse(f"courses:{name}", args=[draft_course.pk])

    assert as_person(author).get(url).status_code == 200
    assert as_person(reviewer).get(url).status_code == 200
    assert as_person(outsider).get(url, follow=True).status_code == 404
    assert as_person(learner).get(url).status_code == 302


def test_the_submit_screen_is_the_authors(draft_course, author, reviewer, as_person):
    url = reverse("courses:submit", args=[draft_course.pk])

    assert as_person(author).get(url).status_code == 200
    assert as_person(reviewer).get(url, follow=True).status_code == 404


def test_activities_are_written_by_the_authors_of_their_course(
    draft_course, author, reviewer, outsider, administrator
):
    quiz = make_quiz(draft_course, placed=False)
    policy = policy_registry.get(quiz)

    assert isinstance(policy_registry.get_by_type(Activity), CourseOwnedPermissionPolicy)
    assert CourseOwnedPermissionPolicy(type(quiz)).user_has_permission_for_instance(author, "change", quiz)
    assert not CourseOwnedPermissionPolicy(type(quiz)).user_has_permission_for_instance(
        author, "publish", quiz
    )
    assert not CourseOwnedPermissionPolicy(type(quiz)).user_has_permission_for_instance(
        reviewer, "change", quiz
    )
    assert not CourseOwnedPermissionPolicy(type(quiz)).user_has_permission_for_instance(
        outsider, "view", quiz
    )
    assert policy.user_has_permission_for_instance(administrator, "publish", quiz)


def test_courses_for_a_person_are_their_own_and_all_for_a_site_reviewer(draft_course, author, outsider):
    make_course("Other")

    assert [c.title for c in access.courses_for(author)] == ["Confiscation"]
    assert list(access.courses_for(outsider)) == []
    assert {c.title for c in access.courses_for(make_staff(Role.REVIEWER))} >= {"Confiscation", "Other"}
