"""How a learner stands with one quiz: attempts taken and left, the score that counts, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from assessments.models import Quiz
from assessments.models.sight import Sight, Situation, sight_of
from assessments.paper import QuestionShown
from assessments.refusals import QuizRefusal
from courses.models import ActivityVersion
from enrolments.activity_dates import NO_DATES, ActivityDates, activity_dates
from enrolments.models import Enrolment
from learning.models import Attempt
from learning.progress import LessonState, Progress


def current_version(quiz: Quiz) -> ActivityVersion | None:
    """The version a new attempt would be taken with."""
    return quiz.versions.order_by("-number").first()


def attempt_refusal(
    enrolment: Enrolment, quiz: Quiz, dates: ActivityDates | None = None
) -> QuizRefusal | None:
    """Why this person cannot begin a new attempt now, or None if they can. `dates` where they are known already."""
    if not quiz.live or current_version(quiz) is None:
        return QuizRefusal.NOT_PUBLISHED
    dates = dates or activity_dates(enrolment, quiz)
    refusal = _schedule_refusal(dates)
    if refusal:
        return refusal
    finished = list(enrolment.attempts.finished().filter(activity=quiz).order_by("number"))
    if quiz.attempts_allowed and len(finished) >= quiz.attempts_allowed + dates.extra_attempts:
        return QuizRefusal.NO_ATTEMPTS_LEFT
    again = again_at(quiz, finished)
    if again and timezone.now() < again:
        return QuizRefusal.TOO_SOON
    return None


def again_at(quiz: Quiz, finished: list[Attempt]) -> datetime | None:
    """When another attempt may be begun after the last one, where the quiz makes learners wait."""
    last = finished[-1].finished_at if finished else None
    if last is None or not quiz.hours_between:
        return None
    return last + timedelta(hours=quiz.hours_between)


def _schedule_refusal(dates):
    now = timezone.now()
    if dates.opens_at and now < dates.opens_at:
        return QuizRefusal.NOT_OPEN
    if dates.closes_at and now > dates.closes_at:
        return QuizRefusal.CLOSED
    return None


@dataclass(frozen=True)
class QuizStanding:
    """One learner and one quiz."""

    quiz: Quiz
    attempts: tuple[Attempt, ...]
    refusal: QuizRefusal | None
    dates: ActivityDates = NO_DATES

    @property
    def finished(self) -> list[Attempt]:
        """Attempts handed in, oldest first."""
        return [attempt for attempt in self.attempts if attempt.finished_at]

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt under way, if any."""
        return next((attempt for attempt in self.attempts if attempt.finished_at is None), None)

    @property
    def grade(self) -> Decimal | None:
        """The score that counts, 0 to 1."""
        return self.quiz.grade(self.finished)

    @property
    def is_passed(self) -> bool:
        """Whether the attempts handed in pass it."""
        return self.quiz.is_passed_by(self.finished)

    @property
    def attempts_allowed(self) -> int | None:
        """How many attempts this person may begin in all, or None for no limit."""
        if not self.quiz.attempts_allowed:
            return None
        return self.quiz.attempts_allowed + self.dates.extra_attempts

    @property
    def attempts_left(self) -> int | None:
        """How many attempts may still be begun, or None for no limit."""
        allowed = self.attempts_allowed
        return None if allowed is None else max(allowed - len(self.attempts), 0)

    @property
    def again_at(self) -> datetime | None:
        """When another attempt may be begun, where that is still to come."""
        again = again_at(self.quiz, self.finished)
        return again if again and again > timezone.now() else None

    def sight(self, attempt: Attempt) -> Sight:
        """How much may be seen of an attempt, by the rules the quiz has now: what was shown in error can be hidden."""
        situation = Situation(
            finished_at=attempt.finished_at,
            closes_at=self.dates.closes_at,
            review_at=self.dates.review_at,
            is_spent=self.is_passed or self.attempts_left == 0,
            another_is_open=self.open_attempt is not None,
        )
        rules = {"review": self.quiz.review, "right_when_spent": self.quiz.right_when_spent}
        return sight_of(rules, situation, timezone.now())

    @property
    def seen(self) -> list[tuple[Attempt, Sight]]:
        """Attempts handed in, each with how much of it may be seen."""
        return [(attempt, self.sight(attempt)) for attempt in self.finished]

    @property
    def shown_grade(self) -> Decimal | None:
        """The score that counts, once its learner may know it."""
        return self.quiz.shown_grade(self.finished, self.dates)


def quiz_standing(enrolment: Enrolment, quiz: Quiz) -> QuizStanding:
    """Work out how the learner stands with the quiz."""
    attempts = tuple(enrolment.attempts.filter(activity=quiz).order_by("number"))
    dates = activity_dates(enrolment, quiz)
    return QuizStanding(quiz, attempts, attempt_refusal(enrolment, quiz, dates), dates)


def lessons_to_review(questions: Iterable[QuestionShown], progress: Progress) -> list[LessonState]:
    """The lessons that teach what was not answered rightly, in the order of the course."""
    wanted = {question.verdict.lesson_id for question in questions if question.verdict}
    return [lesson for lesson in progress.lessons if lesson.pk in wanted]
