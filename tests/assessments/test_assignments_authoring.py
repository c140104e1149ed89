"""Authors write assignments and rubrics in the CMS; learners meet nothing of it before it is published."""

import pytest
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from accounts.models import Role
from assessments.assignments.services import authoring
from assessments.models import Assignment, Rubric
from cms.models import LmsDocument
from courses.models import ChangeSet
from courses.services.change_sets import submit
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.assignments import make_assignment, make_rubric, pdf_file
from tests.factories.cms import make_locale
from tests.factories.courses import give_course_role, make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def author(course, client):
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    client.force_login(author)
    return author


@pytest.fixture
def assignment(course, author):
    made = Assignment.begin(course=course, title="A freezing order")
    made.live, made.has_unpublished_changes = False, True
    made.save()
    made.save_revision(user=author, clean=False)
    return made


def url(name, *args):
    return reverse(f"authored_assignments:{name}", args=args)


def rubric_url(name, *args):
    return reverse(f"rubrics:{name}", args=args)


def typed(**fields):
    """What the browser sends for the screen of an assignment."""
    return {
        "title": "A freezing order",
        "learner_title": "Draft the order",
        "instructions": rich_text("<p>Draft the order.</p>"),
        "accepts": "both",
        "max_words": "800",
        "max_files": "2",
        "max_megabytes": "10",
        "file_types": ["pdf", "docx"],
        "completion_rule": "passed",
        "pass_mark": "62.5",
        "max_points": "100",
        "marker_count": "2",
        "difference_limit": "15",
        "on_disagreement": "agree",
        "accepts_late": "on",
        "late_penalty": "5",
        "late_days": "3",
        "compares": "on",
    } | fields


def draft_of(assignment):
    return Assignment.objects.get(pk=assignment.pk).get_latest_revision_as_object()


def is_not_there(client, address):
    """An address without a language is tried with one before it is given up."""
    return client.get(address, follow=True).status_code == 404


class TestAssignments:
    def test_an_author_begins_one_and_comes_to_its_screen(self, client, course, author):
        answer = client.post(url("begin"), {"title": "A freezing order", "course": course.pk})

        made = Assignment.objects.get()
        assert answer.url == url("edit", made.pk)
        assert not made.live
        assert "has no instructions" in client.get(answer.url).text

    def test_rules_and_words_are_saved_as_a_draft(self, client, assignment):
        client.post(url("edit", assignment.pk), typed())

        draft = draft_of(assignment)
        assert (str(draft.pass_mark), str(draft.difference_limit), str(draft.late_penalty)) == (
            "0.625",
            "0.15",
            "0.05",
        )
        assert draft.wording("en").title == "Draft the order"
        assert draft.file_types == ["pdf", "docx"]
        assert draft.publish_problems() == []
        assert not Assignment.objects.get().texts.exists()

    def test_what_does_not_fit_together_is_said_and_kept(self, client, assignment):
        page = client.post(url("edit", assignment.pk), typed(pass_mark="0", max_words="-1"))

        assert page.status_code == 422
        assert "Choose a pass mark from 1 to 100 per cent." in page.text
        assert "Draft the order" in page.text

    def test_documents_come_with_the_instructions(self, client, assignment):
        document = LmsDocument.objects.create(title="The case", file=pdf_file())

        client.post(url("edit", assignment.pk), typed(documents=["", str(document.pk), ""]))

        assert [one.document for one in draft_of(assignment).attachments.all()] == [document]
        assert "The case" in client.get(url("edit", assignment.pk)).text

    def test_a_rubric_is_pinned_as_it_is_until_its_newest_state_is_asked_for(
        self, client, course, assignment, author
    ):
        rubric = make_rubric(course)
        client.post(url("edit", assignment.pk), typed(rubric=rubric.pk))
        authoring.save_rubric(rubric, user=author, name="Sharper")

        client.post(url("edit", assignment.pk), typed(rubric=rubric.pk))
        assert draft_of(assignment).rubric_version.number == 1
        assert "has been changed since" in client.get(url("edit", assignment.pk)).text

        client.post(url("use_newest_rubric", assignment.pk))
        assert draft_of(assignment).rubric_version.number == 2

    def test_words_of_another_language_stand_beside_the_source(self, client, assignment):
        make_locale("fr")
        client.post(url("edit", assignment.pk), typed())
        address = url("words", assignment.pk, "fr")
        sent = {"title": "L’ordonnance", "instructions": rich_text("<p>Rédigez l’ordonnance.</p>")}

        assert "Draft the order." in client.get(address).text
        client.post(address, sent)

        assert draft_of(assignment).wording("fr").title == "L’ordonnance"
        assert draft_of(assignment).wording("en").title == "Draft the order"

    def test_the_preview_is_what_learners_will_read(self, client, assignment, course):
        rubric = make_rubric(course)
        client.post(url("edit", assignment.pk), typed(rubric=rubric.pk))

        page = client.get(url("preview", assignment.pk))

        for said in (
            "Draft the order.",
            "At most 800 words",
            "Criterion c1 [en]",
            "each day begun takes off 5 %",
        ):
            assert said in page.text.replace("\xa0", " ")

    def test_it_is_published_with_its_course_and_frozen(self, client, course, assignment):
        client.post(url("edit", assignment.pk), typed())
        revision = Revision.objects.get(pk=Assignment.objects.get().latest_revision_id)

        revision.publish()

        version = assignment.versions.get()
        assert version.settings["max_words"] == 800
        assert version.assignment_version.texts["en"]["title"] == "Draft the order"

    def test_publishing_again_without_a_change_makes_no_version(self, client, assignment):
        client.post(url("edit", assignment.pk), typed())
        for _time in range(2):
            Revision.objects.get(pk=Assignment.objects.get().latest_revision_id).publish()

        assert assignment.versions.count() == 1

    def test_under_review_nothing_is_changed(self, client, course, assignment, author):
        client.post(url("edit", assignment.pk), typed())
        lesson = make_lesson(course, activities=[assignment])
        lesson.save_revision(user=author)
        submit(course, author, summary="New assignment")
        assert ChangeSet.objects.locking().exists()

        page = client.post(url("edit", assignment.pk), typed(title="Other"))

        assert "being reviewed and cannot be changed" in page.text
        assert draft_of(assignment).title == "A freezing order"

    def test_a_reviewer_reads_what_differs(self, assignment, course):
        lines = dict(make_assignment(course, rubric=make_rubric(course)).comparison())

        assert lines["What is handed in"] == "A text or files"
        assert any("c1 is strong [en]" in line for line in lines.values())

    def test_who_does_not_write_the_course_only_reads(self, client, course, assignment):
        reviewer = make_staff()
        give_course_role(reviewer, course, Role.REVIEWER)
        client.force_login(reviewer)

        client.post(url("edit", assignment.pk), typed(title="Other"))
        page = client.get(url("edit", assignment.pk))

        assert 'name="title"' not in page.text
        assert draft_of(assignment).title == "A freezing order"

    def test_staff_of_other_courses_find_nothing(self, client, assignment):
        other = make_staff()
        give_course_role(other, make_course(), Role.AUTHOR)
        client.force_login(other)

        for name in ("edit", "preview"):
            assert is_not_there(client, url(name, assignment.pk))
        assert assignment.title not in client.get(url("index")).text

    def test_visitors_and_learners_do_not_come_in(self, client, assignment):
        client.logout()
        assert client.get(url("edit", assignment.pk)).status_code == 302
        client.force_login(make_person())
        assert client.get(url("edit", assignment.pk)).status_code in (302, 403)


class TestRubrics:
    @pytest.fixture
    def rubric(self, course):
        return make_rubric(course)

    def grid(self, rubric, **changes):
        """What the browser sends for the grid as it is."""
        sent = {"name": rubric.name, "level": ["weak", "fair", "strong"], "row": ["c1", "c2"]}
        for level in sent["level"]:
            sent[f"level-{level}"] = level.title()
        for row in sent["row"]:
            sent[f"row-{row}"] = f"Row {row}"
            for level, points in zip(sent["level"], ("0", "2", "4"), strict=True):
                sent[f"points-{row}-{level}"] = points
                sent[f"cell-{row}-{level}"] = f"{row} {level}"
        return sent | changes

    def test_a_new_one_is_begun_and_filled_in_a_grid(self, client, course, author):
        begun = client.post(rubric_url("begin"), {"name": "Reasoning", "course": course.pk})

        rubric = Rubric.objects.get()
        assert begun.url == rubric_url("edit", rubric.pk)
        assert "Excellent" in client.get(begun.url).text
        assert rubric.language == "en"

    def test_saving_keeps_points_and_words(self, client, author, rubric):
        client.post(rubric_url("edit", rubric.pk), self.grid(rubric, **{"points-c1-fair": "2,5"}))

        rubric.refresh_from_db()
        text = rubric.texts.get(language="en")
        assert rubric.criteria[0]["points"] == {"weak": "0", "fair": "2.5", "strong": "4"}
        assert text.criteria["c2"]["cells"]["strong"] == "c2 strong"
        assert Entry.objects.filter(action="assessments.change_rubric").count() == 1

    @pytest.mark.parametrize(
        ("button", "levels", "rows"),
        [
            ({"add-row": ""}, 3, 3),
            ({"add-level": ""}, 4, 2),
            ({"remove-row": "c1"}, 3, 1),
            ({"remove-level": "fair"}, 2, 2),
            ({"up": "c2"}, 3, 2),
        ],
    )
    def test_its_buttons_change_the_grid_and_save_nothing(self, client, author, rubric, button, levels, rows):
        page = client.post(
            rubric_url("edit", rubric.pk), self.grid(rubric, **{"row-c2": "Typed just now"}, **button)
        )

        assert page.text.count('name="level"') == levels
        assert page.text.count('name="row"') == rows
        assert "Typed just now" in page.text
        assert not Entry.objects.filter(action="assessments.change_rubric").exists()

    @pytest.mark.parametrize("points", ["many", "-1", "1001", "NaN", "1e999"])
    def test_points_that_are_none_are_said_at_their_place(self, client, author, rubric, points):
        page = client.post(rubric_url("edit", rubric.pk), self.grid(rubric, **{"points-c1-weak": points}))

        assert page.status_code == 422
        assert 'aria-describedby="error-c1-weak"' in page.text

    def test_its_words_in_another_language_keep_points_and_rows(self, client, author, rubric):
        make_locale("ar")
        before = rubric.criteria
        sent = self.grid(rubric, **{"row-c1": "التعليل"})

        client.post(rubric_url("words", rubric.pk, "ar"), sent)

        rubric.refresh_from_db()
        assert rubric.criteria == before
        assert rubric.texts.get(language="ar").criteria["c1"]["title"] == "التعليل"
        assert rubric.texts.get(language="en").criteria["c1"]["title"] == "Criterion c1 [en]"

    def test_one_no_longer_offered_cannot_be_chosen_anew(self, client, course, author, rubric):
        client.post(rubric_url("retire", rubric.pk))
        made = make_assignment(course)

        page = client.post(url("edit", made.pk), typed(rubric=rubric.pk))

        assert page.status_code == 422

    def test_a_rubric_of_every_course_is_changed_by_those_who_may_begin_courses(self, client, author):
        shared = make_rubric()

        client.post(rubric_url("edit", shared.pk), self.grid(shared, name="Mine"))

        shared.refresh_from_db()
        assert shared.name != "Mine"
        assert "c1 is strong [en]" in client.get(rubric_url("edit", shared.pk)).text

    def test_the_list_holds_those_of_one_s_courses_and_of_every_course(self, client, author, rubric):
        shared, foreign = make_rubric(), make_rubric(make_course())

        page = client.get(rubric_url("index"))

        assert rubric.name in page.text
        assert shared.name in page.text
        assert foreign.name not in page.text

    def test_staff_of_other_courses_find_nothing(self, client, rubric):
        other = make_staff()
        give_course_role(other, make_course(), Role.AUTHOR)
        client.force_login(other)

        assert is_not_there(client, rubric_url("edit", rubric.pk))
