"""Weights, scales and which activities are in the gradebook."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.models import Assignment
from courses.models import LessonActivity
from enrolments.services import copy_edition
from foundation.audit.models import Entry
from gradebook.book import Book
from gradebook.models import GradeScale, GradeScheme, NewResults
from gradebook.offers import offered_activities, orphaned_items
from gradebook.refusals import ReasonNeeded
from gradebook.scales import load_scales
from gradebook.services import (
    add_activities,
    add_manual_item,
    change_scheme,
    create_scheme,
    leave_out,
    take_back,
)
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_lesson, place
from tests.factories.gradebook import make_category, make_entry, make_item, make_scale
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db


def setup_url(scheme):
    return reverse("edition_grades:setup", args=[scheme.edition_id])


def posted(client, scheme, **changes):
    """The form of the setup as the browser sends it, with some fields changed."""
    response = client.get(setup_url(scheme))
    fields = {}
    for form in (response.context["rules"], response.context["reason"]):
        fields |= {field.html_name: field.value() for field in form}
    for formset in (response.context["categories"], response.context["items"]):
        for form in (formset.management_form, *formset):
            fields |= {field.html_name: field.value() for field in form}
    fields = {name: value for name, value in fields.items() if value is not None and value is not False}
    fields = {name: "on" if value is True else value for name, value in fields.items()}
    return client.post(setup_url(scheme), fields | changes)


def test_the_default_holds_every_graded_activity_and_no_reading(scheme):
    assert [str(item) for item in scheme.items.all()] == ["Quiz one", "Quiz two"]
    category = scheme.categories.get()
    assert (category.name, category.names["fr"], category.weight) == ("Quizzes", "Quiz", 100)
    assert all(item.released_at for item in scheme.items.all())


def test_beginning_twice_makes_one_gradebook(edition, coordinator):
    assert create_scheme(edition, by=coordinator) == create_scheme(edition, by=coordinator)
    assert Entry.objects.filter(action="gradebook.create_scheme").count() == 1


def test_a_copied_edition_begins_with_the_weights_of_the_one_before_and_without_results(
    scheme, quiz_two, moot, enrolment, coordinator
):
    scheme.scale, scheme.missing = make_scale(), "zero"
    scheme.save()
    moot.due_at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    moot.save()
    make_entry(moot, enrolment, Decimal("0.5"))
    leave_out(quiz_two, by=coordinator, reason="Too easy")
    starts_on = scheme.edition.starts_on + timedelta(days=100)
    copy = copy_edition(scheme.edition, code="autumn", name="", starts_on=starts_on, by=coordinator)

    found = create_scheme(copy, by=coordinator)

    assert (found.scale, found.missing) == (scheme.scale, "zero")
    assert [(one.name, one.weight) for one in found.categories.all()] == [("Quizzes", 100), ("Moot", 50)]
    assert [str(item) for item in found.items.all()] == ["Quiz one", "Pleading"]
    again = found.items.get(name="Pleading")
    assert (again.points, again.released_at, again.entries.count()) == (20, None, 0)
    assert again.due_at.date() == date(2026, 8, 9)
    assert [activity.title for activity in offered_activities(Book(copy))] == ["Quiz two"]


def test_an_assignment_is_shown_out_of_its_own_points(edition, coordinator):
    assignment = Assignment.objects.create(
        course=edition.course, title="Draft an order", max_points=20, live=True
    )
    place(assignment)

    scheme = create_scheme(edition, by=coordinator)

    assert scheme.items.get(activity=assignment.pk).points == 20
    assert [category.name for category in scheme.categories.all()] == ["Quizzes", "Assignments"]
    assert [category.weight for category in scheme.categories.all()] == [50, 50]


def test_before_it_is_begun_the_edition_is_graded_by_the_default(edition, enrolment):
    quiz = edition.course.activities.get(title="Quiz one")
    make_attempt(enrolment, quiz, score=Decimal("0.8"))

    grade = Book(edition).grade(enrolment, released_only=True)

    assert (grade.total, str(grade.standing)) == (80, "80\u00a0%")
    assert not GradeScheme.objects.exists()


def test_a_new_activity_is_offered_and_comes_into_the_category_of_its_kind(scheme, coordinator):
    quiz = make_quiz(scheme.edition.course, title="Quiz three", lesson=make_lesson(scheme.edition.course))
    assert [activity.pk for activity in offered_activities(Book(scheme.edition))] == [quiz.pk]

    added = add_activities(scheme, [quiz], by=coordinator)

    assert [item.category for item in added] == [scheme.categories.get()]
    assert offered_activities(Book(scheme.edition)) == []
    assert add_activities(scheme, [quiz], by=coordinator) == []


@pytest.mark.parametrize("begun", [False, True])
def test_a_quiz_for_practice_is_neither_counted_nor_offered(edition, coordinator, begun):
    practice = make_quiz(edition.course, practice=True, questions=1)
    if begun:
        create_scheme(edition, by=coordinator)
    book = Book(edition)

    assert practice.pk not in {activity.pk for activity in book.activities.values()}
    assert len(book.columns) == 2
    assert offered_activities(book) == []


def test_new_results_are_held_back_where_the_gradebook_says_so(scheme, coordinator):
    scheme.new_results = NewResults.HELD
    scheme.save()
    quiz = make_quiz(scheme.edition.course, lesson=make_lesson(scheme.edition.course))

    (item,) = add_activities(scheme, [quiz], by=coordinator)

    assert item.released_at is None


def test_a_retired_activity_stays_with_its_results_and_is_named(scheme, quiz_one, enrolment):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    LessonActivity.objects.filter(activity=quiz_one.activity).update(retired_at="2026-01-01T00:00Z")

    book = Book(scheme.edition)

    assert book.grade(enrolment).item(quiz_one.pk).score == Decimal("0.8")
    assert orphaned_items(book) == [quiz_one]


def test_an_item_left_out_counts_for_nobody_and_can_be_taken_back(
    scheme, quiz_one, quiz_two, enrolment, coordinator
):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_attempt(enrolment, quiz_two.activity, score=Decimal("0.4"))
    with pytest.raises(ReasonNeeded):
        leave_out(quiz_two, by=coordinator, reason="")

    leave_out(quiz_two, by=coordinator, reason="The key was wrong")
    assert Book(scheme.edition).grade(enrolment).total == 80
    assert offered_activities(Book(scheme.edition)) == []
    take_back(quiz_two, by=coordinator, reason="The key is mended")

    assert Book(scheme.edition).grade(enrolment).total == 60
    assert Entry.objects.filter(action__in=["gradebook.leave_out", "gradebook.take_back"]).count() == 2


def test_an_item_graded_by_hand_is_hidden_unless_told_otherwise(scheme, coordinator):
    category = make_category(scheme)
    blank = make_item(category)
    blank.pk, blank.key = None, "5c0f8f0e-3d0f-4a38-9a53-0f7f7d7f0001"
    blank._state.adding = True

    item = add_manual_item(blank, by=coordinator, shown=False)

    assert item.released_at is None


def test_weights_change_with_a_reason_and_the_log_says_from_what_to_what(signed_in, scheme, coordinator):
    category = scheme.categories.get()

    response = posted(signed_in(coordinator), scheme, **{"categories-0-weight": "40", "reason": "As voted"})

    assert response.status_code == 302
    entry = Entry.objects.get(action="gradebook.change_scheme")
    key = f"category {category.pk}"
    assert (entry.before[key]["weight"], entry.after[key]["weight"]) == ("100.00", "40.00")
    assert entry.reason == "As voted"
    assert list(entry.after) == [key]


def test_without_a_reason_nothing_is_saved_and_what_was_typed_stays(signed_in, scheme, coordinator):
    response = posted(signed_in(coordinator), scheme, **{"categories-0-weight": "40"})

    assert response.status_code == 422
    assert 'value="40"' in response.content.decode()
    assert scheme.categories.get().weight == 100


def test_a_category_is_added_and_an_item_moved_into_it(signed_in, scheme, quiz_two, coordinator):
    client = signed_in(coordinator)
    new = {"categories-1-name": "Exams", "categories-1-name_fr": "Examens", "categories-1-weight": "60"}
    posted(client, scheme, **new, reason="Two kinds")
    exams = scheme.categories.get(name="Exams")

    posted(
        client, scheme, **{"items-1-category": exams.pk, "items-1-points": "20", "reason": "It is an exam"}
    )

    quiz_two.refresh_from_db()
    assert (quiz_two.category, quiz_two.points) == (exams, 20)
    assert exams.names == {"fr": "Examens"}


def test_a_category_that_holds_items_is_not_removed(signed_in, scheme, coordinator):
    response = posted(signed_in(coordinator), scheme, **{"categories-0-DELETE": "on", "reason": "Tidy"})

    assert response.status_code == 422
    assert "Move them to another category first." in response.content.decode()
    assert scheme.categories.count() == 1


def test_weights_that_are_all_nothing_are_refused(signed_in, scheme, coordinator):
    response = posted(signed_in(coordinator), scheme, **{"categories-0-weight": "0", "reason": "?"})

    assert response.status_code == 422
    assert "Every category weighs 0." in response.content.decode()


def test_an_item_is_added_by_hand_on_its_own_screen(signed_in, scheme, coordinator):
    fields = {"name": "Moot", "category": scheme.categories.get().pk, "points": "20", "weight": "1"}

    signed_in(coordinator).post(reverse("edition_grades:add_item", args=[scheme.edition_id]), fields)

    item = scheme.items.get(name="Moot")
    assert (item.points, item.released_at, item.sort_order) == (20, None, 2)


def test_a_change_that_changes_nothing_is_not_recorded(scheme, coordinator):
    assert change_scheme(scheme, lambda: None, by=coordinator, reason="Nothing") is False
    assert not Entry.objects.filter(action="gradebook.change_scheme").exists()


# --- scales ---


def test_a_new_installation_has_scales_with_words_in_three_languages():
    scale = GradeScale.objects.get(slug="distinction")

    assert [(band.from_score, band.name) for band in scale.bands.all()] == [
        (Decimal("0.7"), "Distinction"),
        (Decimal("0.6"), "Merit"),
        (Decimal("0.5"), "Pass"),
        (Decimal(0), "Fail"),
    ]
    assert all({"fr", "ar"} <= set(band.names) for band in scale.bands.all())


def test_a_scale_that_staff_changed_is_left_alone_by_the_next_upgrade():
    GradeScale.objects.filter(slug="letters").update(name="Letters of ours")

    load_scales()

    assert GradeScale.objects.get(slug="letters").name == "Letters of ours"


def scale_fields(*bands, **fields):
    """The form of a scale as the browser sends it."""
    sent = {"name": "Ours", "slug": "ours", "kind": "bands", "maximum": "", "pass_from": ""}
    sent |= {"bands-TOTAL_FORMS": len(bands), "bands-INITIAL_FORMS": 0, "bands-MIN_NUM_FORMS": 0}
    for number, (least, name) in enumerate(bands):
        sent |= {f"bands-{number}-from_score": least, f"bands-{number}-name": name}
    return sent | fields


@pytest.fixture
def registrar(db):
    return make_staff(Role.REGISTRAR)


def test_a_registrar_defines_a_scale(signed_in, registrar):
    fields = scale_fields(("0", "Low"), ("0.5", "High"), **{"bands-1-name_fr": "Haut"})

    response = signed_in(registrar).post(reverse("grading_scales:add"), fields)

    assert response.status_code == 302
    scale = GradeScale.objects.get(slug="ours")
    assert [(band.name, band.names) for band in scale.bands.all()] == [("High", {"fr": "Haut"}), ("Low", {})]
    assert Entry.objects.filter(action="gradebook.add_scale").exists()


@pytest.mark.parametrize(
    ("bands", "fields", "said"),
    [
        ([("0.5", "High")], {}, "Let one band begin at 0."),
        ([("0", "Low"), ("0", "High")], {}, "duplicate"),
        ([("0", "Low")], {}, "Add at least two bands"),
        ([], {"kind": "points"}, "Say how many points a perfect result is worth."),
        ([("0", "Fail")], {"kind": "pass_fail"}, "A scale of pass or fail has two bands"),
        (
            [("0", "Fail"), ("0.6", "Pass")],
            {"kind": "pass_fail", "pass_from": "0.5"},
            "The band “pass” begins at 0.6: put the same here.",
        ),
    ],
)
def test_a_scale_that_does_not_fit_together_is_refused(signed_in, registrar, bands, fields, said):
    response = signed_in(registrar).post(reverse("grading_scales:add"), scale_fields(*bands, **fields))

    assert said in response.content.decode()
    assert not GradeScale.objects.filter(slug="ours").exists()


def test_a_scale_in_use_changes_with_a_reason_alone(signed_in, registrar, scheme):
    scale = make_scale(pass_from=Decimal("0.5"), slug="used")
    GradeScheme.objects.update(scale=scale)
    client = signed_in(registrar)
    url = reverse("grading_scales:edit", args=[scale.pk])
    fields = scale_fields(name="Ours", slug="used", kind="percentage", pass_from="0.6")

    client.post(url, fields)
    scale.refresh_from_db()
    assert scale.pass_from == Decimal("0.5")
    client.post(url, fields | {"reason": "The faculty decided"})

    scale.refresh_from_db()
    assert scale.pass_from == Decimal("0.6")
    assert Entry.objects.get(action="gradebook.change_scale").reason == "The faculty decided"


def test_coordinators_look_at_scales_and_authors_do_not(signed_in, coordinator):
    scale = GradeScale.objects.first()
    client = signed_in(coordinator)
    assert client.get(reverse("grading_scales:index")).status_code == 200
    assert client.get(reverse("grading_scales:edit", args=[scale.pk])).status_code == 302
    assert client.get(reverse("grading_scales:add")).status_code == 302

    assert signed_in(make_staff(Role.AUTHOR)).get(reverse("grading_scales:index")).status_code == 302
