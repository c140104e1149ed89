"""Essays marked by a rubric: pinned with the question, asked of the marker, read by the learner with the marks."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.authoring.history import lines_of
from assessments.models import Mark, Question, RubricVersion
from assessments.publishing import freeze_question
from assessments.refusals import MarkRefusal, MarkRefused
from assessments.rubrics import pinned_version
from assessments.services import MarkGiven, mark_item
from tests.assessments.authoring.conftest import as_sent
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_essay, make_quiz, take_quiz
from tests.factories.assignments import make_rubric
from tests.factories.courses import give_course_role, make_course
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GOOD = MarkGiven(choices={"c1": "strong", "c2": "fair"}, comments={"c1": "Names every article."})
SENT = {"rubric-c1": "strong", "rubric-c1-comment": "Names every article.", "rubric-c2": "fair", "seen": ""}


@pytest.fixture
def rubric(db):
    return make_rubric()


def take(rubric, **quiz_fields):
    """An essay with the rubric, handed in."""
    quiz = make_quiz(questions=[make_essay(rubric_version=pinned_version(rubric))], **quiz_fields)
    edition = make_tutored_edition(quiz.course)
    return take_quiz(make_enrolment(edition), quiz, {"text": "A judge decides alone."})


@pytest.fixture
def item(rubric):
    return take(rubric).quiz_attempt.items.get()


@pytest.fixture
def marker(item):
    person = make_staff(first_name="Ngozi")
    give_edition_role(person, item.quiz_attempt.attempt.enrolment.edition, Role.MARKER)
    return person


@pytest.fixture
def at_work(client, marker):
    client.force_login(marker, backend=BACKEND)
    return client


def mark_url(item):
    return reverse("marking:mark", args=[item.pk])


def result_page(client, attempt):
    client.force_login(attempt.enrolment.person, backend=BACKEND)
    return client.get(
        reverse("assessments:result", args=[attempt.enrolment.edition.code, attempt.pk]), follow=True
    ).text


def test_freezing_pins_the_rubric_and_another_one_makes_another_version(rubric):
    question = make_essay(rubric_version=pinned_version(rubric))

    first = freeze_question(question)
    rubric.texts.update(levels={"weak": "Poor", "fair": "Fair", "strong": "Strong"})

    assert freeze_question(question) == first
    assert first.rubric_version.content["texts"]["en"]["levels"]["weak"] == "Weak [en]"
    question.rubric_version = pinned_version(rubric)
    assert freeze_question(question).number == first.number + 1


def test_an_author_chooses_a_rubric_and_saving_pins_what_it_says(client, rubric):
    from assessments.authoring.desk import Desk
    from assessments.authoring.kinds import editor_of

    course = make_course()
    others = make_rubric(make_course())
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    client.force_login(author, backend=BACKEND)
    question = make_essay(make_bank(course))
    sent = as_sent(editor_of(question, Desk(question.bank), None)) | {"rubric": rubric.pk}
    url = reverse("question_bank:edit", args=[question.pk])

    client.post(reverse("question_bank:preview", args=[question.bank_id]), sent | {"preview-kind": "essay"})
    assert not RubricVersion.objects.exists()
    assert client.post(url, sent | {"rubric": others.pk}).status_code == 422
    client.post(url, sent)

    draft = Question.objects.get(pk=question.pk).get_latest_revision_as_object()
    assert draft.rubric_version == RubricVersion.objects.get(rubric=rubric)
    assert ("Rubric", f"{rubric.name} · 1") in lines_of(draft)


def test_an_essay_whose_rubric_says_nothing_is_not_ready(rubric):
    rubric.texts.all().delete()
    question = make_essay(rubric_version=pinned_version(rubric))

    assert any("without a title" in problem for problem in question.problems("en"))


def test_the_levels_chosen_give_the_score(at_work, item):
    page = at_work.get(mark_url(item)).text
    assert "Criterion c1 [en]" in page
    assert 'name="points"' not in page

    at_work.post(mark_url(item), SENT)

    mark = Mark.objects.get()
    assert mark.score == Decimal("0.75")
    assert mark.rubric_choices == {"c1": "strong", "c2": "fair"}
    assert mark.rubric_comments == {"c1": "Names every article."}
    assert item.quiz_attempt.attempt.enrolment.attempts.get().score == Decimal("0.75")
    again = at_work.get(mark_url(item)).text
    assert 'value="strong" data-points="4" checked' in again


def test_a_criterion_without_a_level_is_refused_by_name_and_the_rest_stays(at_work, item):
    response = at_work.post(
        mark_url(item), {name: said for name, said in SENT.items() if name != "rubric-c2"}
    )

    assert response.status_code == 422
    assert "Still without one: 2. Criterion c2 [en]." in response.text
    assert 'value="strong" data-points="4" checked' in response.text
    assert "Names every article." in response.text
    assert not Mark.objects.exists()


def test_the_service_takes_no_score_in_the_place_of_levels(item, marker):
    with pytest.raises(MarkRefused) as refused:
        mark_item(item, MarkGiven(Decimal(1)), marker=marker, seen=None)

    assert refused.value.refusal == MarkRefusal.LEVELS_MISSING


def test_other_levels_for_the_same_points_are_another_mark(item, marker):
    first = mark_item(item, GOOD, marker=marker, seen=None)
    other_way = MarkGiven(choices={"c1": "fair", "c2": "strong"})

    assert mark_item(item, GOOD, marker=marker, seen=None) == first
    with pytest.raises(MarkRefused) as refused:
        mark_item(item, other_way, marker=marker, seen=None)
    assert refused.value.refusal == MarkRefusal.MARKED_MEANWHILE


def test_the_later_of_two_markers_reads_the_others_levels_and_keeps_their_own(at_work, item):
    mark_item(item, GOOD, marker=make_staff(first_name="Luc", last_name="Moreau"), seen=None)

    response = at_work.post(mark_url(item), SENT | {"rubric-c1": "weak", "rubric-c1-comment": "Names none."})

    assert response.status_code == 422
    assert "Luc Moreau" in response.text
    assert "Names every article." in response.text
    assert 'value="weak" data-points="0" checked' in response.text
    assert "Names none." in response.text


@pytest.mark.parametrize(
    ("shown", "levels", "comments"),
    [(["marks", "feedback"], True, True), (["marks"], True, False), (["feedback"], False, False)],
)
def test_the_learner_reads_levels_with_the_marks_and_comments_with_the_feedback(
    client, rubric, shown, levels, comments
):
    review = {moment: ["answers", *shown] for moment in ("after", "later", "closed")}
    attempt = take(rubric, review=review)
    before = result_page(client, attempt)
    mark_item(attempt.quiz_attempt.items.get(), GOOD, marker=make_staff(), seen=None)

    page = result_page(client, attempt)

    assert "Criterion c1 [en]" not in before
    assert ("rubric__level--chosen" in page) == levels
    assert ("Names every article." in page) == comments
