"""The questions of a case, in order."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.drafts.holding import DraftRefused, cases_using, quizzes_using
from assessments.drafts.questions import Found, save_question, set_parts
from assessments.models import CasePart, Question


def part_refusal(case: Question, question: Question) -> str | None:
    """Why a question cannot be one of a case, or None if it can."""
    name = {"question": question.name}
    if question.kind == "case":
        return _("“%(question)s” is a case itself; a case holds single questions.") % name
    if question.bank_id != case.bank_id:
        return _("“%(question)s” is kept in another bank. Copy it into this one first.") % name
    others = [holder for holder in cases_using(question) if holder.pk != case.pk]
    if others:
        return _("“%(question)s” belongs to the case “%(case)s” already.") % {
            **name,
            "case": others[0].name,
        }
    if quizzes_using(question):
        return _("“%(question)s” stands in a quiz by itself. Take it out there first, or copy it.") % name
    return None


@transaction.atomic
def add_part(
    case: Question, question: Question, *, points: Decimal, user: User, found: Found | None = None
) -> Question:
    """Save a new question and put it at the end of the case."""
    save_question(question, user=user, found=found)
    add_parts(case, [question], points=points, user=user)
    return question


@transaction.atomic
def add_parts(case: Question, questions: Iterable[Question], *, points: Decimal, user: User) -> None:
    """Put questions of the bank at the end of the case; those it holds already stay where they are."""
    draft = case.get_latest_revision_as_object()
    parts = list(draft.parts.all())
    held = {part.question_id for part in parts}
    for question in questions:
        if question.pk in held:
            continue
        if refusal := part_refusal(case, question):
            raise DraftRefused(refusal)
        parts.append(CasePart(question=question, question_revision=question.latest_revision, points=points))
    set_parts(draft, parts)
    save_question(draft, user=user)


def arrange_parts(case: Question, rows: Iterable[tuple[int, Decimal]]) -> None:
    """Give the draft of a case its questions in the order of `rows`: question and points. Others leave it."""
    parts = {part.question_id: part for part in case.parts.all()}
    kept = []
    for question_id, points in rows:
        if question_id in parts:
            parts[question_id].points = points
            kept.append(parts[question_id])
    set_parts(case, kept)
