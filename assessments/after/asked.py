"""The questions learners were asked in a quiz, as whoever grades them anew finds them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q

from assessments.models import AttemptItem, Question, QuestionVersion, Quiz, RegradeAction
from assessments.regrades import newer_keys, same_kind
from enrolments.models import Edition


@dataclass(frozen=True)
class QuestionAsked:
    """One question: how often it was asked, in which versions, and what earlier regrades did to it."""

    pk: int
    name: str
    asked: int
    first_version: int
    last_version: int
    dropped: int
    given: int
    regraded: int
    # The newest version, where its key could grade answers that it has not graded yet.
    newest: QuestionVersion | None

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"question-{self.pk}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be decided about it."""
        offered = [
            (RegradeAction.NEWEST, self.newest),
            (RegradeAction.DROP, True),
            (RegradeAction.GIVE, True),
        ]
        offered.append((RegradeAction.OWN, self.dropped or self.given or self.regraded))
        return [("", "–"), *((action.value, str(action.label)) for action, possible in offered if possible)]


def questions_asked(quiz: Quiz, editions: Iterable[Edition]) -> list[QuestionAsked]:
    """Every question of the quiz's attempts in these editions, as the author placed them."""
    items = AttemptItem.objects.filter(
        quiz_attempt__attempt__activity=quiz, quiz_attempt__attempt__enrolment__edition__in=editions
    )
    rows = (
        items.values(question=F("question_version__question"))
        .annotate(
            asked=Count("pk"),
            first=Min("question_version__number"),
            last=Max("question_version__number"),
            dropped=Count("pk", filter=Q(dropped_at__isnull=False)),
            given=Count("pk", filter=Q(given_at__isnull=False)),
            regraded=Count("pk", filter=Q(graded_by__isnull=False)),
            place=Min("version_item__sort_order"),
        )
        .order_by("place", "question")
    )
    found = list(rows)
    questions = Question.objects.in_bulk([row["question"] for row in found])
    newest = newer_keys(questions.values())
    behind = set(
        items.annotate(key=F("graded_by"))
        .exclude(Q(graded_by__in=[one.pk for one in newest.values()]))
        .exclude(Q(graded_by=None) & Q(question_version__in=[one.pk for one in newest.values()]))
        .values_list("question_version__question", flat=True)
        .distinct()
    )
    return [
        QuestionAsked(
            pk=row["question"],
            name=questions[row["question"]].name,
            asked=row["asked"],
            first_version=row["first"],
            last_version=row["last"],
            dropped=row["dropped"],
            given=row["given"],
            regraded=row["regraded"],
            newest=_newest(questions[row["question"]], newest, behind),
        )
        for row in found
    ]


def _newest(question, newest, behind):
    version = newest.get(question.pk)
    if version is None or question.pk not in behind or not same_kind(version, question.kind):
        return None
    return version
