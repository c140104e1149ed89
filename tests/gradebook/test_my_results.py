"""What learners see of their results."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from enrolments.models import Accommodation, ActivitySchedule
from gradebook.services import comment, enter
from gradebook.typed import parse
from tests.factories.accounts import make_person
from tests.factories.courses import make_course, make_lesson, translate
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.gradebook import make_entry, make_scale
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db


def results_url(edition, language="en"):
    return f"/{language}/learn/{edition.code}/grades/"


def page_of(client, enrolment, language="en"):
    return client.get(results_url(enrolment.edition, language)).content.decode()


def test_a_learner_sees_results_weights_and_the_way_to_the_total(signed_in, enrolment, quiz_one, quiz_two):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_attempt(enrolment, quiz_two.activity, score=Decimal("0.65"))

    page = page_of(signed_in(enrolment.person), enrolment)

    assert "Lesson with Quiz one" in page
    assert "72.5\u00a0%" in page
    assert "(80 + 65) ÷ 2 = 72.5" in page
    assert "73\u00a0%" in page


def test_what_is_hidden_is_said_and_neither_shown_nor_counted(signed_in, enrolment, quiz_one, moot, tutor):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    enter(moot, enrolment, parse("3", moot), by=tutor, comment="A weak pleading")

    page = page_of(signed_in(enrolment.person), enrolment)

    assert "Not released yet" in page
    assert "This total counts only results that have been released." in page
    assert "A weak pleading" not in page
    assert "15\u00a0%" not in page
    assert "80\u00a0%" in page


def test_a_quiz_that_shows_marks_only_after_closing_is_not_betrayed(signed_in, enrolment, quiz_one):
    quiz = quiz_one.activity.specific
    quiz.review = {"after": [], "later": ["answers"], "closed": ["answers", "marks"]}
    quiz.save()
    schedule = ActivitySchedule.objects.create(
        edition=enrolment.edition, activity=quiz, closes_at=timezone.now() + timedelta(days=1)
    )
    make_attempt(enrolment, quiz, score=Decimal("0.37"))
    client = signed_in(enrolment.person)

    assert "37\u00a0%" not in page_of(client, enrolment)
    schedule.closes_at = timezone.now() - timedelta(minutes=1)
    schedule.save()

    assert "37\u00a0%" in page_of(client, enrolment)


def test_somebody_with_an_extension_is_not_called_late(signed_in, enrolment, quiz_one, coordinator):
    quiz = quiz_one.activity
    past = timezone.now() - timedelta(days=1)
    ActivitySchedule.objects.create(edition=enrolment.edition, activity=quiz, due_at=past)
    client = signed_in(enrolment.person)
    assert "Missing" in page_of(client, enrolment)

    Accommodation.objects.create(
        edition=enrolment.edition,
        enrolment=enrolment,
        activity=quiz,
        due_at=timezone.now() + timedelta(days=3),
        reason="A long trial",
        granted_by=coordinator,
    )

    page = page_of(client, enrolment)
    assert "Missing" not in page
    assert "Not due yet" in page


def test_the_comment_is_read_once_the_item_is_released(signed_in, enrolment, quiz_one, tutor):
    comment(quiz_one, enrolment, "Read lesson two <again>.", by=tutor)

    page = page_of(signed_in(enrolment.person), enrolment)

    assert "Read lesson two &lt;again&gt;." in page


def test_the_total_stands_on_the_scale_with_its_word(signed_in, enrolment, scheme, quiz_one):
    scheme.scale = make_scale(("0.7", "Distinction"), ("0", "Fail"), kind="bands", pass_from=Decimal("0.5"))
    scheme.scale.bands.filter(name="Distinction").update(names={"fr": "Très bien"})
    scheme.save()
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    client = signed_in(enrolment.person)

    assert "Distinction" in page_of(client, enrolment)
    assert "Très bien" in page_of(client, enrolment, "fr")


def test_states_are_words(signed_in, enrolment, quiz_one, quiz_two):
    make_entry(quiz_one, enrolment, kind="excused")
    make_attempt(enrolment, quiz_two.activity, score=None, finished=True)

    page = page_of(signed_in(enrolment.person), enrolment)

    assert "Excused" in page
    assert "Waiting for marking" in page
    assert "There is no total yet" in page


def test_titles_are_those_of_the_lessons_in_the_readers_language(signed_in, enrolment, quiz_one):
    lesson = quiz_one.activity.placements.get().lesson
    translate(lesson, "fr", title="La leçon et son quiz")

    page = page_of(signed_in(enrolment.person), enrolment, "fr")

    assert "La leçon et son quiz" in page
    assert "Lesson with Quiz one" not in page


def test_a_course_to_read_says_that_there_are_no_results(signed_in):
    course = make_course(units=1, lessons=1)
    enrolment = make_enrolment(make_edition(course))

    assert "This course gives no results" in page_of(signed_in(enrolment.person), enrolment)


def test_only_ones_own_results_are_there(signed_in, client, edition, enrolment):
    other = make_enrolment(edition, make_person(first_name="Omar", last_name="Haddad"))
    stranger = make_person()

    assert "/accounts/login/" in client.get(results_url(edition)).url
    assert signed_in(stranger).get(results_url(edition)).status_code == 404
    assert "Omar" not in page_of(signed_in(enrolment.person), enrolment).replace(other.person.email, "")


def test_the_classroom_leads_to_the_results(signed_in, enrolment):
    page = signed_in(enrolment.person).get(reverse("learning:outline", args=["spring"])).content.decode()

    assert results_url(enrolment.edition) in page


def test_the_page_asks_as_many_queries_for_two_quizzes_as_for_twelve(
    signed_in, enrolment, scheme, coordinator, django_assert_max_num_queries
):
    from gradebook.services import add_activities
    from tests.factories.assessments import make_quiz

    client = signed_in(enrolment.person)
    page_of(client, enrolment)
    with django_assert_max_num_queries(25) as few:
        page_of(client, enrolment)
    course = scheme.edition.course
    quizzes = [make_quiz(course, lesson=make_lesson(course), questions=1) for _one in range(10)]
    add_activities(scheme, quizzes, by=coordinator)
    for quiz in quizzes:
        make_attempt(enrolment, quiz, score=Decimal("0.5"))

    with django_assert_max_num_queries(len(few)) as many:
        page_of(client, enrolment)

    assert len(many) == len(few)


# --- the staff's page of one learner ---


def test_staff_see_both_totals_and_the_history(signed_in, tutor, coordinator, enrolment, quiz_one, moot):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    enter(moot, enrolment, parse("10", moot), by=coordinator)
    enter(moot, enrolment, parse("12", moot), by=tutor, reason="Second reading")

    url = reverse("edition_grades:learner", args=[enrolment.edition_id, enrolment.pk])
    page = signed_in(tutor).get(url).content.decode()

    assert "73\u00a0%" in page
    assert "The learner sees 80\u00a0%" in page
    assert "Second reading" in page
    assert "Luc Moreau" in page


def test_a_result_and_a_comment_are_entered_on_its_own_screen(signed_in, tutor, enrolment, moot):
    url = reverse("edition_grades:entry", args=[enrolment.edition_id, enrolment.pk, moot.pk])

    signed_in(tutor).post(url, {"value": "17", "comment": "Well argued", "reason": "", "seen": "0"})

    entry = moot.entries.get()
    assert (entry.score, entry.comment) == (Decimal("0.85"), "Well argued")


def test_what_somebody_else_entered_is_not_lost_there_either(signed_in, tutor, coordinator, enrolment, moot):
    url = reverse("edition_grades:entry", args=[enrolment.edition_id, enrolment.pk, moot.pk])
    enter(moot, enrolment, parse("10", moot), by=coordinator)
    client = signed_in(tutor)

    refused = client.post(url, {"value": "17", "comment": "Mine", "reason": "", "seen": "0"})

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Luc Moreau has entered something else meanwhile." in page
    assert "Mine" in page
    assert moot.entries.count() == 1


def test_a_value_that_is_no_result_is_refused_there_with_what_was_typed(signed_in, tutor, enrolment, moot):
    url = reverse("edition_grades:entry", args=[enrolment.edition_id, enrolment.pk, moot.pk])

    refused = signed_in(tutor).post(url, {"value": "lots", "comment": "", "reason": "", "seen": "0"})

    assert refused.status_code == 422
    assert 'value="lots"' in refused.content.decode()
