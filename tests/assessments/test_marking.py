"""Marks given by people: appended, never overwritten unseen, and the score they lead to."""

from decimal import Decimal

import pytest

from assessments.models import Mark
from assessments.refusals import MarkRefusal, MarkRefused
from assessments.services import MarkGiven, mark_item
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db

HALF = MarkGiven(Decimal("0.5"), "Well argued; name the article.")


@pytest.fixture
def quiz(db):
    return make_quiz(questions=[make_question(), make_essay(), make_essay()])


@pytest.fixture
def enrolment(quiz):
    return make_enrolment(make_edition(quiz.course))


@pytest.fixture
def attempt(quiz, enrolment):
    return take_quiz(enrolment, quiz, ["a"], {"text": "First essay"}, {"text": "Second essay"})


@pytest.fixture
def items(attempt):
    return list(attempt.quiz_attempt.items.all())


@pytest.fixture
def marker(db):
    return make_staff(first_name="Ngozi")


@pytest.fixture
def other(db):
    return make_staff(first_name="Luc")


def give(item, given=HALF, *, marker, seen=None):
    return mark_item(item, given, marker=marker, seen=seen)


def test_an_attempt_has_its_score_once_its_last_essay_is_marked(attempt, items, marker):
    give(items[1], marker=marker)
    attempt.refresh_from_db()
    assert attempt.score is None

    give(items[2], MarkGiven(Decimal(1)), marker=marker)

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.833")


def test_the_learner_is_told_once_when_everything_is_marked(attempt, items, marker):
    first = give(items[1], marker=marker)
    assert not Message.objects.filter(kind="assessments.marked").exists()
    give(items[2], marker=marker)
    give(items[1], MarkGiven(Decimal(1), reason="Misread"), marker=marker, seen=first.pk)

    message = Message.objects.get(kind="assessments.marked")

    assert message.recipient == attempt.enrolment.person
    assert f"/attempts/{attempt.pk}/result/" in message.body


def test_an_attempt_that_is_passed_by_its_marks_completes_the_quiz(attempt, items, marker):
    give(items[1], MarkGiven(Decimal("0.6")), marker=marker)
    assert not attempt.enrolment.completions.exists()

    give(items[2], MarkGiven(Decimal("0.5")), marker=marker)

    assert attempt.enrolment.completions.filter(activity=attempt.activity).exists()


def test_one_of_three_points_and_six_of_seven_make_seven_of_ten(enrolment, marker):
    quiz = make_quiz(enrolment.edition.course, questions=[make_essay(), make_essay()])
    quiz.versions.get().quiz_items.filter(sort_order=0).update(points=3)
    quiz.versions.get().quiz_items.filter(sort_order=1).update(points=7)
    attempt = take_quiz(enrolment, quiz, {"text": "One"}, {"text": "Two"})
    first, second = attempt.quiz_attempt.items.all()

    give(first, MarkGiven(round(Decimal(1) / 3, 8)), marker=marker)
    give(second, MarkGiven(round(Decimal(6) / 7, 8)), marker=marker)

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.7")
    assert attempt.passed


def test_a_mark_that_somebody_else_gave_meanwhile_is_not_overwritten(items, marker, other):
    theirs = give(items[1], marker=other)

    with pytest.raises(MarkRefused) as refused:
        give(items[1], MarkGiven(Decimal(1)), marker=marker)

    assert refused.value.refusal == MarkRefusal.MARKED_MEANWHILE
    assert refused.value.mark == theirs
    assert Mark.objects.get() == theirs


def test_a_second_click_finds_the_mark_of_the_first(items, marker):
    assert give(items[1], marker=marker) == give(items[1], marker=marker)
    assert Mark.objects.count() == 1


def test_a_mark_is_changed_by_another_one_and_that_is_recorded(attempt, items, marker, other):
    first = give(items[1], marker=marker)

    second = give(items[1], MarkGiven(Decimal("0.75")), marker=other, seen=first.pk)

    assert list(Mark.objects.all()) == [first, second]
    entry = Entry.objects.get(action="assessments.mark")
    assert entry.actor == other
    assert Decimal(entry.before["score"]) == Decimal("0.5")
    assert Decimal(entry.after["score"]) == Decimal("0.75")


def test_a_score_the_learner_may_have_seen_changes_only_with_a_reason(attempt, items, marker):
    first = give(items[1], marker=marker)
    give(items[2], marker=marker)

    with pytest.raises(MarkRefused) as refused:
        give(items[1], MarkGiven(Decimal(1)), marker=marker, seen=first.pk)
    give(items[1], MarkGiven(Decimal(1), reason="A page was overlooked"), marker=marker, seen=first.pk)

    assert refused.value.refusal == MarkRefusal.REASON_NEEDED
    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.833")
    assert Entry.objects.get(action="learning.rescore_attempt").reason == "A page was overlooked"


def test_what_the_key_gave_is_overridden_only_with_a_reason(attempt, items, marker):
    with pytest.raises(MarkRefused) as refused:
        give(items[0], MarkGiven(Decimal(0)), marker=marker)
    assert refused.value.refusal == MarkRefusal.REASON_NEEDED

    give(items[0], MarkGiven(Decimal(0), reason="Copied"), marker=marker)
    give(items[1], MarkGiven(Decimal(1)), marker=marker)
    give(items[2], MarkGiven(Decimal(1)), marker=marker)

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.666")
    entry = Entry.objects.get(action="assessments.mark")
    assert (entry.reason, Decimal(entry.before["score"])) == ("Copied", Decimal(1))


def test_an_essay_left_empty_earns_nothing_and_waits_for_nobody(enrolment):
    quiz = make_quiz(enrolment.edition.course, questions=[make_question(), make_essay()])

    assert take_quiz(enrolment, quiz, ["a"]).score == Decimal("0.5")


@pytest.mark.parametrize("score", [Decimal("-0.1"), Decimal("1.01")])
def test_a_mark_beyond_the_points_is_refused(items, marker, score):
    with pytest.raises(MarkRefused) as refused:
        give(items[1], MarkGiven(score), marker=marker)

    assert refused.value.refusal == MarkRefusal.OUT_OF_RANGE


def test_nobody_marks_their_own_work(attempt, items):
    with pytest.raises(MarkRefused) as refused:
        give(items[1], marker=attempt.enrolment.person)

    assert refused.value.refusal == MarkRefusal.OWN_WORK


def test_an_attempt_under_way_is_not_marked(quiz, enrolment, marker):
    from assessments.services import begin_quiz

    item = begin_quiz(enrolment, quiz, language="en").items.first()

    with pytest.raises(MarkRefused) as refused:
        give(item, marker=marker)

    assert refused.value.refusal == MarkRefusal.NOT_HANDED_IN
