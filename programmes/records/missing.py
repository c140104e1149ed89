"""What stands between an edition and its next board: results not given, not final, not confirmed; cases not decided."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from programmes.models import Module, ModuleOutcome, ProgrammeEdition, Student, StudentCase
from programmes.records.record import AcademicRecord, ModuleLine, records_of


@dataclass(frozen=True)
class ModuleState:
    """One module: who has a confirmed result in it, and who has not, and why."""

    module: Module
    confirmed: list[Student] = field(default_factory=list)
    # A board can confirm it.
    ready: list[Student] = field(default_factory=list)
    # Something of it is not given or not released.
    unfinished: list[Student] = field(default_factory=list)
    without: list[Student] = field(default_factory=list)

    @property
    def students(self) -> int:
        """How many take it."""
        return sum(len(some) for some in (self.confirmed, self.ready, self.unfinished, self.without))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to confirm."""
        return len(self.confirmed) == self.students


@dataclass(frozen=True)
class Missing:
    """All of it, at one moment."""

    modules: tuple[ModuleState, ...]
    cases: tuple[StudentCase, ...]
    late: int
    # Every module has a confirmed result, and no board has said anything of the degree.
    degrees: tuple[Student, ...]


def missing_in(edition: ProgrammeEdition, modules: Sequence[Module], today: datetime.date) -> Missing:
    """Read and sort out; as many queries for one student as for all."""
    students = edition.students.active().select_related("person")
    records = records_of(edition, list(students.order_by("person__last_name", "person__first_name", "pk")))
    states = {module.pk: ModuleState(module) for module in modules}
    for record in records.values():
        for line in record.lines:
            _place_of(states[line.module.pk], line).append(record.student)
    cases = StudentCase.objects.open().filter(student__programme_edition=edition, student__withdrawn_at=None)
    cases = cases.select_related("student__person", "module_enrolment__module__edition__course")
    listed = tuple(cases.order_by("decide_by", "pk"))
    return Missing(
        modules=tuple(states.values()),
        cases=listed,
        late=sum(case.decide_by < today for case in listed),
        degrees=tuple(record.student for record in records.values() if _waits_for_degree(record)),
    )


def _place_of(state: ModuleState, line: ModuleLine) -> list[Student]:
    if line.provisional:
        return state.ready if line.is_final else state.unfinished
    if line.counted and line.counted.outcome != ModuleOutcome.INCOMPLETE:
        return state.confirmed
    return state.without


def _waits_for_degree(record: AcademicRecord) -> bool:
    return record.degree is None and record.is_complete
