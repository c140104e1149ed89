"""What the committee sees: the ranking with its reasons, the balance beside it, what was decided. Read in few queries.

Scores that are not handed in are never read here. A member who assesses an application themselves sees nothing of the
others' scores on it before their own are handed in, and whoever applied nothing of what is said about themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.models import (
    Application,
    AssessorAssignment,
    Call,
    Decision,
    InterviewBooking,
    Score,
    SelectionRules,
)
from programmes.selection.capacity import Places, places_by_mode
from programmes.selection.ranking import (
    BalanceLine,
    Measure,
    Rule,
    Scored,
    Sheet,
    Standing,
    Trait,
    balance,
    rank,
    total_of,
)

UNDECIDED = "undecided"


@dataclass(frozen=True)
class Row:
    """One application as the committee sees it."""

    application: Application
    standing: Standing
    decision: Decision | None
    awaited: int
    interview: str
    is_hidden: bool
    is_own: bool

    @property
    def outcome(self) -> str:
        """What was decided, or that nothing was."""
        return self.decision.outcome if self.decision else UNDECIDED

    @property
    def token(self) -> str:
        """What a form sends along: the application and the decision that stood on the screen."""
        return f"{self.application.pk}:{self.decision.pk if self.decision else ''}"


@dataclass(frozen=True)
class BalanceTable:
    """The counts of one kind of group."""

    title: str
    lines: tuple[BalanceLine, ...]


@dataclass(frozen=True)
class Committee:
    """A call as the committee sees it."""

    call: Call
    rules: SelectionRules
    rows: tuple[Row, ...]
    balances: tuple[BalanceTable, ...]
    places: tuple[Places, ...]
    counts: dict[str, int]

    def row(self, application_id: int) -> Row | None:
        """The row of one application."""
        return next((row for row in self.rows if row.application.pk == application_id), None)


def committee(call: Call, viewer: User) -> Committee:
    """Everything on the committee's page, however many applied."""
    rules = rules_of(call)
    applications = {one.pk: one for one in _applications(call)}
    assignments = list(
        AssessorAssignment.objects.current()
        .filter(application__in=call.applications.submitted())
        .values_list("pk", "application", "assessor", "handed_in_at")
    )
    hidden = {
        application
        for _pk, application, assessor, handed_in in assignments
        if assessor == viewer.pk and handed_in is None
    }
    hidden |= {one.pk for one in applications.values() if one.person_id == viewer.pk}
    standings = rank(
        _scored(call, applications, assignments, hidden),
        measures_of(call),
        Rule(rules.assessors_per_application, rules.wide_spread),
    )
    rows = tuple(_rows(call, applications, assignments, standings, hidden, viewer))
    return Committee(
        call=call,
        rules=rules,
        rows=rows,
        balances=balances_of(rows),
        places=tuple(places_by_mode(call.programme_edition).values()),
        counts=dict(Counter(row.outcome for row in rows)),
    )


def rules_of(call: Call) -> SelectionRules:
    """The rules of the call's selection, the usual ones where none were set."""
    found = getattr(call, "selection", None)
    return found or SelectionRules(call=call)


def measures_of(call: Call) -> tuple[Measure, ...]:
    """The criteria in force as the arithmetic wants them."""
    return tuple(Measure(one.pk, Decimal(one.points), one.weight) for one in call.criteria.in_force())


def _applications(call) -> Iterable[Application]:
    found = call.applications.submitted().select_related(
        "person", "country__region__parent", "profession", "receipt"
    )
    bookings = InterviewBooking.objects.standing().filter(application=OuterRef("pk")).order_by("-pk")
    found = found.annotate(interview_outcome=Subquery(bookings.values("outcome")[:1]))
    return found.order_by("family_name", "given_names", "pk")


def _scored(call, applications, assignments, hidden):
    points: dict[int, dict[int, Decimal]] = defaultdict(dict)
    given = Score.objects.filter(
        assignment__application__in=call.applications.submitted(),
        assignment__ended_at=None,
        assignment__handed_in_at__isnull=False,
    ).exclude(points=None)
    for assignment, criterion, earned in given.order_by().values_list("assignment", "criterion", "points"):
        points[assignment][criterion] = earned
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for pk, application, assessor, handed_in in assignments:
        if handed_in is not None and application not in hidden:
            sheets[application].append(Sheet(assessor, points[pk]))
    return [Scored(pk, tuple(sheets[pk])) for pk in applications]


def _rows(call, applications, assignments, standings, hidden, viewer):
    decisions = Decision.objects.standing().filter(application__in=call.applications.submitted())
    decisions = decisions.exclude(application__person=viewer)
    decided = {one.application_id: one for one in decisions.select_related("decided_by")}
    awaited = Counter(
        application for _pk, application, _assessor, handed_in in assignments if handed_in is None
    )
    for standing in standings:
        pk = standing.application
        yield Row(
            application=applications[pk],
            standing=standing,
            decision=decided.get(pk),
            awaited=awaited[pk],
            interview=_interview(applications[pk].interview_outcome),
            is_hidden=pk in hidden,
            is_own=applications[pk].person_id == viewer.pk,
        )


def _interview(outcome):
    if outcome is None:
        return ""
    return str(InterviewBooking.Outcome(outcome).label) if outcome else _("Booked")


def balances_of(rows: Iterable[Row]) -> tuple[BalanceTable, ...]:
    """Counts by region, gender and profession: to be read, never to decide by themselves."""
    unsaid = _("Not said")
    traits = []
    for row in rows:
        one = row.application
        region = one.country.region if one.country else None
        world = (region.parent or region) if region else None
        traits.append(
            Trait(
                outcome=row.outcome,
                groups={
                    "region": world.label if world else unsaid,
                    "gender": one.get_gender_display() or unsaid,
                    "profession": one.profession.label if one.profession else unsaid,
                },
            )
        )
    titles = {"region": _("Region"), "gender": _("Gender"), "profession": _("Profession")}
    return tuple(BalanceTable(title, balance(traits, kind)) for kind, title in titles.items())


@dataclass(frozen=True)
class ScoredCriterion:
    """What one assessor said on one criterion."""

    name: str
    points: Decimal | None
    most: int
    comment: str


@dataclass(frozen=True)
class SheetShown:
    """What one assessor handed in, to be read beside a dossier."""

    assignment: AssessorAssignment
    total: Decimal
    criteria: tuple[ScoredCriterion, ...]


def sheets_of(application: Application, viewer: User) -> tuple[SheetShown, ...]:
    """What was handed in for an application; nothing while the viewer has still to hand in."""
    current = application.assessor_assignments.current()
    if current.filter(assessor=viewer, handed_in_at=None).exists():
        return ()
    measures = measures_of(application.call)
    shown = []
    for assignment in current.handed_in().select_related("assessor").prefetch_related("scores__criterion"):
        scores = [score for score in assignment.scores.all() if score.criterion.retired_at is None]
        shown.append(_sheet_shown(assignment, scores, measures))
    return tuple(shown)


def _sheet_shown(assignment, scores, measures):
    points = {score.criterion_id: score.points for score in scores if score.points is not None}
    return SheetShown(
        assignment=assignment,
        total=total_of(Sheet(assignment.assessor_id, points), measures).share,
        criteria=tuple(
            ScoredCriterion(score.criterion.label, score.points, score.criterion.points, score.comment)
            for score in scores
        ),
    )
