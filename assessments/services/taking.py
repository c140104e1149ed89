"""Taking quizzes: beginning, saving each answer as it is given, handing in. Graded here, on the server."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from assessments import kinds, tasks
from assessments.drawing import draw_items, questions_met
from assessments.models import Answer, AnswerFile, AttemptItem, EndedBy, Quiz, QuizAttempt
from assessments.paper.wording import words_in
from assessments.receipts import hashes_of_files, is_formal, receipt_of
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.scoring import attempt_score, earned
from assessments.standing import attempt_refusal, current_version
from assessments.timing import deadline, time_is_over
from enrolments.activity_dates import activity_dates, activity_dates_of
from enrolments.models import Enrolment
from enrolments.services import lock, lock_all
from learning import services as learning
from learning.models import Attempt

LONGEST_KEY = 36


@dataclass(frozen=True)
class AnswerSave:
    """One answer on its way.

    - response: as the kind of the question keeps it; or
    - posted: what a form sent, the ends of the fields' names with their values
    - base: the number of the save the sender last saw (0 for none); None to save whatever was saved meanwhile
    - key: a name of this save, so that one that arrives twice is told apart
    - was: the answer the sender's page showed, in its canonical form; what is still that was not touched there
    - seconds: how long the question was looked at in all, by the sender's count
    """

    response: Any = None
    posted: Mapping | None = None
    base: int | None = None
    key: str = ""
    was: str | None = None
    seconds: int = 0


@dataclass(frozen=True)
class Saved:
    """What became of some saves: `saved` stand; `newer` were kept because another device had answered meanwhile."""

    saved: list[Answer]
    newer: list[Answer]


def begin_quiz(enrolment: Enrolment, quiz: Quiz, *, language: str, password: str = "") -> QuizAttempt:
    """The open attempt, begun now if there is none. Raises QuizRefused or LearningRefused. Safe to repeat.

    An open attempt whose time is over is handed in first, and stays so if no other can be begun.
    """
    for attempt_id in overdue_attempts().filter(attempt__enrolment=enrolment, attempt__activity=quiz):
        end_overdue_attempt(attempt_id)
    return _begin(enrolment, quiz, language, password)


@transaction.atomic
def _begin(enrolment, quiz, language, password):
    enrolment = lock(enrolment)
    open_attempts = QuizAttempt.objects.filter(attempt__enrolment=enrolment, attempt__finished_at=None)
    if open_attempt := open_attempts.filter(attempt__activity=quiz).first():
        return open_attempt
    version, dates = current_version(quiz), activity_dates(enrolment, quiz)
    refusal = attempt_refusal(enrolment, quiz, dates)
    if refusal or version is None:
        raise QuizRefused(refusal or QuizRefusal.NOT_PUBLISHED)
    if dates.password and not constant_time_compare(password.strip(), dates.password):
        raise QuizRefused(QuizRefusal.WRONG_PASSWORD)
    attempt = learning.open_attempt(enrolment, quiz, language=language, version=version)
    quiz_attempt = QuizAttempt.objects.create(
        attempt=attempt,
        seed=secrets.randbelow(2**31),
        deadline_at=deadline(dates, version.settings, attempt.started_at),
    )
    items = draw_items(version, quiz_attempt.seed, avoid=questions_met(enrolment, quiz))
    for item in items:
        item.quiz_attempt = quiz_attempt
    AttemptItem.objects.bulk_create(items)
    return quiz_attempt


def save_answer(attempt: Attempt, item: AttemptItem, response, *, language: str) -> Answer:
    """Keep the answer to one question; the last one given counts. Raises QuizRefused once the attempt is handed in."""
    return save_answers(attempt, {item.pk: AnswerSave(response)}, language=language).saved[0]


@transaction.atomic
def save_answers(attempt: Attempt, saves: Mapping[int, AnswerSave], *, language: str) -> Saved:
    """Keep the answers to some questions, by item; in as many queries, however many there are.

    What is no question of the attempt is left out. An answer saved meanwhile from elsewhere is not overwritten by a
    save that did not know of it. Raises QuizRefused once the attempt is handed in, its time is over, a page was left
    that cannot be opened again, or a practice question was checked.
    """
    held = hold(attempt)
    # Read once the attempt is held: the last number must be seen, not the one before somebody else's save.
    asked = AttemptItem.objects.filter(quiz_attempt=held.pk, pk__in=saves)
    items = list(asked.select_related("question_version", "answer", "quiz_attempt"))
    if not items:
        return Saved([], [])
    quiz_attempt = still_open(items[0].quiz_attempt, held)
    now = timezone.now()
    kept, newer, written = [], [], []
    for item in items:
        save, before = saves[item.pk], getattr(item, "answer", None)
        response = _response(item, save)
        if save.was is not None and save.was == kinds.canonical(response):
            continue
        require_changeable(quiz_attempt, item, before)
        if before and save.key and before.save_key == save.key[:LONGEST_KEY]:
            kept.append(before)
        elif before and save.base is not None and save.base < before.sequence and before.response != response:
            newer.append(before)
        else:
            written.append(_written(quiz_attempt, item, before, save, response, language, now))
    _keep_files(written)
    saved = Answer.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["response", "language", "saved_at", "sequence", "save_key", "seconds"],
    )
    return Saved([*kept, *saved], newer)


def hold(attempt: Attempt) -> Attempt:
    """The attempt itself, held until the transaction ends, as `hand_in` holds it. Raises QuizRefused once handed in."""
    held = Attempt.objects.select_for_update(of=["self"]).select_related("version").get(pk=attempt.pk)
    if held.finished_at:
        raise QuizRefused(QuizRefusal.HANDED_IN)
    return held


def still_open(quiz_attempt: QuizAttempt, held: Attempt) -> QuizAttempt:
    """What the quiz adds, read once the attempt was held. Raises QuizRefused when its time is over."""
    quiz_attempt.attempt = held
    if time_is_over(quiz_attempt):
        raise QuizRefused(QuizRefusal.TIME_OVER)
    return quiz_attempt


def hold_open_attempt(attempt: Attempt) -> QuizAttempt:
    """The attempt, held until the transaction ends. Raises QuizRefused when nothing can be saved in it any more."""
    held = hold(attempt)
    return still_open(QuizAttempt.objects.get(pk=held.pk), held)


def require_changeable(quiz_attempt: QuizAttempt, item: AttemptItem, answer: Answer | None) -> None:
    """Raise QuizRefused for a question on a page that was left for good, or one that was checked."""
    if quiz_attempt.rules.get("sequential") and item.page < quiz_attempt.page_reached:
        raise QuizRefused(QuizRefusal.PAGE_LEFT)
    if answer and answer.checked_at:
        raise QuizRefused(QuizRefusal.CHECKED)


def _response(item, save):
    content = item.question_version.content
    kind = kinds.get(content["kind"])
    if save.posted is not None:
        return kind.from_post(content, save.posted)
    return kind.clean(content, save.response)


def _written(quiz_attempt, item, before, save, response, language, now):
    lasted = int((now - quiz_attempt.attempt.started_at).total_seconds())
    spent = max(min(save.seconds, max(lasted, 0)), before.seconds if before else 0)
    return Answer(
        quiz_attempt=quiz_attempt,
        item=item,
        response=response,
        language=words_in(item.question_version.content, language)[1],
        saved_at=now,
        sequence=(before.sequence if before else 0) + 1,
        save_key=save.key[:LONGEST_KEY],
        seconds=spent,
    )


def _keep_files(answers: list[Answer]) -> None:
    """Essays hold the files that were uploaded to them and not taken back, whatever the browser says."""
    essays = [answer for answer in answers if answer.item.question_version.content["kind"] == "essay"]
    if not essays:
        return
    files: dict[int, list[int]] = {}
    kept = AnswerFile.objects.filter(item__in=[answer.item_id for answer in essays], removed_at=None)
    for item, pk in kept.values_list("item", "pk").order_by("pk"):
        files.setdefault(item, []).append(pk)
    for answer in essays:
        response = {"text": answer.response.get("text", ""), "files": files.get(answer.item_id, [])}
        answer.response = kinds.get("essay").clean({}, response)


@transaction.atomic
def check_answer(attempt: Attempt, item_id: int) -> Answer | None:
    """Practice: say whether the saved answer is right; from then on it stands. None where nothing was answered.

    Raises QuizRefused where the quiz is not for practice, or nothing can be saved any more. Safe to repeat.
    """
    quiz_attempt = hold_open_attempt(attempt)
    if not quiz_attempt.rules.get("practice"):
        raise QuizRefused(QuizRefusal.NOT_OPEN)
    answers = quiz_attempt.answers.select_related("item__question_version", "item__graded_by")
    answer = answers.filter(item=item_id).first()
    if answer is None or answer.checked_at or not _can_be_checked(answer):
        return answer
    answer.checked_at = timezone.now()
    answer.score = earned(answer.item, answer, None)
    answer.save(update_fields=["checked_at", "score"])
    return answer


def _can_be_checked(answer):
    kind = answer.item.question_version.behaviour
    return kind.is_answered(answer.response) and not kind.is_manual


@transaction.atomic
def flag_item(attempt: Attempt, item_id: int, *, on: bool) -> None:
    """Put the learner's flag on a question, or take it off. Raises QuizRefused once nothing can be saved."""
    quiz_attempt = hold_open_attempt(attempt)
    flagged_at = timezone.now() if on else None
    quiz_attempt.items.filter(pk=item_id).exclude(flagged_at__isnull=not on).update(flagged_at=flagged_at)


@transaction.atomic
def turn_page(attempt: Attempt, to: int) -> int:
    """Go to a page; where the quiz goes only forwards, never back. The page shown is returned.

    Raises QuizRefused once nothing can be saved.
    """
    quiz_attempt = hold_open_attempt(attempt)
    last = quiz_attempt.items.order_by("-page").values_list("page", flat=True).first() or 0
    page = min(max(to, 0), last)
    if not quiz_attempt.rules.get("sequential"):
        return page
    page = max(page, quiz_attempt.page_reached)
    QuizAttempt.objects.filter(pk=quiz_attempt.pk).update(page_reached=page)
    return page


def hand_in(attempt: Attempt, *, by: str = EndedBy.LEARNER) -> Attempt:
    """Grade every answer, hand the attempt in and complete what it completes. Safe to repeat.

    An attempt with an essay waits for its marks: its score is None until all are there. Where much hangs on it, a
    receipt is sent.
    """
    return learning.finish_attempt(attempt, score=lambda held: _graded(held, by, attempt.version))


def _graded(attempt: Attempt, by: str, version):
    """Score every answer of an attempt by its key, and keep the receipt; the attempt's score."""
    rows = AttemptItem.objects.filter(quiz_attempt=attempt.pk)
    items = list(rows.select_related("question_version", "graded_by", "answer"))
    answers = {item.pk: item.answer for item in items if hasattr(item, "answer")}
    for item in items:
        if answer := answers.get(item.pk):
            answer.score = earned(item, answer, None)
    Answer.objects.bulk_update(answers.values(), ["score"])
    late = When(deadline_at__lte=timezone.now(), then=Value(EndedBy.TIME.value))
    QuizAttempt.objects.filter(pk=attempt.pk).update(
        ended_by=Case(late, default=Value(by)),
        receipt=receipt_of(attempt, items, answers, hashes_of_files(items)),
    )
    if is_formal(version):
        transaction.on_commit(lambda: tasks.send_receipt.enqueue(attempt.pk), robust=True)
    return attempt_score(items, answers, marks={})


def overdue_attempts(now: datetime | None = None) -> QuerySet:
    """The ids of the open attempts whose deadline is past; those in their grace are among them."""
    overdue = QuizAttempt.objects.filter(attempt__finished_at=None, deadline_at__lt=now or timezone.now())
    return overdue.order_by("deadline_at", "pk").values_list("pk", flat=True)


@transaction.atomic
def end_overdue_attempt(attempt_id: int) -> bool:
    """Hand an attempt in if its time is over; whether it was. Safe to repeat.

    Asked again once the enrolment is held: more time may have been granted meanwhile.
    """
    lock(Enrolment.objects.get(attempts=attempt_id))
    quiz_attempt = QuizAttempt.objects.select_related("attempt__enrolment", "attempt__version").get(
        pk=attempt_id
    )
    if quiz_attempt.attempt.finished_at or not time_is_over(quiz_attempt):
        return False
    hand_in(quiz_attempt.attempt, by=EndedBy.TIME)
    return True


@transaction.atomic
def move_deadlines(enrolment_ids: Iterable[int]) -> None:
    """Work out anew when the open attempts of these enrolments end, after their dates or time were changed.

    Whoever changed them held the enrolments before, so that no attempt is just being begun by the old ones.
    """
    open_attempts = QuizAttempt.objects.filter(attempt__finished_at=None)
    under_way = open_attempts.filter(attempt__enrolment__in=enrolment_ids)
    enrolments = lock_all(under_way.values_list("attempt__enrolment", flat=True))
    lookup = activity_dates_of(enrolments)
    moved = []
    for quiz_attempt in open_attempts.filter(attempt__enrolment__in=enrolments).select_related(
        "attempt__version"
    ):
        attempt = quiz_attempt.attempt
        dates = lookup[attempt.enrolment_id, attempt.activity_id]
        moment = deadline(dates, quiz_attempt.rules, attempt.started_at)
        if moment != quiz_attempt.deadline_at:
            quiz_attempt.deadline_at = moment
            moved.append(quiz_attempt)
    QuizAttempt.objects.bulk_update(moved, ["deadline_at"], batch_size=500)
