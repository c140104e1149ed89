"""Quizzes are put together: order, draws, sections, questions of banks, rules."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from assessments import drafts
from assessments.authoring.sentences import review_sentences
from assessments.models import ItemKind, Quiz, QuizItem, default_review
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_question, make_quiz
from tests.factories.cms import make_locale
from tests.factories.courses import make_course
from tests.factories.kinds import make_ready_question

pytestmark = pytest.mark.django_db


def draft_of(quiz):
    return Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object()


def state_of(quiz):
    return drafts.state_of(Quiz.objects.get(pk=quiz.pk))


def held(quiz):
    return [item.question_id for item in draft_of(quiz).items.all()]


def arrange(client, quiz, **sent):
    sent = {name.replace("_", "-"): value for name, value in sent.items()}
    return client.post(reverse("quizzes:arrange", args=[quiz.pk]), {"state": state_of(quiz)} | sent)


def rules(**changed):
    return {
        "title": "Final test",
        "completion_rule": "passed",
        "pass_mark": "70",
        "attempts_allowed": "2",
        "grading_method": "best",
        "bands-TOTAL_FORMS": 0,
        "bands-INITIAL_FORMS": 0,
    } | changed


def save_rules(client, quiz, **changed):
    return client.post(reverse("quizzes:rules", args=[quiz.pk]), rules(**changed))


@pytest.mark.parametrize(
    ("typed", "order"),
    [({"order_0": 3}, [1, 2, 0]), ({"order_2": 1}, [2, 0, 1]), ({}, [0, 1, 2]), ({"order_1": ""}, [0, 1, 2])],
)
def test_places_are_changed_by_number(client, course, author, typed, order):
    quiz = make_quiz(course, questions=3)
    before = held(quiz)

    arrange(client, quiz, **typed)

    assert held(quiz) == [before[place] for place in order]


def test_points_are_typed_in_the_list(client, course, author):
    quiz = make_quiz(course, questions=2)

    arrange(client, quiz, points_0="2.5", points_1="")

    assert [item.points for item in draft_of(quiz).items.all()] == [2.5, 1]


def test_points_that_cannot_be_are_refused_and_kept_in_the_form(client, course, author):
    quiz = make_quiz(course, questions=2)

    answer = arrange(client, quiz, points_0="-3", points_1="4")

    assert answer.status_code == 422
    assert 'value="-3"' in answer.text
    assert 'value="4"' in answer.text
    assert [item.points for item in draft_of(quiz).items.all()] == [1, 1]


def test_a_list_that_somebody_else_has_changed_is_not_overwritten(client, course, author):
    quiz = make_quiz(course, questions=2)
    state = state_of(quiz)
    drafts.save_quiz(quiz, user=author, title="Changed elsewhere")

    answer = client.post(
        reverse("quizzes:arrange", args=[quiz.pk]), {"state": state, "move": "out-0"}, follow=True
    )

    assert "changed in the meantime" in answer.text
    assert len(held(quiz)) == 2


def test_random_questions_are_drawn_from_a_bank_and_the_pool_is_counted(client, course, author):
    quiz = make_quiz(course, questions=1)
    bank = make_bank(course)
    make_question(bank, difficulty=3)
    make_question(bank, difficulty=3, live=False)
    sent = {"draw_bank": bank.pk, "draw_difficulty": "3", "draw_count": "1", "points": "2"}

    said = client.get(reverse("quizzes:count_pool", args=[quiz.pk]), sent)
    client.post(reverse("quizzes:add_draw", args=[quiz.pk]), sent)

    draw = draft_of(quiz).items_to_read()[-1]
    assert said.text == "1 approved question can be drawn."
    assert (draw.kind, draw.draw_bank, draw.draw_difficulty, draw.points) == (ItemKind.DRAW, bank, 3, 2)
    assert draft_of(quiz).publish_problems() == []
    assert "1 approved question to draw from" in client.get(reverse("quizzes:edit", args=[quiz.pk])).text


def test_a_category_of_another_bank_is_refused(client, course, author):
    quiz = make_quiz(course, questions=1)
    other = make_bank().categories.create(name="Elsewhere")

    answer = client.post(
        reverse("quizzes:add_draw", args=[quiz.pk]),
        {"draw_bank": make_bank(course).pk, "draw_category": other.pk, "draw_count": "1", "points": "1"},
    )

    assert answer.status_code == 422
    assert "belongs to another bank" in answer.text
    assert len(held(quiz)) == 1


def test_a_draw_is_changed_where_it_stands(client, course, author):
    quiz = make_quiz(course, questions=1)
    bank = make_bank(course)
    draw = QuizItem(kind=ItemKind.DRAW, draw_bank=bank, draw_count=1)
    drafts.place_item(quiz, draw, user=author)

    sent = {"draw_bank": bank.pk, "draw_count": "5", "points": "1", "state": state_of(quiz)}
    client.post(reverse("quizzes:edit_draw", args=[quiz.pk, 1]), sent)

    assert [item.draw_count for item in draft_of(quiz).items.all()][1] == 5
    assert len(held(quiz)) == 2


def test_a_section_has_words_and_may_shuffle(client, course, author):
    quiz = make_quiz(course, questions=1)

    client.post(reverse("quizzes:add_section", args=[quiz.pk]), {"title": "Part two", "shuffle": "on"})

    section = draft_of(quiz).items_to_read()[-1]
    assert section.words == {"en": {"title": "Part two", "instructions": ""}}
    assert section.shuffle
    assert "Section: Part two" in client.get(reverse("quizzes:edit", args=[quiz.pk])).text


def test_sections_and_overall_feedback_are_translated_with_the_quiz(client, course, author):
    make_locale("fr")
    quiz = make_quiz(course, questions=1, bands=[{"key": "k", "from": "0.8"}])
    client.post(reverse("quizzes:add_section", args=[quiz.pk]), {"title": "Part two"})

    sent = {"title": "Examen", "section-1-title": "Deuxième partie", "band-k": rich_text("<p>Bravo</p>")}
    client.post(reverse("quizzes:words", args=[quiz.pk, "fr"]), sent)

    draft = draft_of(quiz)
    assert draft.items_to_read()[1].words["fr"]["title"] == "Deuxième partie"
    assert draft.items_to_read()[1].words["en"]["title"] == "Part two"
    assert "Bravo" in draft.wording("fr").bands["k"]


def test_questions_of_banks_are_ticked_and_added(client, course, author):
    quiz = make_quiz(course, questions=1)
    own = make_question(make_bank(course), name="Of the course")
    shared = make_question(make_bank(name="For everybody"), name="Shared")
    drafted = make_question(shared.bank, name="Shared but not approved", live=False)
    other = make_question(make_bank(make_course("Other")), name="Of another course")

    page = client.get(reverse("quizzes:choose", args=[quiz.pk]))
    client.post(
        reverse("quizzes:choose", args=[quiz.pk]),
        {"question": [own.pk, shared.pk, drafted.pk, other.pk], "points": "3"},
    )

    for question, is_offered in [(own, True), (shared, True), (drafted, False), (other, False)]:
        assert (f">{question.name}<" in page.text) is is_offered
    assert held(quiz)[1:] == [shared.pk, own.pk] or held(quiz)[1:] == [own.pk, shared.pk]
    assert [item.points for item in draft_of(quiz).items.all()] == [1, 3, 3]


def test_a_question_that_belongs_to_a_case_comes_only_with_the_case(client, course, author):
    bank = make_bank(course)
    quiz = make_quiz(course, questions=1)
    case, part = make_ready_question("case", bank), make_question(bank, name="About the case")
    drafts.add_parts(case, [part], points=4, user=author)

    with pytest.raises(drafts.DraftRefused, match="belongs to a case"):
        drafts.add_questions(quiz, [part], points=1, user=author)
    drafts.add_questions(quiz, [case], points=1, user=author)

    page = client.get(reverse("quizzes:edit", args=[quiz.pk]))
    assert "About the case" in page.text
    assert draft_of(quiz).publish_problems() == []


def test_a_filter_narrows_the_choice(client, course, author):
    quiz = make_quiz(course, questions=1)
    bank = make_bank(course)
    make_question(bank, name="Hard one", difficulty=3)
    make_question(bank, name="Easy one", difficulty=1)

    page = client.get(reverse("quizzes:choose", args=[quiz.pk]), {"difficulty": 3})

    assert "Hard one" in page.text
    assert "Easy one" not in page.text


def test_all_rules_are_saved_as_a_draft(client, course, author):
    quiz = make_quiz(course, questions=1)
    pretest = make_quiz(course, questions=1, title="Before")
    sent = {
        "time_limit": "45",
        "grace_seconds": "60",
        "hours_between": "24",
        "questions_per_page": "5",
        "sequential": "on",
        "shuffle_questions": "on",
        "review_after": ["marks"],
        "review_closed": ["answers", "right"],
        "right_when_spent": "",
        "anonymous_marking": "on",
        "pretest": pretest.pk,
        "bands-TOTAL_FORMS": 2,
        "bands-0-least": "80",
        "bands-0-text": rich_text("<p>Very good</p>"),
        "bands-1-least": "0",
        "bands-1-text": rich_text("<p>Read again</p>"),
    }

    answer = save_rules(client, quiz, **sent)

    draft = draft_of(quiz)
    assert answer.status_code == 302
    assert (draft.time_limit, draft.grace_seconds, draft.hours_between) == (45, 60, 24)
    assert (draft.questions_per_page, draft.sequential, draft.shuffle_questions) == (5, True, True)
    assert draft.review == {"after": ["marks"], "later": [], "closed": ["answers", "right"]}
    assert (draft.right_when_spent, draft.anonymous_marking, draft.pretest) == (False, True, pretest)
    assert [band["from"] for band in draft.bands] == ["0", "0.8"]
    words = draft.wording("en").bands
    assert "Read again" in words[draft.bands[0]["key"]]
    assert not Quiz.objects.get(pk=quiz.pk).sequential


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"practice": "on", "time_limit": "30"}, "Practice has no clock"),
        ({"review_after": ["feedback"]}, "tick the questions too"),
        ({"pretest": "itself"}, "cannot be its own pre-test"),
        (
            {"bands-TOTAL_FORMS": 2, "bands-0-least": "50", "bands-1-least": "50"},
            "overall feedbacks begin at 50",
        ),
        ({"bands-TOTAL_FORMS": 1, "bands-0-text": rich_text("<p>Well</p>")}, "Say from which result on"),
        ({"time_limit": "2000"}, "1440"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_a_sentence_and_nothing_is_saved(
    client, course, author, sent, sentence
):
    quiz = make_quiz(course, questions=1)
    if sent.get("pretest") == "itself":
        sent = {"pretest": quiz.pk}

    answer = save_rules(client, quiz, title="As typed", **sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "As typed" in answer.text
    assert draft_of(quiz).title == quiz.title


def test_two_quizzes_are_not_one_anothers_pretest(client, course, author):
    before = make_quiz(course, questions=1)
    after = make_quiz(course, questions=1, pretest=before, title="After teaching")

    answer = save_rules(client, before, pretest=after.pk)

    assert answer.status_code == 422
    assert "“After teaching” is the post-test of this quiz already." in answer.text


def test_the_preview_draws_one_sample(client, course, author):
    quiz = make_quiz(course, questions=0, published=False)
    bank = make_bank(course)
    for _number in range(3):
        make_question(bank)
    drafts.place_item(quiz, QuizItem(kind=ItemKind.DRAW, draw_bank=bank, draw_count=2), user=author)

    page = client.get(reverse("quizzes:preview", args=[quiz.pk]))

    assert "2 questions were drawn at random" in page.text
    assert page.text.count("What comes first?") == 2


def test_what_learners_see_is_said_in_sentences():
    said = review_sentences(default_review(), right_when_spent=True)

    assert said == [
        "Right after handing in, Later, while the quiz is open: "
        "the questions with their own answers, marks and feedback.",
        "After the quiz has closed: the questions with their own answers, marks, feedback and the right answers.",
        "Right answers also show once the quiz is passed or no attempt is left.",
    ]
    assert "nothing but" in review_sentences({}, right_when_spent=False)[0]


def test_a_quiz_costs_as_many_queries_with_twelve_questions_as_with_two(client, course, author):
    def queries(quiz, name):
        client.get(reverse(f"quizzes:{name}", args=[quiz.pk]))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(f"quizzes:{name}", args=[quiz.pk]))
        return len(found)

    small, large = make_quiz(course, questions=2), make_quiz(course, questions=12)
    for quiz in (small, large):
        quiz.save_revision(clean=False)

    for name in ("edit", "choose", "rules"):
        assert queries(small, name) == queries(large, name), name


def test_the_screens_of_a_quiz_are_for_its_authors(client, course):
    quiz = make_quiz(course, questions=1)
    names = ("rules", "choose", "add_draw", "add_section", "count_pool")

    anonymous = [client.get(reverse(f"quizzes:{name}", args=[quiz.pk])).status_code for name in names]
    client.force_login(make_staff())
    strangers = [
        client.get(reverse(f"quizzes:{name}", args=[quiz.pk]), follow=True).status_code for name in names
    ]

    assert set(anonymous) == {302}
    assert set(strangers) == {404}
