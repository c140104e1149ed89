"""Trainers write quizzes in the CMS; nothing they save is met by a learner before it is published."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from accounts.models import Role
from assessments import drafts
from assessments.kinds import plain
from assessments.models import Question, QuestionKind, Quiz
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.cms import make_locale
from tests.factories.courses import give_course_role, make_course, make_lesson

pytestmark = pytest.mark.django_db

NO_BANDS = {"bands-TOTAL_FORMS": 0, "bands-INITIAL_FORMS": 0}


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def author(course, client):
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    client.force_login(author)
    return author


def begun(course, author):
    quiz = Quiz.begin(course=course, title="Freezing orders")
    quiz.live = False
    quiz.save()
    quiz.save_revision(user=author, clean=False)
    return quiz


def html(words):
    """Words as the editor sends them."""
    return rich_text(f"<p>{words}</p>" if words else "")


def rows(*options, extra=2):
    """What the browser sends for rows of options: (text, right, feedback)."""
    data = {
        "options-TOTAL_FORMS": len(options) + extra,
        "options-INITIAL_FORMS": 0,
        "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 20,
    }
    for place, (text, right, feedback) in enumerate(options):
        data |= {f"options-{place}-text": html(text), f"options-{place}-feedback": html(feedback)}
        data |= {f"options-{place}-correct": "on"} if right else {}
    return data


def typed(stem="<p>What comes first?</p>", *options, **fields):
    options = options or (("Freeze it", True, "Yes."), ("Wait", False, ""))
    return (
        {
            "kind": "single",
            "stem": rich_text(stem),
            "feedback": rich_text(""),
            "hint": rich_text(""),
            "points": "1",
        }
        | rows(*options)
        | fields
    )


def is_not_there(client, url):
    """An address without a language is tried with one before it is given up."""
    return client.get(url, follow=True).status_code == 404


def draft_of(quiz):
    return Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object()


def test_an_author_begins_a_quiz_and_comes_to_its_screen(client, course, author):
    answer = client.post(reverse("quizzes:begin"), {"title": "Freezing orders", "course": course.pk})

    quiz = Quiz.objects.get()
    assert answer.url == reverse("quizzes:edit", args=[quiz.pk])
    assert not quiz.live
    assert client.get(answer.url).status_code == 200


def test_a_single_choice_question_is_written_with_its_options(client, course, author):
    quiz = begun(course, author)

    answer = client.post(reverse("quizzes:add_question", args=[quiz.pk]), typed())

    [item] = draft_of(quiz).items_to_read()
    text = item.shown.wording("en")
    assert answer.url == reverse("quizzes:edit", args=[quiz.pk])
    assert "What comes first?" in text.stem
    assert [option["correct"] for option in item.shown.options] == [True, False]
    said = [plain(text.options[option["key"]]["text"]) for option in item.shown.options]
    assert said == ["Freeze it", "Wait"]
    assert item.shown.name == "What comes first?"
    assert draft_of(quiz).publish_problems() == []


def test_true_or_false_needs_one_click_and_no_options(client, course, author):
    quiz = begun(course, author)
    sent = {"stem": rich_text("<p>A freezing order needs notice.</p>"), "answer": "false", "points": "2"}
    sent |= {"feedback": rich_text(""), "hint": rich_text("")}
    sent |= {"feedback_true": html("No."), "feedback_false": html("")}

    client.post(reverse("quizzes:add_question", args=[quiz.pk]) + "?kind=true_false", sent)

    [item] = draft_of(quiz).items_to_read()
    assert item.points == 2
    assert item.shown.kind == QuestionKind.TRUE_FALSE
    assert item.shown.options == [{"key": "true", "correct": False}, {"key": "false", "correct": True}]
    words = item.shown.wording("en").options["true"]
    assert words["text"] == "True"
    assert plain(words["feedback"]) == "No."
    assert item.shown.problems("en") == []


def test_an_incomplete_question_is_kept_as_a_draft_and_says_what_it_lacks(client, course, author):
    quiz = begun(course, author)

    answer = client.post(
        reverse("quizzes:add_question", args=[quiz.pk]),
        typed("<p>Half a question</p>", ("Only one", False, "")),
        follow=True,
    )

    assert "needs at least two options" in answer.text
    assert "No right answer is marked" in answer.text
    assert len(draft_of(quiz).publish_problems()) == 2


def test_what_was_typed_is_kept_when_a_value_is_out_of_range(client, course, author):
    quiz = begun(course, author)

    answer = client.post(reverse("quizzes:add_question", args=[quiz.pk]), typed(points="900"))

    assert answer.status_code == 422
    assert "Freeze it" in answer.text
    assert "What comes first?" in answer.text
    assert not Question.objects.exists()


def test_options_keep_their_keys_when_they_are_reworded_and_moved(client, course, author):
    quiz = begun(course, author)
    client.post(reverse("quizzes:add_question", args=[quiz.pk]), typed())
    question = draft_of(quiz).items_to_read()[0].shown
    first, second = (option["key"] for option in question.options)

    sent = typed("<p>Reworded</p>", ("Freeze at once", True, ""), ("Wait", False, ""), ("New", False, ""))
    sent |= {"options-0-key": first, "options-0-ORDER": 3, "options-1-key": second, "options-1-ORDER": 1}
    sent |= {"options-2-ORDER": 2, "options-INITIAL_FORMS": 2}
    client.post(reverse("quizzes:edit_question", args=[quiz.pk, question.pk]), sent)

    changed = draft_of(quiz).items_to_read()[0].shown
    keys = [option["key"] for option in changed.options]
    assert keys[0] == second
    assert keys[2] == first
    assert plain(changed.wording("en").options[first]["text"]) == "Freeze at once"


def test_a_row_ticked_for_deletion_goes(client, course, author):
    quiz = begun(course, author)
    sent = typed("<p>Q</p>", ("Freeze it", True, ""), ("Wait", False, ""), ("Mistake", False, ""))

    client.post(reverse("quizzes:add_question", args=[quiz.pk]), sent | {"options-2-DELETE": "on"})

    assert len(draft_of(quiz).items_to_read()[0].shown.options) == 2


def test_the_pass_mark_is_typed_in_per_cent(client, course, author):
    quiz = begun(course, author)
    sent = {"title": "Freezing", "completion_rule": "passed", "pass_mark": "65", "attempts_allowed": "3"}
    sent |= {"grading_method": "best", "learner_title": "Check yourself", "instructions": "Ten minutes."}

    client.post(reverse("quizzes:rules", args=[quiz.pk]), sent | NO_BANDS)

    draft = draft_of(quiz)
    assert float(draft.pass_mark) == 0.65
    assert draft.wording("en").title == "Check yourself"
    assert Quiz.objects.get(pk=quiz.pk).title == "Freezing orders"


@pytest.mark.parametrize("mark", ["0", "101", "", "many"])
def test_a_pass_mark_out_of_range_is_refused_and_keeps_the_rest(client, course, author, mark):
    quiz = begun(course, author)
    sent = {"title": "Typed title", "completion_rule": "passed", "pass_mark": mark, "attempts_allowed": "3"}

    answer = client.post(
        reverse("quizzes:rules", args=[quiz.pk]), sent | {"grading_method": "best"} | NO_BANDS
    )

    assert answer.status_code == 422
    assert "Typed title" in answer.text


def arranged(client, quiz, **sent):
    state = drafts.state_of(Quiz.objects.get(pk=quiz.pk))
    return client.post(reverse("quizzes:arrange", args=[quiz.pk]), {"state": state} | sent)


def test_questions_are_moved_and_taken_out_in_the_draft_only(client, course, author):
    quiz = make_quiz(course, questions=3)
    before = [item.question_id for item in quiz.items.all()]

    arranged(client, quiz, move="up-2")
    arranged(client, quiz, move="out-0")

    assert [item.question_id for item in draft_of(quiz).items.all()] == [before[2], before[1]]
    assert [item.question_id for item in Quiz.objects.get(pk=quiz.pk).items.all()] == before
    assert Quiz.objects.get(pk=quiz.pk).has_unpublished_changes


def test_changing_a_question_marks_its_quiz_as_changed_and_learners_see_nothing_of_it(client, course, author):
    quiz = make_quiz(course)
    question = quiz.items.first().question
    version = quiz.versions.get()

    client.post(reverse("quizzes:edit_question", args=[quiz.pk, question.pk]), typed("<p>Reworded stem</p>"))

    quiz.refresh_from_db()
    assert quiz.has_unpublished_changes
    assert quiz.versions.get() == version
    assert "Reworded" not in str(version.quiz_items.first().question_version.content)
    assert "Reworded stem" in str(quiz.get_latest_revision_as_object().comparison())
    assert "Reworded stem" not in str(quiz.comparison())


def test_publishing_the_quiz_publishes_the_questions_its_revision_pins(course, author):
    quiz = make_quiz(course, questions=1)
    question = quiz.items.get().question
    question.texts.set([])
    drafts.set_wording(question, make_text("First rewording"))
    drafts.save_question(question, user=author)
    submitted = Quiz.objects.get(pk=quiz.pk).latest_revision
    drafts.set_wording(question, make_text("Second rewording"))
    drafts.save_question(question, user=author)

    submitted.publish(skip_permission_checks=True)

    newest = quiz.versions.first()
    assert newest.number == 2
    assert "First rewording" in str(newest.quiz_items.get().question_version.content)
    quiz.refresh_from_db()
    assert quiz.has_unpublished_changes


def make_text(stem):
    from assessments.models import QuestionText

    words = {key: {"text": key, "feedback": ""} for key in "abc"}
    return QuestionText(language="en", stem=f"<p>{stem}</p>", options=words)


def test_a_question_used_by_two_quizzes_marks_both(course, author):
    quiz = make_quiz(course, questions=1)
    question = quiz.items.get().question
    other = make_quiz(course, questions=[question])

    drafts.set_wording(question, make_text("Shared"))
    drafts.save_question(question, user=author)

    for one in (quiz, other):
        one.refresh_from_db()
        assert one.has_unpublished_changes


def test_a_translator_words_a_quiz_beside_the_source(client, course):
    make_locale("ar")
    quiz = make_quiz(course, questions=2)
    translator = make_staff(Role.TRANSLATOR)
    client.force_login(translator)
    [first, second] = quiz.items.all()
    page = client.get(reverse("quizzes:question_words", args=[quiz.pk, first.question_id, "ar"]))
    sent = {"words-stem": rich_text("<p>ما أول خطوة؟</p>")}
    sent |= {f"words-options-{key}-text": html(f"خيار {key}") for key in "abc"}

    answer = client.post(page.request["PATH_INFO"], sent | {"next": "yes"})

    assert "Freeze it [en]" in page.text
    assert 'dir="rtl"' in page.text
    assert answer.url == reverse("quizzes:question_words", args=[quiz.pk, second.question_id, "ar"])
    shown = draft_of(quiz).items_to_read()[0].shown
    assert plain(shown.wording("ar").options["a"]["text"]) == "خيار a"
    assert shown.wording("en").options["a"]["text"] == "Freeze it [en]"
    assert is_not_there(client, reverse("quizzes:edit_question", args=[quiz.pk, first.question_id]))


def test_title_and_instructions_are_translated(client, course, author):
    make_locale("fr")
    quiz = make_quiz(course)

    client.post(
        reverse("quizzes:words", args=[quiz.pk, "fr"]),
        {"title": "Testez-vous", "instructions": "Dix minutes."},
    )

    assert draft_of(quiz).wording("fr").title == "Testez-vous"


def test_the_preview_of_a_question_being_typed_saves_nothing(client, course, author):
    quiz = begun(course, author)

    answer = client.post(
        reverse("quizzes:preview_question", args=[quiz.pk]),
        typed("<p>Being typed</p>") | {"preview-kind": "single"},
    )

    assert "Being typed" in answer.text
    assert "Freeze it" in answer.text
    assert not Question.objects.exists()


def test_the_preview_of_a_quiz_shows_drafts_and_on_request_the_answers(client, course, author):
    quiz = make_quiz(course)

    without = client.get(reverse("quizzes:preview", args=[quiz.pk]))
    with_answers = client.get(reverse("quizzes:preview", args=[quiz.pk]) + "?answers=1")

    assert "Freeze it [en]" in without.text
    assert "Feedback on a" not in without.text
    assert "Feedback on a" in with_answers.text


@pytest.mark.parametrize(
    "name", ["edit", "rules", "preview", "add_question", "choose", "add_draw", "add_section"]
)
def test_quizzes_of_other_peoples_courses_are_not_there(client, course, name):
    quiz = make_quiz(course)
    stranger = make_staff()
    give_course_role(stranger, make_course(), Role.AUTHOR)
    client.force_login(stranger)

    assert is_not_there(client, reverse(f"quizzes:{name}", args=[quiz.pk]))


def test_a_reviewer_reads_a_quiz_but_does_not_change_it(client, course):
    quiz = make_quiz(course)
    client.force_login(make_staff(Role.REVIEWER))

    page = client.get(reverse("quizzes:edit", args=[quiz.pk]))

    assert page.status_code == 200
    assert "Change rules and words" not in page.text
    assert is_not_there(client, reverse("quizzes:rules", args=[quiz.pk]))
    assert is_not_there(client, reverse("quizzes:add_question", args=[quiz.pk]))


@pytest.mark.parametrize("person", ["anonymous", "learner"])
def test_the_screens_of_quizzes_are_for_staff(client, course, person):
    quiz = make_quiz(course)
    if person == "learner":
        client.force_login(make_person())

    answer = client.get(reverse("quizzes:edit", args=[quiz.pk]))

    assert answer.status_code == 302


def test_the_list_shows_the_quizzes_of_my_courses(client, course, author):
    mine, other = make_quiz(course, title="Mine"), make_quiz(make_course("Other"), title="Not mine")

    page = client.get(reverse("quizzes:index"))

    assert mine.title in page.text
    assert other.title not in page.text


def test_nothing_changes_while_the_course_is_being_reviewed(client, course, author):
    from courses.services import submit

    quiz = make_quiz(course, placed=False)
    lesson = make_lesson(course, activities=[quiz])
    question = quiz.items.first().question
    client.post(reverse("quizzes:edit_question", args=[quiz.pk, question.pk]), typed("<p>Reworded</p>"))
    lesson.save_revision()
    submit(course, author, summary="Clearer question")

    answer = client.post(
        reverse("quizzes:edit_question", args=[quiz.pk, question.pk]), typed("<p>Too late</p>")
    )

    assert answer.status_code == 422
    assert "being reviewed" in answer.text
    assert "Too late" in answer.text
    assert "Too late" not in str(draft_of(quiz).comparison())


def test_a_review_shows_what_changed_in_a_question(client, course, author):
    from courses.comparison import item_changes
    from courses.services import submit

    quiz = make_quiz(course, placed=False)
    lesson = make_lesson(course, activities=[quiz])
    lesson.save_revision()
    quiz.save_revision(clean=False).publish(skip_permission_checks=True)
    question = quiz.items.first().question
    client.post(reverse("quizzes:edit_question", args=[quiz.pk, question.pk]), typed("<p>Reworded</p>"))
    change_set = submit(course, author, summary="Clearer question")

    [change] = [one for one in item_changes(change_set) if one.item.activity_id == quiz.pk]

    shown = {comparison.field_label(): comparison.htmldiff() for comparison in change.comparisons}
    assert "Reworded" in shown[f"{question.name} · Words (English)"]
    assert "Pass mark" not in shown
