"""Who may pass which gate, and why not. Worked out from facts each time; nothing is stored but the entry itself.

`standings` reads the facts of a whole cohort at once, `judge` makes of them one frozen answer without the database.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from programmes.models import (
    Gate,
    GateCondition,
    GateConditionKind,
    GateDecision,
    GateWaiver,
    Module,
    Phase,
    ProgrammeEdition,
    Student,
    StudentEvent,
)
from programmes.presence import presence_by_phase
from programmes.results import ModuleStanding, results_of, share_text
from timetable.attendance.percentages import AttendanceShare

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class ConditionStanding:
    """One condition and one student."""

    kind: str
    label: str
    is_met: bool
    reason: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateStanding:
    """One student before one phase."""

    phase: Phase
    student: Student
    # Whether the phase before was entered; the first phase is always within reach.
    is_reached: bool
    entered_at: datetime.datetime | None = None
    conditions: tuple[ConditionStanding, ...] = ()
    waiver: GateWaiver | None = None
    has_gate: bool = False
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing stands in the way but the calendar. What was entered stays open."""
        return (
            self.entered_at is not None
            or self.waiver is not None
            or all(condition.is_met for condition in self.conditions)
        )

    @property
    def left(self) -> tuple[ConditionStanding, ...]:
        """What is still missing."""
        return () if self.passed else tuple(one for one in self.conditions if not one.is_met)

    @property
    def asks_for_decision(self) -> bool:
        """Whether staff have a word to say here."""
        return any(condition.kind == GateConditionKind.DECISION for condition in self.conditions)

    @property
    def is_open(self) -> bool:
        """Whether the student has entered the phase."""
        return self.entered_at is not None

    def opens(self, today: datetime.date) -> bool:
        """Whether the phase is to be opened by itself on that day."""
        in_time = self.phase.starts_on <= today <= self.phase.ends_on
        return in_time and self.is_reached and self.passed and not self.is_open and self.student.is_active

    @property
    def words(self) -> str:
        """Where the student stands, in a sentence."""
        if self.is_open:
            return _("Entered.")
        if not self.is_reached:
            return _("The phase before comes first.")
        if self.waiver:
            return _("Opened without its conditions: %(reason)s") % {"reason": self.waiver.reason}
        if self.passed:
            return _("Everything is met.") if self.has_gate else _("Nothing stands in the way.")
        return " ".join(one.reason for one in self.left)


@dataclass(frozen=True)
class CohortFacts:
    """What gates look at, for many students of one edition, read once."""

    phases: tuple[Phase, ...]
    modules: Mapping[int, tuple[Module, ...]]
    entered: Mapping[tuple[int, int], datetime.datetime]
    results: Mapping[tuple[int, int], ModuleStanding] = field(default_factory=dict)
    presence: Mapping[tuple[int, int], AttendanceShare] = field(default_factory=dict)
    decisions: Mapping[tuple[int, int], GateDecision] = field(default_factory=dict)
    waivers: Mapping[tuple[int, int], GateWaiver] = field(default_factory=dict)


def standings(
    programme_edition: ProgrammeEdition, students: Collection[Student]
) -> dict[tuple[int, int], GateStanding]:
    """Where these students stand before every phase, by student and phase; constant in the number of students."""
    facts = facts_of(programme_edition, students)
    return {
        (student.pk, phase.pk): judge(facts, student, phase) for student in students for phase in facts.phases
    }


def standing_of(student: Student, phase: Phase) -> GateStanding:
    """Where one student stands before one phase of the edition."""
    return standings(student.programme_edition, [student])[student.pk, phase.pk]


def judge(facts: CohortFacts, student: Student, phase: Phase) -> GateStanding:
    """Work out one answer from facts."""
    before = _before(facts, phase)
    gate = gate_of(phase)
    return GateStanding(
        phase=phase,
        student=student,
        is_reached=before is None or (student.pk, before.pk) in facts.entered,
        entered_at=facts.entered.get((student.pk, phase.pk)),
        conditions=tuple(_standing(facts, student, before, one) for one in gate.conditions.all())
        if gate
        else (),
        waiver=facts.waivers.get((student.pk, gate.pk)) if gate else None,
        has_gate=gate is not None,
        note=gate.note if gate else "",
    )


def gate_of(phase: Phase) -> Gate | None:
    """The gate before a phase, if it has one."""
    return getattr(phase, "gate", None)


def _before(facts, phase):
    earlier = [one for one in facts.phases if one.position < phase.position]
    return earlier[-1] if earlier else None


def _standing(facts: CohortFacts, student: Student, before: Phase | None, condition: GateCondition):
    judges = {
        GateConditionKind.MODULES: _all_modules,
        GateConditionKind.MODULE: _one_module,
        GateConditionKind.ATTENDANCE: _attendance,
        GateConditionKind.DECISION: _decision,
    }
    is_met, reason, parts = judges[GateConditionKind(condition.kind)](facts, student, before, condition)
    return ConditionStanding(condition.kind, str(condition.get_kind_display()), is_met, reason, parts)


def _all_modules(facts, student, before, condition):
    wanted = [
        module for module in facts.modules.get(before.pk if before else 0, ()) if not module.is_elective
    ]
    found = [(module, facts.results.get((student.pk, module.pk))) for module in wanted]
    passed = [module for module, result in found if result and result.passed]
    if len(passed) == len(wanted):
        return True, _("All compulsory modules of the phase before are passed."), ()
    sentence = _("%(passed)s of %(wanted)s compulsory modules are passed.") % {
        "passed": len(passed),
        "wanted": len(wanted),
    }
    parts = tuple(_words_of(module, result) for module, result in found if not (result and result.passed))
    return False, sentence, parts


def _one_module(facts, student, before, condition):
    result = facts.results.get((student.pk, condition.module_id))
    return bool(result and result.passed), _words_of(condition.module, result), ()


def _words_of(module, result):
    return result.reason if result else _("%(module)s has not been taken yet.") % {"module": module}


def _attendance(facts, student, before, condition):
    least = condition.least
    if least is None:
        least = student.programme_edition.least_attendance or Decimal(0)
    presence = facts.presence.get((student.pk, before.pk)) if before else None
    if presence is None or not presence.possible:
        return least == 0, _("No session of the phase before has counted yet."), ()
    # Rounded down: whoever is short of it by a minute shall not read that she has it.
    shown = (presence.attended / presence.possible).quantize(THOUSANDTH, ROUND_DOWN)
    words = {"share": share_text(shown), "least": share_text(least)}
    if presence.attended >= least * presence.possible:
        return True, _("Attended %(share)s of the teaching; %(least)s are needed.") % words, ()
    return False, _("Attended %(share)s of the teaching; at least %(least)s are needed.") % words, ()


def _decision(facts, student, before, condition):
    decision = facts.decisions.get((student.pk, condition.gate_id))
    if decision is None:
        return False, _("Staff have not decided yet."), ()
    words = {"reason": decision.reason}
    if decision.may_pass:
        return True, _("Staff decided that the gate may be passed: %(reason)s") % words, ()
    return False, _("Staff decided that the gate may not be passed yet: %(reason)s") % words, ()


# --- reading the facts ---


def phases_of(programme_edition: ProgrammeEdition) -> tuple[Phase, ...]:
    """The phases of an edition in order, with gates and their conditions."""
    rows = programme_edition.phases.select_related("gate").prefetch_related(
        "gate__conditions__module__edition__course"
    )
    return tuple(rows.order_by("position", "pk"))


def facts_of(programme_edition: ProgrammeEdition, students: Collection[Student]) -> CohortFacts:
    """Read what the gates of an edition look at; only what one of their conditions asks for."""
    phases = phases_of(programme_edition)
    modules = modules_by_phase(programme_edition)
    judged = judged_modules(phases, modules)
    return facts_with(
        students,
        phases,
        modules,
        results=results_of(students, judged) if judged else {},
        presence=presence_by_phase(students) if GateConditionKind.ATTENDANCE in kinds_of(phases) else {},
    )


def facts_with(students: Collection[Student], phases, modules, *, results, presence) -> CohortFacts:
    """The same where results and attendance are known already."""
    pks = [student.pk for student in students]
    kinds = kinds_of(phases)
    events = StudentEvent.objects.filter(student__in=pks, kind=StudentEvent.Kind.PHASE_OPENED)
    decisions = GateDecision.objects.filter(student__in=pks).order_by("decided_at", "pk")
    waivers = GateWaiver.objects.filter(student__in=pks, ended_at=None)
    return CohortFacts(
        phases=phases,
        modules=modules,
        entered={(student, phase): at for student, phase, at in events.values_list("student", "phase", "at")},
        results=results,
        presence=presence,
        decisions={(one.student_id, one.gate_id): one for one in decisions}
        if GateConditionKind.DECISION in kinds
        else {},
        waivers={(one.student_id, one.gate_id): one for one in waivers} if kinds else {},
    )


def kinds_of(phases: Collection[Phase]) -> set[str]:
    """What the gates between these phases look at."""
    gates = [gate for phase in phases if (gate := gate_of(phase))]
    return {condition.kind for gate in gates for condition in gate.conditions.all()}


def modules_by_phase(programme_edition: ProgrammeEdition) -> dict[int, tuple[Module, ...]]:
    """The modules of every phase, in order."""
    found: dict[int, list[Module]] = defaultdict(list)
    rows = Module.objects.filter(phase__programme_edition=programme_edition)
    rows = rows.select_related(
        "phase__programme_edition__scale", "edition__course", "edition__grade_scheme__scale"
    )
    for module in rows.order_by("position", "pk"):
        found[module.phase_id].append(module)
    return {phase: tuple(some) for phase, some in found.items()}


def judged_modules(phases, modules):
    """The modules whose results a condition looks at."""
    wanted: set[int] = set()
    for before, phase in pairwise(phases):
        gate = gate_of(phase)
        for condition in gate.conditions.all() if gate else ():
            if condition.kind == GateConditionKind.MODULE:
                wanted.add(condition.module_id)
            elif condition.kind == GateConditionKind.MODULES:
                wanted |= {module.pk for module in modules.get(before.pk, ()) if not module.is_elective}
    return [module for some in modules.values() for module in some if module.pk in wanted]
