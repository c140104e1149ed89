"""What somebody answered in an attempt at interactive content, as its player reported it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from courses.models import Activity
from enrolments.models import Edition, Enrolment
from h5p.core.completing import ENDING_VERBS
from h5p.core.report import Answered, report_of
from learning.interactive.results import Result
from learning.models import H5PAttempt, H5PStatement

# So many attempts are read with their answers at once: the answers of one may be megabytes.
AT_ONCE = 10


@dataclass(frozen=True)
class AttemptReport:
    """One attempt with its answers. They are in the language of the content, which `language` names."""

    h5p_attempt: H5PAttempt
    result: Result
    answers: tuple[Answered, ...]
    language: str


def report_of_attempt(h5p_attempt: H5PAttempt) -> AttemptReport:
    """The readable report of an attempt that comes with its version, attempt and activity."""
    activity = h5p_attempt.attempt.activity.specific
    sent = list(telling(h5p_attempt.statements.all()).values_list("raw", flat=True))
    language = h5p_attempt.version.language
    return AttemptReport(
        h5p_attempt=h5p_attempt,
        result=Result(
            h5p_attempt.attempt,
            h5p_attempt.raw,
            h5p_attempt.maximum,
            needs_pass=activity.needs_pass,
            h5p_attempt=h5p_attempt,
        ),
        answers=report_of(sent, activity.iri),
        language=h5p_attempt.attempt.language if language == "und" else language,
    )


def telling(statements: QuerySet[H5PStatement]) -> QuerySet[H5PStatement]:
    """Those among the statements that can hold answers."""
    about = Q()
    for verb in sorted(ENDING_VERBS):
        about |= Q(verb__endswith=f"/{verb}")
    return statements.filter(about)


def results_at(enrolment: Enrolment, activity: Activity) -> list[Result]:
    """The attempts of one person at the activity, in their order."""
    rows = H5PAttempt.objects.filter(attempt__enrolment=enrolment, attempt__activity=activity)
    return results_in(rows.order_by("attempt__number"), activity)


def attempts_in(edition: Edition, activity: Activity) -> QuerySet[H5PAttempt]:
    """Everybody's attempts at the activity in an edition, by name."""
    rows = H5PAttempt.objects.filter(attempt__enrolment__edition=edition, attempt__activity=activity)
    return rows.order_by(
        "attempt__enrolment__person__last_name",
        "attempt__enrolment__person__first_name",
        "attempt__enrolment",
        "attempt__number",
    )


def results_in(rows: QuerySet[H5PAttempt], activity: Activity) -> list[Result]:
    """The results of these attempts, each with who made it."""
    found = rows.select_related("attempt__enrolment__person", "version").defer("version__params")
    return [
        Result(row.attempt, row.raw, row.maximum, needs_pass=activity.needs_pass, h5p_attempt=row)
        for row in found
    ]


def with_answers(rows: QuerySet[H5PAttempt], activity: Activity) -> Iterator[AttemptReport]:
    """The reports of these attempts, some at a time: very many fit into little memory."""
    told = Prefetch("statements", telling(H5PStatement.objects.order_by("pk")), to_attr="told")
    found = rows.select_related("attempt__enrolment__person", "version").prefetch_related(told)
    iri = activity.specific.iri
    for row in found.defer("version__params").iterator(chunk_size=AT_ONCE):
        result = Result(row.attempt, row.raw, row.maximum, needs_pass=activity.needs_pass, h5p_attempt=row)
        answers = report_of([statement.raw for statement in row.told], iri)
        yield AttemptReport(row, result, answers, row.attempt.language)
