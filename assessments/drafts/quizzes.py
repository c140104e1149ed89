"""The draft of a quiz: its rules, its words, and what stands at each place of it."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.drafts.holding import DraftRefused, cases_using, draft_of, set_items
from assessments.drafts.questions import Found, bank_of, save_question
from assessments.models import ItemKind, Question, Quiz, QuizItem, QuizText


def state_of(quiz: Quiz) -> str:
    """Changes with every save, so that a list drawn before another save is told apart."""
    return str(quiz.latest_revision_id or "")


def draft_in_state(quiz: Quiz, state: str) -> Quiz:
    """The quiz as last saved, if that is what the person was looking at."""
    draft = draft_of(quiz)
    if state != state_of(draft):
        raise DraftRefused(
            _("This quiz has been changed in the meantime. Look at it as it is now and try again.")
        )
    return draft


@transaction.atomic
def save_quiz(
    quiz: Quiz,
    *,
    user: User,
    wording: dict | None = None,
    section_words: dict[int, dict] | None = None,
    **values,
) -> None:
    """Save settings and, with `wording` (language, title, instructions, bands), words of the quiz.

    `section_words` holds title and instructions of sections, by place, in the same language.
    """
    draft = draft_of(quiz)
    for name, value in values.items():
        setattr(draft, name, value)
    if wording:
        others = [text for text in draft.texts.all() if text.language != wording["language"]]
        draft.texts.set([*others, QuizText(**wording)])
    items = list(draft.items.all())
    for place, words in (section_words or {}).items():
        if place < len(items) and items[place].kind == ItemKind.SECTION:
            items[place].words = items[place].words | {wording["language"]: words}
    set_items(draft, items)
    draft.save_revision(user=user, clean=False, log_action=True)


@transaction.atomic
def add_question(
    quiz: Quiz, question: Question, *, points: Decimal, user: User, found: Found | None = None
) -> Question:
    """Save a new question in the course's own bank and put it at the end of the quiz."""
    draft = draft_of(quiz)
    question.bank = bank_of(quiz.course)
    save_question(question, user=user, found=found)
    item = QuizItem(question=question, question_revision=question.latest_revision, points=points)
    set_items(draft, [*draft.items.all(), item])
    draft.save_revision(user=user, clean=False)
    return question


def joining_refusal(quiz: Quiz, question: Question) -> str | None:
    """Why a question of a bank cannot stand in the quiz by itself, or None if it can."""
    name = {"question": question.name}
    if question.bank.course_id not in (None, quiz.course_id):
        return _("“%(question)s” belongs to another course.") % name
    if question.bank.course_id is None and not question.live:
        return _("“%(question)s” has to be approved in its bank first.") % name
    if question.kind != "case" and cases_using(question):
        return _("“%(question)s” belongs to a case. Add the case.") % name
    return None


@transaction.atomic
def add_questions(quiz: Quiz, questions: Iterable[Question], *, points: Decimal, user: User) -> int:
    """Put questions of banks at the end of the quiz; those it holds already stay where they are. Says how many came."""
    draft = draft_of(quiz)
    items = list(draft.items.all())
    held = {item.question_id for item in items}
    came = 0
    for question in questions:
        if question.pk in held:
            continue
        if refusal := joining_refusal(quiz, question):
            raise DraftRefused(refusal)
        shared = question.bank.course_id is None
        revision = question.live_revision if shared else question.latest_revision
        items.append(QuizItem(question=question, question_revision=revision, points=points))
        came += 1
    if came:
        set_items(draft, items)
        draft.save_revision(user=user, clean=False)
    return came


def item_at(draft: Quiz, place: int) -> QuizItem | None:
    """What stands at a place, counted from 0; None where there is nothing."""
    items = list(draft.items.all())
    return items[place] if 0 <= place < len(items) else None


@transaction.atomic
def place_item(quiz: Quiz, item: QuizItem, *, user: User, place: int | None = None, state: str = "") -> None:
    """Put a draw or a section at the end of the quiz, or in the stead of what stands at a place."""
    draft = draft_of(quiz) if place is None else draft_in_state(quiz, state)
    items = list(draft.items.all())
    if place is None:
        items.append(item)
    else:
        items[place] = item
    set_items(draft, items)
    draft.save_revision(user=user, clean=False)


@transaction.atomic
def arrange_items(quiz: Quiz, rows: Iterable[tuple[int, Decimal]], *, state: str, user: User) -> None:
    """Bring the places of the quiz into the order of `rows`: place as it was, and points. Others leave it."""
    draft = draft_in_state(quiz, state)
    items = list(draft.items.all())
    kept = []
    for place, points in rows:
        if 0 <= place < len(items) and items[place] not in kept:
            items[place].points = points
            kept.append(items[place])
    set_items(draft, kept)
    draft.save_revision(user=user, clean=False)


@transaction.atomic
def set_points(quiz: Quiz, question: Question, points: Decimal, *, user: User) -> None:
    """Say what a question of the quiz is worth."""
    draft = draft_of(quiz)
    items = list(draft.items.all())
    if all(item.points == points for item in items if item.question_id == question.pk):
        return
    for item in items:
        if item.question_id == question.pk:
            item.points = points
    set_items(draft, items)
    draft.save_revision(user=user, clean=False)
