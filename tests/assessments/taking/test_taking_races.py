"""Two devices, the clock and staff at the same moment: nothing is lost, doubled or overwritten."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.models import Answer, AnswerFile, QuizAttempt
from assessments.refusals import QuizRefused
from assessments.services import (
    AnswerSave,
    add_file,
    begin_quiz,
    end_overdue_attempt,
    hand_in,
    save_answers,
)
from enrolments.services import grant_accommodation
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_quiz
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.questions import make_question_of
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def begun(**fields):
    quiz = make_quiz(**fields)
    return begin_quiz(make_enrolment(make_edition(quiz.course)), quiz, language="en").attempt


def saving(attempt, item, key, response):
    save = AnswerSave([response], base=0, key=key)
    return lambda: save_answers(attempt, {item.pk: save}, language="en")


def test_of_two_saves_with_the_same_base_one_stands_and_the_other_is_told(db):
    attempt = begun()
    item = attempt.quiz_attempt.items.first()

    done = at_once(saving(attempt, item, "laptop", "a"), saving(attempt, item, "phone", "b"))

    assert sorted((len(one.saved), len(one.newer)) for one in done) == [(0, 1), (1, 0)]
    stands = next(one.saved[0] for one in done if one.saved)
    assert Answer.objects.get().response == stands.response


def test_the_same_save_sent_twice_at_once_is_one(db):
    attempt = begun()
    item = attempt.quiz_attempt.items.first()

    done = at_once(*[saving(attempt, item, "one", "a")] * 4)

    assert all(one.saved and not one.newer for one in done)
    assert Answer.objects.get().sequence == 1


def test_the_clock_and_the_learner_hand_in_once_with_one_receipt(db):
    attempt = begun(time_limit=30)
    QuizAttempt.objects.update(deadline_at=timezone.now() - timedelta(minutes=2))

    at_once(lambda: end_overdue_attempt(attempt.pk), lambda: hand_in(attempt), lambda: hand_in(attempt))

    attempt.refresh_from_db()
    assert attempt.finished_at
    assert Message.objects.filter(kind="assessments.receipt").count() == 1


def test_an_answer_and_more_time_at_once_are_both_kept(db):
    attempt = begun(time_limit=30)
    item, before = attempt.quiz_attempt.items.first(), attempt.quiz_attempt.deadline_at
    grant = {"by": make_staff(), "reason": "As agreed", "enrolment": attempt.enrolment, "extra_minutes": 10}

    saved, granted = at_once(
        saving(attempt, item, "one", "a"), lambda: grant_accommodation(attempt.enrolment.edition, **grant)
    )

    assert saved.saved
    assert granted.pk
    assert QuizAttempt.objects.get().deadline_at - before == timedelta(minutes=10)
    assert Answer.objects.get().response == ["a"]


def test_files_added_at_once_are_never_more_than_allowed(db):
    course = make_course()
    attempt = begun(course=course, questions=[make_question_of("essay", make_bank(course))])
    item = attempt.quiz_attempt.items.get()

    def adding(number):
        file = SimpleUploadedFile(f"{number}.txt", b"In plain words.")
        return lambda: add_file(attempt, item.pk, file, language="en")

    done = at_once(*[adding(number) for number in range(4)])

    assert sum(isinstance(one, QuizRefused) for one in done) == 2
    assert AnswerFile.objects.count() == 2
    assert sorted(Answer.objects.get().response["files"]) == sorted(
        AnswerFile.objects.values_list("pk", flat=True)
    )


def test_a_file_added_while_handing_in_is_handed_in_or_refused(db):
    course = make_course()
    attempt = begun(course=course, questions=[make_question_of("essay", make_bank(course))])
    item = attempt.quiz_attempt.items.get()
    file = SimpleUploadedFile("annex.txt", b"In plain words.")

    added, _handed_in = at_once(
        lambda: add_file(attempt, item.pk, file, language="en"), lambda: hand_in(attempt)
    )

    if isinstance(added, AnswerFile):
        assert Answer.objects.get().response["files"] == [added.pk]
    else:
        assert isinstance(added, QuizRefused)
        assert not AnswerFile.objects.exists()
