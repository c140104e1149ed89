"""When a learner was last active, and who has gone quiet. Worked out from the facts; nothing is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DateTimeField, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from wagtail import hooks

from enrolments.models import EnrolmentQuerySet
from learning.models import Attempt, Completion, TutorMessage

# Taught editions set their work by the week: whoever was not there for a whole week has missed a step.
QUIET_AFTER = timedelta(days=7)

# An app above names its facts that show a learner at work: hook() → Trace.
TRACES = "learning_traces"


@dataclass(frozen=True)
class Trace:
    """Rows that show a learner at work: how they lead to the enrolment, and when it was."""

    rows: QuerySet
    moment: str
    enrolment: str = "enrolment"

    def last(self) -> Subquery:
        """The latest moment for the enrolment of the outer query."""
        rows = self.rows.filter(**{self.enrolment: OuterRef("pk")}).order_by().values(self.enrolment)
        return Subquery(rows.annotate(last=Max(self.moment)).values("last"), output_field=DateTimeField())


def traces() -> list[Trace]:
    """Everything that shows a learner at work."""
    own_messages = TutorMessage.objects.filter(author=F("thread__enrolment__person"))
    return [
        Trace(Completion.objects.all(), "completed_at"),
        Trace(Attempt.objects.all(), "started_at"),
        Trace(Attempt.objects.all(), "finished_at"),
        Trace(own_messages, "sent_at", "thread__enrolment"),
        *(name() for name in hooks.get_hooks(TRACES)),
    ]


def with_last_seen(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Each with `seen_at`: the last sign of work, or the enrolment itself where there is none."""
    moments = [Coalesce(trace.last(), F("enrolled_at")) for trace in traces()]
    return enrolments.annotate(seen_at=Greatest(F("enrolled_at"), *moments))


def expected_to_work(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those who hold a place in an edition that has been running for a while, and have not completed it."""
    today = timezone.localdate()
    return enrolments.active().filter(
        Q(edition__ends_on=None) | Q(edition__ends_on__gte=today),
        edition__cancelled_at=None,
        edition__starts_on__lte=today - QUIET_AFTER,
        course_completion=None,
    )


def quiet_since() -> datetime:
    """Whoever was last seen before this moment has gone quiet."""
    return timezone.now() - QUIET_AFTER


def gone_quiet(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those who should be at work and showed nothing for a week; each with `seen_at`."""
    return with_last_seen(expected_to_work(enrolments)).filter(seen_at__lt=quiet_since())


def never_begun(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those who have left no trace since they enrolled; each with `seen_at`."""
    return with_last_seen(enrolments).filter(seen_at=F("enrolled_at"))
