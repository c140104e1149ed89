"""Every kind of question is written in a form of its own, and its form gives back what it was given."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from assessments import drafts, kinds
from assessments.authoring.desk import Desk
from assessments.authoring.kinds import editor_of
from assessments.models import Question, QuestionKind
from tests.assessments.authoring.conftest import as_sent
from tests.factories.assessments import make_bank
from tests.factories.cms import make_image
from tests.factories.courses import make_lesson
from tests.factories.kinds import READY, make_ready_question

pytestmark = pytest.mark.django_db


def posted(sent):
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value) if isinstance(value, list) else data.update({name: value})
    return data


def reopened(question):
    return editor_of(
        question.get_latest_revision_as_object(), Desk(question.bank, with_points=True), points=1
    )


def sent_with(question, **changes):
    return as_sent(reopened(question)) | {name.replace("__", "-"): value for name, value in changes.items()}


def written(question, sent):
    """The question as the form says it, not saved."""
    draft = question.get_latest_revision_as_object()
    editor = editor_of(draft, Desk(question.bank, with_points=True), posted(sent))
    assert editor.is_valid(), editor.form.errors
    editor.fill()
    return draft


@pytest.mark.parametrize("kind", READY)
def test_saving_a_form_nobody_touched_changes_nothing(kind, course):
    question = make_ready_question(kind, make_bank(course))

    draft = written(question, sent_with(question))

    assert draft.content == question.content
    assert draft.name == question.name


@pytest.mark.parametrize("kind", READY)
def test_each_kind_is_written_in_a_quiz_and_ready(client, course, author, kind):
    from assessments.models import Quiz

    quiz = Quiz.begin(course=course, title="Final test")
    quiz.live = False
    quiz.save()
    quiz.save_revision(clean=False)
    pattern = make_ready_question(kind)
    image = make_image()
    sent = sent_with(pattern) | ({"image": image.pk} if kind == "hotspot" else {})

    answer = client.post(
        f"{reverse('quizzes:add_question', args=[quiz.pk])}?kind={kind}", posted(sent).dict() | lists(sent)
    )

    assert answer.status_code == 302
    [item] = Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object().items_to_read()
    assert item.shown.kind == kind
    problems = item.problems("en")
    assert problems == ([f"“{item.shown.name}”: It has no questions yet."] if kind == "case" else [])


def lists(sent):
    return {name: value for name, value in sent.items() if isinstance(value, list)}


@pytest.mark.parametrize("kind", READY)
def test_the_form_of_each_kind_is_drawn_and_previewed(client, course, author, kind):
    question = make_ready_question(kind, make_bank(course))
    url = reverse("question_bank:edit", args=[question.pk])

    page = client.get(url)
    drawn = client.post(
        reverse("question_bank:preview", args=[question.bank_id]),
        posted(sent_with(question)).dict() | lists(sent_with(question)) | {"preview-kind": kind},
    )

    assert page.status_code == 200
    assert str(kinds.get(kind).description) in page.text
    assert drawn.status_code == 200
    assert "assets in" in drawn.text if kind == "gaps" else "What does the law say?" in drawn.text


def test_the_same_answer_twice_is_one_target(course):
    question = make_ready_question("matching", make_bank(course))

    draft = written(question, sent_with(question, pairs__1__answer="Temporary"))

    assert [item["match"] for item in draft.options] == ["x", "x", "x"]
    assert draft.settings["targets"] == ["x", "z"]


def test_an_answer_that_is_reworded_keeps_its_key_so_that_translations_stay(course):
    question = make_ready_question("matching", make_bank(course))

    draft = written(question, sent_with(question, pairs__1__answer="For ever"))

    assert draft.options[1]["match"] == "y"
    assert draft.wording("en").options["y"]["text"] == "For ever"


def test_steps_are_kept_in_the_order_of_their_places(course):
    question = make_ready_question("ordering", make_bank(course))

    draft = written(question, sent_with(question, steps__0__ORDER="3", steps__2__ORDER="1"))

    assert [step["key"] for step in draft.options] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("1,5", "1.5"), ("1.500,25", "1500.25"), ("٤٢", "42"), ("1e3", "1000")]
)
def test_numbers_are_typed_as_people_type_them(course, typed, kept):
    question = make_ready_question("numeric", make_bank(course))

    assert written(question, sent_with(question, values__0__value=typed)).options[0]["value"] == kept


def test_what_is_no_number_is_refused_beside_its_field_and_kept(client, course, author):
    question = make_ready_question("numeric", make_bank(course))

    answer = client.post(
        reverse("question_bank:edit", args=[question.pk]), sent_with(question, values__0__value="many")
    )

    assert answer.status_code == 422
    assert "“many” is not a number." in answer.text
    assert not Question.objects.get(pk=question.pk).has_unpublished_changes


def test_a_gap_marked_in_the_text_gets_its_rows_after_saving(client, course, author):
    question = make_ready_question("gaps", make_bank(course))
    stem = rich_text("<p>In [[1]] states agreed to [[2]] assets in [[3]]: see [[4]].</p>")

    answer = client.post(
        reverse("question_bank:edit", args=[question.pk]), sent_with(question, stem=stem), follow=True
    )

    assert "Now say what fills the new gaps." in answer.text
    assert 'name="gap-4-mode"' in answer.text
    draft = Question.objects.get(pk=question.pk).get_latest_revision_as_object()
    assert [gap["key"] for gap in draft.options] == ["1", "2", "3", "4"]
    assert draft.options[3] == {"key": "4", "mode": "typed", "points": "1", "choices": []}


def test_a_gap_ticked_to_go_goes(course):
    question = make_ready_question("gaps", make_bank(course))

    draft = written(question, sent_with(question, **{"gap-2-gone": "on"}))

    assert [gap["key"] for gap in draft.options] == ["1", "3"]


def test_of_a_list_the_first_choice_is_right_unless_the_author_says_otherwise(course):
    question = make_ready_question("gaps", make_bank(course))

    draft = written(
        question, sent_with(question, **{"gap-2-choices-0-weight": "", "gap-2-choices-1-weight": ""})
    )

    assert [choice["weight"] for choice in draft.options[1]["choices"]] == ["1", "0"]


def test_partial_credit_is_typed_in_per_cent(course):
    question = make_ready_question("single", make_bank(course))

    draft = written(question, sent_with(question, options__1__weight="33.3"))

    assert draft.options[1]["weight"] == "0.333"


def test_a_share_above_a_hundred_per_cent_is_refused(course):
    question = make_ready_question("single", make_bank(course))
    editor = editor_of(question, Desk(question.bank), posted(sent_with(question, options__1__weight="150")))

    assert not editor.is_valid()


def test_single_choice_becomes_multiple_with_its_options(course):
    question = make_ready_question("single", make_bank(course))

    draft = written(question, sent_with(question, kind="multiple", credit="weights"))

    assert draft.kind == QuestionKind.MULTIPLE
    assert draft.settings == {"credit": "weights"}
    assert [option["key"] for option in draft.options] == ["a", "b"]


def test_words_are_cleaned_by_the_editors_own_rules(course):
    question = make_ready_question("single", make_bank(course))
    sent = sent_with(question, options__0__text=rich_text("<h2>Big</h2><script>bad()</script><b>bold</b>"))

    text = written(question, sent).wording("en").options["a"]["text"]

    assert "<b>bold</b>" in text
    assert "<h2>" not in text
    assert "<script>" not in text


def test_name_category_tags_and_outcome_hold_at_once_even_for_a_live_question(client, course, author):
    question = make_ready_question("single", make_bank(course))
    category = question.bank.categories.create(name="Freezing")
    lesson = make_lesson(course)
    found = {"category": category.pk, "difficulty": "3", "tags": "UNCAC, Freezing", "outcome": "Can freeze."}

    client.post(
        reverse("question_bank:edit", args=[question.pk]),
        sent_with(question, name="Freezing 1", lesson=lesson.pk) | found,
    )

    row = Question.objects.get(pk=question.pk)
    assert (row.category, row.difficulty, row.outcome) == (category, 3, "Can freeze.")
    assert {tag.name for tag in row.tags.all()} == {"uncac", "freezing"}
    assert row.name != "Freezing 1"
    draft = row.get_latest_revision_as_object()
    assert (draft.name, draft.lesson, draft.category) == ("Freezing 1", lesson, category)
    assert {tag.name for tag in draft.tags.all()} == {"uncac", "freezing"}


def test_a_case_gets_its_questions_one_by_one(client, course, author):
    case = make_ready_question("case", make_bank(course), live=False)
    pattern = make_ready_question("essay")
    url = f"{reverse('question_bank:add_part', args=[case.pk])}?kind=essay"

    answer = client.post(url, posted(sent_with(pattern, points="4")).dict() | {"file_types": ["pdf"]})

    assert answer.url == reverse("question_bank:edit", args=[case.pk])
    draft = Question.objects.get(pk=case.pk).get_latest_revision_as_object()
    [part] = draft.parts.all()
    assert (part.question.kind, part.points) == ("essay", 4)
    assert draft.problems("en") == []


def test_questions_of_a_case_are_moved_and_taken_out(client, course, author):
    bank = make_bank(course)
    case = make_ready_question("case", bank, live=False)
    first, second, third = (make_ready_question("single", bank) for _number in range(3))
    drafts.add_parts(case, [first, second, third], points=1, user=author)
    case = Question.objects.get(pk=case.pk)
    sent = sent_with(
        case, parts__0__ORDER="3", parts__2__ORDER="1", parts__1__DELETE="on", parts__0__points="5"
    )

    client.post(reverse("question_bank:edit", args=[case.pk]), sent)

    parts = Question.objects.get(pk=case.pk).get_latest_revision_as_object().parts.all()
    assert [(part.question_id, part.points) for part in parts] == [(third.pk, 1), (first.pk, 5)]


def test_a_question_of_a_case_that_changes_takes_the_case_along(course, author):
    bank = make_bank(course)
    case = make_ready_question("case", bank, live=False)
    part = make_ready_question("single", bank)
    drafts.add_parts(case, [part], points=1, user=author)

    draft = written(part, sent_with(part, stem=rich_text("<p>Reworded</p>")))
    drafts.save_question(draft, user=author)

    [pinned] = Question.objects.get(pk=case.pk).get_latest_revision_as_object().parts.all()
    assert "Reworded" in pinned.question_as_pinned.wording("en").stem
