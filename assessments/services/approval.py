"""A question of a bank is used once somebody else has approved it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import drafts
from assessments.models import CasePart, Question, QuestionReview, Verdict
from assessments.publishing import publish_question
from foundation.audit import services as audit


class ApprovalRefused(Exception):
    """It cannot be submitted or decided now; the message says why."""


def submission_refusal(question: Question) -> str | None:
    """Why the question cannot be sent for approval now, or None if it can."""
    name = {"question": question.name}
    if question.reviews.filter(decided_at=None).exists():
        return _("“%(question)s” is waiting for approval already.") % name
    if question.live and not question.has_unpublished_changes:
        return _("“%(question)s” is approved as it stands.") % name
    if drafts.cases_using(question) or CasePart.objects.filter(question=question).exists():
        return _("“%(question)s” belongs to a case and is approved with it.") % name
    if refusal := drafts.question_refusal(question):
        return refusal
    return " ".join(missing(question)) or None


def missing(question: Question) -> list[str]:
    """What the draft lacks in the language it was written in, the questions of a case included."""
    draft = question.get_latest_revision_as_object()
    problems = list(draft.problems(draft.source_language))
    for part in draft.parts.select_related("question__bank__course", "question_revision"):
        problems += part.question_as_pinned.problems(draft.source_language)
    return problems


@transaction.atomic
def submit_question(question: Question, user: User, *, message: str = "") -> QuestionReview:
    """Send the question to the reviewers of its bank as it stands. It cannot be changed until they have answered."""
    question = Question.objects.select_for_update(of=["self"]).get(pk=question.pk)
    if refusal := submission_refusal(question):
        raise ApprovalRefused(refusal)
    revision = question.latest_revision or question.save_revision(user=user, clean=False)
    review = QuestionReview.objects.create(
        question=question, revision=revision, submitted_by=user, message=message
    )
    audit.record(user, "assessments.submit_question", question, reason=message)
    return review


def decision_refusal(review: QuestionReview, user: User) -> str | None:
    """Why this person cannot approve or return the question now, or None if they can.

    Whether they review the bank at all is for the view to say.
    """
    if review.decided_at:
        return _("“%(question)s” is not waiting for an answer any more.") % {"question": review.question.name}
    if user == review.submitted_by or wrote(review.question, user):
        return _("You cannot approve what you wrote: “%(question)s”. Somebody else has to read it.") % {
            "question": review.question.name
        }
    return None


def wrote(question: Question, user: User) -> bool:
    """Whether the person saved any of what is not approved yet."""
    revisions = question.revisions.filter(user=user)
    if question.live_revision:
        revisions = revisions.filter(pk__gt=question.live_revision.pk)
    return revisions.exists()


@transaction.atomic
def approve_question(review: QuestionReview, user: User, *, comment: str = "") -> None:
    """Bring the question live as it was submitted; random draws may take it from now on."""
    review = held(review)
    if refusal := decision_refusal(review, user):
        raise ApprovalRefused(refusal)
    version = publish_question(review.question, revision=review.revision, user=user)
    decide(review, user, Verdict.APPROVED, comment)
    if review.question.bank.course_id is None:
        drafts.renew_pins(Question.objects.get(pk=review.question_id), user)
    audit.record(
        user,
        "assessments.approve_question",
        review.question,
        reason=comment,
        after={"version": version.number},
    )


@transaction.atomic
def return_question(review: QuestionReview, user: User, *, comment: str) -> None:
    """Give it back with what should change. The draft stays as it is and can be edited again."""
    review = held(review)
    if refusal := decision_refusal(review, user):
        raise ApprovalRefused(refusal)
    decide(review, user, Verdict.RETURNED, comment)
    audit.record(user, "assessments.return_question", review.question, reason=comment)


@transaction.atomic
def withdraw_question(review: QuestionReview, user: User) -> None:
    """Take it back so that work can go on. Safe to repeat."""
    review = held(review)
    if review.decided_at:
        return
    decide(review, user, Verdict.WITHDRAWN, "")
    audit.record(user, "assessments.withdraw_question", review.question)


def held(review: QuestionReview) -> QuestionReview:
    """The review, with its question held until the transaction ends."""
    Question.objects.select_for_update(of=["self"]).get(pk=review.question_id)
    return QuestionReview.objects.select_related("question__bank", "question__live_revision", "revision").get(
        pk=review.pk
    )


def decide(review: QuestionReview, user: User, verdict: Verdict, comment: str) -> None:
    """Write the answer down."""
    review.verdict, review.comment = verdict, comment
    review.decided_by, review.decided_at = user, timezone.now()
    review.save(update_fields=["verdict", "comment", "decided_by", "decided_at"])
