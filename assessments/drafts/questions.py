"""The draft of a question: saved with its cases and quizzes, so that they are reviewed together."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from assessments.drafts.holding import (
    DraftRefused,
    cases_using,
    draft_of,
    question_refusal,
    quizzes_using,
    set_items,
)
from assessments.kinds import plain
from assessments.models import CasePart, Question, QuestionBank, QuestionCategory, QuestionText
from courses.models import CoursePage

NAME_LENGTH = 150


@dataclass(frozen=True)
class Found:
    """How a question is sorted and found. It holds at once and needs no approval."""

    category: QuestionCategory | None = None
    difficulty: int | None = None
    outcome: str = ""
    tags: Iterable[str] = field(default_factory=tuple)


def bank_of(course: CoursePage) -> QuestionBank:
    """The course's own bank, made when it is first needed."""
    bank = QuestionBank.objects.filter(course=course).order_by("pk").first()
    if bank:
        return bank
    name = course.draft_title[:120]
    if QuestionBank.objects.filter(name=name).exists():
        name = f"{name} ({course.pk})"
    return QuestionBank.objects.create(name=name, course=course)


def new_question(bank: QuestionBank, kind: str) -> Question:
    """A question that is not saved. The bank need not be saved either."""
    question = Question(kind=kind, live=False, has_unpublished_changes=True)
    question.bank = bank
    return question


def first_words(question: Question) -> str:
    """What a question is called unless somebody names it."""
    wording = question.wording(question.source_language)
    return plain(wording.stem)[:NAME_LENGTH] if wording else ""


@transaction.atomic
def save_question(question: Question, *, user: User, found: Found | None = None) -> Question:
    """Save the question's draft, and a draft of every case and quiz that takes its words along."""
    if question.pk and (refusal := question_refusal(question)):
        raise DraftRefused(refusal)
    question.name = question.name or first_words(question) or _("New question")
    if not question.live:
        # Nobody meets it yet: the row may say what the draft says, so that lists can search it.
        question.save()
    if found:
        classify(question, found)
    save_and_pin(question, user)
    return question


def classify(question: Question, found: Found) -> None:
    """Say where a question is kept and what it is found by; other drafts of it follow when they are read."""
    question.category, question.difficulty = found.category, found.difficulty
    question.outcome = found.outcome
    Question.objects.filter(pk=question.pk).update(
        category=found.category, difficulty=found.difficulty, outcome=found.outcome
    )
    row = Question(pk=question.pk)
    row.tags.set(as_tags(found.tags))
    row.tagged_questions.commit()


def as_tags(names: Iterable[str]) -> list[Tag]:
    """The words as tags, small letters, each once."""
    wanted = list(dict.fromkeys(name.strip().lower()[:100] for name in names if name.strip()))
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    return [known.get(name) or Tag.objects.create(name=name) for name in wanted]


def save_and_pin(question: Question, user: User) -> None:
    """Save a revision and let the drafts of the cases and quizzes that hold the question take it along.

    Quizzes of several courses share a question of a shared bank: they take it along once it is approved.
    """
    revision = question.save_revision(user=user, clean=False, log_action=True)
    for case in cases_using(question):
        draft = case.get_latest_revision_as_object()
        parts = list(draft.parts.all())
        for part in parts:
            if part.question_id == question.pk:
                part.question_revision = revision
        set_parts(draft, parts)
        save_and_pin(draft, user)
    if question.bank.course_id:
        pin_in_quizzes(question, revision, user)


def pin_in_quizzes(question: Question, revision, user: User | None) -> None:
    """Save a draft of every quiz that holds the question, with this revision of it."""
    for quiz in quizzes_using(question):
        draft = draft_of(quiz)
        items = list(draft.items.all())
        for item in items:
            if item.question_id == question.pk:
                item.question_revision = revision
        set_items(draft, items)
        draft.save_revision(user=user, clean=False)


def renew_pins(question: Question, user: User) -> None:
    """A shared question was approved: let quizzes take it along that are not under review."""
    for quiz in quizzes_using(question):
        if quiz.locking_change_set:
            continue
        draft = draft_of(quiz)
        items = list(draft.items.all())
        for item in items:
            if item.question_id == question.pk:
                item.question_revision = question.live_revision
        set_items(draft, items)
        draft.save_revision(user=user, clean=False)


def set_parts(draft: Question, parts: Iterable[CasePart]) -> None:
    """Give the draft of a case its questions in this order."""
    parts = list(parts)
    for order, part in enumerate(parts):
        part.sort_order = order
    draft.parts.set(parts)


def set_wording(question: Question, wording: QuestionText) -> None:
    """Put the words of one language in the place of those the question's draft has."""
    others = [text for text in question.texts.all() if text.language != wording.language]
    question.texts.set([*others, wording])


@transaction.atomic
def copy_question(question: Question, *, user: User) -> Question:
    """A draft that says the same, in the same bank, with an identity of its own. A copied case has no questions yet."""
    draft = question.get_latest_revision_as_object()
    twin = Question(
        bank=question.bank,
        category=draft.category,
        difficulty=draft.difficulty,
        outcome=draft.outcome,
        kind=draft.kind,
        options=draft.options,
        settings=draft.settings,
        image=draft.image,
        lesson=draft.lesson,
        rubric_version=draft.rubric_version,
        key=uuid.uuid4(),
        live=False,
        has_unpublished_changes=True,
        name=_("Copy of %(question)s") % {"question": draft.name},
    )
    twin.name = twin.name[:NAME_LENGTH]
    for text in draft.texts.all():
        words = ("language", "stem", "feedback", "hint", "options", "extra")
        twin.texts.add(QuestionText(**{name: getattr(text, name) for name in words}))
    found = Found(draft.category, draft.difficulty, draft.outcome, [tag.name for tag in draft.tags.all()])
    return save_question(twin, user=user, found=found)
