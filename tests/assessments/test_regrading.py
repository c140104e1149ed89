"""Grading anew: what the preview says is what is done, once, and never to a person's mark."""

from decimal import Decimal

import pytest

from assessments.models import AttemptItem, Regrade, RegradeAction, RegradedAttempt
from assessments.refusals import RegradeRefusal, RegradeRefused
from assessments.regrades import Choice, regrade_preview
from assessments.services import (
    MarkGiven,
    apply_regrade,
    begin_quiz,
    begin_regrade,
    hand_in,
    mark_item,
    save_answer,
)
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff
from tests.factories.assessments import correct_key, make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db):
    return make_question(name="Freezing order")


@pytest.fixture
def quiz(question):
    return make_quiz(questions=[question, make_question()])


@pytest.fixture
def edition(quiz):
    return make_edition(quiz.course)


@pytest.fixture
def coordinator(db):
    return make_staff(first_name="Luc")


def new_key(question, *right):
    return {question.pk: Choice(question.pk, RegradeAction.NEWEST, correct_key(question, *right).pk)}


def decide(question, action):
    return {question.pk: Choice(question.pk, action)}


@pytest.fixture
def regrade(quiz, edition, coordinator):
    """Looks at a regrade, decides it and applies it."""

    def do(choices, **options):
        seen = regrade_preview(quiz, [edition], choices).fingerprint
        begun = begin_regrade(
            quiz, [edition], choices, by=coordinator, reason="The key was wrong", seen=seen, **options
        )
        apply_regrade(begun)
        return begun

    return do


def scores(*attempts):
    for attempt in attempts:
        attempt.refresh_from_db()
    return [attempt.score for attempt in attempts]


def test_a_corrected_key_changes_exactly_what_the_preview_says(quiz, question, edition, regrade):
    right, wrong = (take_quiz(make_enrolment(edition), quiz, [key], ["a"]) for key in "ba")
    choices = new_key(question, "b")

    changes = {change.attempt_id: change for change in regrade_preview(quiz, [edition], choices).changes}
    done = regrade(choices)

    assert scores(right, wrong) == [1, Decimal("0.5")]
    assert {pk: (change.before, change.after) for pk, change in changes.items()} == {
        row.attempt_id: (row.before, row.after) for row in RegradedAttempt.objects.all()
    }
    assert changes[right.pk].passes_now
    assert changes[wrong.pk].fails_now
    assert done.applied_at


def test_a_dropped_question_leaves_the_total(quiz, question, edition, regrade):
    attempt = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])

    regrade(decide(question, RegradeAction.DROP))

    assert scores(attempt) == [1]


def test_points_can_be_given_to_everybody_also_to_those_who_did_not_answer(quiz, question, edition, regrade):
    wrong = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    silent = take_quiz(make_enrolment(edition), quiz, None, ["a"])

    regrade(decide(question, RegradeAction.GIVE))

    assert scores(wrong, silent) == [1, 1]


def test_another_regrade_takes_one_back(quiz, question, edition, regrade):
    attempt = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    regrade(new_key(question, "b"))
    regrade(decide(question, RegradeAction.DROP))

    regrade(decide(question, RegradeAction.OWN))

    assert scores(attempt) == [Decimal("0.5")]
    assert not AttemptItem.objects.exclude(dropped_at=None, given_at=None, graded_by=None).exists()


def test_a_persons_mark_stays_whatever_the_key_says(quiz, question, edition, regrade, coordinator):
    attempt = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    mark_item(
        attempt.quiz_attempt.items.first(),
        MarkGiven(Decimal("0.4"), reason="Half right"),
        marker=coordinator,
        seen=None,
    )
    choices = new_key(question, "b")

    assert regrade_preview(quiz, [edition], choices).marks_kept == 1
    regrade(choices)

    assert scores(attempt) == [Decimal("0.7")]


def test_what_was_completed_stays_when_the_score_falls(quiz, question, edition, regrade):
    attempt = take_quiz(make_enrolment(edition), quiz, ["a"], ["a"])

    regrade(new_key(question, "b"))

    assert not attempt.enrolment.attempts.passed(quiz).exists()
    assert attempt.enrolment.completions.filter(activity=quiz).exists()


def test_an_attempt_that_passes_by_the_new_key_completes_the_quiz(quiz, question, edition, regrade):
    attempt = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])

    regrade(new_key(question, "b"))

    assert attempt.enrolment.completions.filter(activity=quiz).exists()


def test_an_open_attempt_is_graded_by_the_new_key_when_it_is_handed_in(quiz, question, edition, regrade):
    attempt = begin_quiz(make_enrolment(edition), quiz, language="en").attempt
    for item, key in zip(attempt.quiz_attempt.items.all(), "ba", strict=True):
        save_answer(attempt, item, [key], language="en")

    regrade(new_key(question, "b"))
    attempt.refresh_from_db()
    assert attempt.finished_at is None

    assert hand_in(attempt).score == 1


def test_dropping_an_essay_that_waits_gives_the_attempt_its_score(edition, coordinator):
    essay = make_essay()
    quiz = make_quiz(edition.course, questions=[make_question(), essay])
    attempt = take_quiz(make_enrolment(edition), quiz, ["a"], {"text": "Waiting"})
    choices = decide(essay, RegradeAction.DROP)
    seen = regrade_preview(quiz, [edition], choices).fingerprint

    apply_regrade(begin_regrade(quiz, [edition], choices, by=coordinator, reason="Unclear", seen=seen))

    assert scores(attempt) == [1]
    assert Message.objects.filter(kind="assessments.marked", recipient=attempt.enrolment.person).exists()
    assert Entry.objects.get(action="assessments.regrade_attempt").reason == "Unclear"


def test_other_editions_are_left_alone(quiz, question, edition, regrade):
    elsewhere = take_quiz(make_enrolment(make_edition(quiz.course)), quiz, ["b"], ["a"])

    regrade(new_key(question, "b"))

    assert scores(elsewhere) == [Decimal("0.5")]


def test_applying_it_again_changes_and_records_nothing(quiz, question, edition, regrade):
    take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    done = regrade(new_key(question, "b"))
    before = (Entry.objects.count(), Message.objects.count(), RegradedAttempt.objects.count())

    apply_regrade(done)

    assert (Entry.objects.count(), Message.objects.count(), RegradedAttempt.objects.count()) == before


def test_every_changed_score_is_recorded_once_with_the_reason(quiz, question, edition, regrade, coordinator):
    changed = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    take_quiz(make_enrolment(edition), quiz, ["c"], ["a"])

    regrade(new_key(question, "b"))

    entry = Entry.objects.get(action="learning.rescore_attempt")
    assert (entry.object_id, entry.actor, entry.reason) == (str(changed.pk), coordinator, "The key was wrong")
    assert Entry.objects.get(action="assessments.regrade").after["scores changed"] == 1


def test_learners_whose_score_changes_are_told_why_unless_staff_say_no(quiz, question, edition, regrade):
    changed = take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    take_quiz(make_enrolment(edition), quiz, ["c"], ["a"])

    regrade(new_key(question, "b"))
    regrade(decide(question, RegradeAction.OWN), tell_learners=False)

    message = Message.objects.get(kind="assessments.regraded")
    assert message.recipient == changed.enrolment.person
    assert "The key was wrong" in message.body


def test_a_regrade_that_was_killed_goes_on_where_it_stood(quiz, question, edition, coordinator, monkeypatch):
    attempts = [take_quiz(make_enrolment(edition), quiz, ["b"], ["a"]) for _learner in range(4)]
    choices = new_key(question, "b")
    seen = regrade_preview(quiz, [edition], choices).fingerprint
    begun = begin_regrade(quiz, [edition], choices, by=coordinator, reason="Wrong key", seen=seen)
    from assessments.services import regrading

    real, calls = regrading.regrade_attempt, []

    def dies_at_the_third(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(regrading, "regrade_attempt", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        apply_regrade(begun)
    assert begun.attempts.count() == 2
    assert Regrade.objects.get().applied_at is None

    monkeypatch.setattr(regrading, "regrade_attempt", real)
    apply_regrade(begun)

    assert scores(*attempts) == [1, 1, 1, 1]
    assert begun.attempts.count() == 4
    assert Entry.objects.filter(action="learning.rescore_attempt").count() == 4


def refused(quiz, edition, choices, by, seen):
    with pytest.raises(RegradeRefused) as refusal:
        begin_regrade(quiz, [edition] if edition else [], choices, by=by, reason="Wrong key", seen=seen)
    return refusal.value.refusal


def test_a_preview_that_marks_or_attempts_have_overtaken_is_refused(quiz, question, edition, coordinator):
    take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    choices = new_key(question, "b")
    seen = regrade_preview(quiz, [edition], choices).fingerprint

    take_quiz(make_enrolment(edition), quiz, ["b"], ["b"])

    assert refused(quiz, edition, choices, coordinator, seen) == RegradeRefusal.STALE
    assert not Regrade.objects.exists()


def test_a_preview_that_a_newer_key_has_overtaken_is_refused(quiz, question, edition, coordinator):
    choices = new_key(question, "b")
    seen = regrade_preview(quiz, [edition], choices).fingerprint

    correct_key(question, "c")

    assert refused(quiz, edition, choices, coordinator, seen) == RegradeRefusal.STALE


def test_one_regrade_of_a_quiz_at_a_time(quiz, question, edition, coordinator):
    choices = decide(question, RegradeAction.DROP)
    seen = regrade_preview(quiz, [edition], choices).fingerprint
    begin_regrade(quiz, [edition], choices, by=coordinator, reason="Unclear", seen=seen)

    assert refused(quiz, edition, choices, coordinator, seen) == RegradeRefusal.UNDER_WAY


def test_a_regrade_needs_an_edition_a_question_and_something_that_counts(
    quiz, question, edition, coordinator
):
    take_quiz(make_enrolment(edition), quiz, ["b"], ["a"])
    everything = {item.question_id: Choice(item.question_id, RegradeAction.DROP) for item in quiz.items.all()}
    seen = regrade_preview(quiz, [edition], everything).fingerprint

    assert refused(quiz, None, everything, coordinator, "") == RegradeRefusal.NO_EDITION
    assert refused(quiz, edition, {}, coordinator, "") == RegradeRefusal.NOTHING_CHOSEN
    assert refused(quiz, edition, decide(question, RegradeAction.NEWEST), coordinator, "") == (
        RegradeRefusal.NO_NEW_VERSION
    )
    assert refused(quiz, edition, everything, coordinator, seen) == RegradeRefusal.NOTHING_LEFT


def test_the_preview_asks_no_more_for_two_hundred_attempts_than_for_two(
    quiz, question, edition, django_assert_num_queries
):
    learners = [make_enrolment(edition) for _number in range(2)]
    for learner in learners:
        take_quiz(learner, quiz, ["b"], ["a"])
    choices = new_key(question, "b")
    with django_assert_num_queries(6) as _two:
        regrade_preview(quiz, [edition], choices)
    copies(quiz, learners[0], 198)

    with django_assert_num_queries(6):
        preview = regrade_preview(quiz, [edition], choices)

    assert len(preview.changes) == 200


def copies(quiz, enrolment, how_many):
    """As many further attempts of one learner, written directly and like the first."""
    from django.utils import timezone

    from assessments.models import Answer, QuizAttempt
    from learning.models import Attempt

    first = enrolment.attempts.get()
    attempts = Attempt.objects.bulk_create(
        Attempt(
            enrolment=enrolment,
            activity=first.activity,
            version=first.version,
            number=number + 2,
            language="en",
            finished_at=timezone.now(),
            score=first.score,
            pass_mark=first.pass_mark,
        )
        for number in range(how_many)
    )
    QuizAttempt.objects.bulk_create(QuizAttempt(attempt=attempt, seed=1) for attempt in attempts)
    asked = list(first.quiz_attempt.items.select_related("answer"))
    items = AttemptItem.objects.bulk_create(
        AttemptItem(
            quiz_attempt_id=attempt.pk,
            sort_order=item.sort_order,
            version_item_id=item.version_item_id,
            question_version_id=item.question_version_id,
            points=item.points,
        )
        for attempt in attempts
        for item in asked
    )
    Answer.objects.bulk_create(
        Answer(
            quiz_attempt_id=item.quiz_attempt_id,
            item=item,
            response=asked[item.sort_order].answer.response,
            language="en",
            saved_at=timezone.now(),
            score=asked[item.sort_order].answer.score,
        )
        for item in items
    )
