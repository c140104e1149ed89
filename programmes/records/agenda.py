"""What an examination board has to decide today, worked out from the records. Stores nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import (
    ItemKind,
    Module,
    ModuleEnrolment,
    ModuleOutcome,
    ProgrammeEdition,
    Student,
    StudentCase,
)
from programmes.records.reckoning import Verdict
from programmes.records.record import AcademicRecord, ModuleLine, records_of


@dataclass(frozen=True)
class Proposal:
    """One point for the agenda, with what the rules propose."""

    kind: str
    student: Student
    place: ModuleEnrolment | None = None
    case: StudentCase | None = None
    attempt: int = 1
    score: Decimal | None = None
    outcome: str = ""
    rule: int | None = None
    concern: str = ""

    @property
    def key(self) -> tuple:
        """What makes it the same point when the agenda is prepared again."""
        return (
            self.kind,
            self.student.pk,
            self.place.pk if self.place else None,
            self.case.pk if self.case else None,
            self.attempt,
        )


def proposals_for(edition: ProgrammeEdition) -> list[Proposal]:
    """Everything a board of this edition could decide today."""
    records = records_of(edition, edition.students.active().select_related("person"))
    cases = StudentCase.objects.open().filter(student__programme_edition=edition, student__withdrawn_at=None)
    cases = cases.select_related("student__person", "module_enrolment")
    found = [Proposal(ItemKind.CASE, case.student, case.module_enrolment, case) for case in cases]
    contested = {case.module_enrolment_id for case in cases}
    compulsory = set(
        Module.objects.filter(phase__programme_edition=edition, is_elective=False).values_list(
            "pk", flat=True
        )
    )
    for record in records.values():
        found += _results(record, contested, edition)
        found += _degree(record, compulsory)
    return found


def _results(record: AcademicRecord, contested: set, edition: ProgrammeEdition) -> Iterator[Proposal]:
    for line in record.lines:
        result = line.provisional
        is_over = _is_over(line)
        # What a board left incomplete comes back once there is a result.
        if result and (line.is_final or (is_over and not line.results)):
            yield Proposal(
                ItemKind.RESULT,
                record.student,
                line.present,
                attempt=result.attempt,
                score=result.score,
                outcome=result.outcome if line.is_final else ModuleOutcome.INCOMPLETE,
                concern=_concern(line, record, contested, edition),
            )
        elif not line.results and is_over:
            yield Proposal(
                ItemKind.RESULT,
                record.student,
                line.present,
                outcome=ModuleOutcome.INCOMPLETE,
                concern=_("The module is over and no result has been given."),
            )


def _is_over(line: ModuleLine) -> bool:
    ends_on = line.module.edition.ends_on
    return ends_on is not None and ends_on < timezone.localdate()


def _concern(line: ModuleLine, record: AcademicRecord, contested: set, edition: ProgrammeEdition) -> str:
    """What the board should know before it confirms this result."""
    said = []
    if not line.is_final:
        said.append(_("Not every result of this module has been given and released."))
    if line.present.pk in contested:
        said.append(_("A case about this module is open."))
    if _is_endangered(record.attendance, edition.least_attendance):
        said.append(_("Attendance is below what the programme asks for."))
    if line.results and not line.passed and record.reckoning.most_attempts <= line.resits + 1:
        said.append(_("This is the last attempt the rules allow."))
    return " ".join(said)


def _is_endangered(attendance: Fraction | None, least: Decimal | None) -> bool:
    return attendance is not None and least is not None and attendance < Fraction(least)


def _degree(record: AcademicRecord, compulsory: set[int]) -> Iterable[Proposal]:
    """The degree, once every compulsory module of the programme would have a result."""
    if record.degree and (record.degree.is_awarded or not _has_changed(record)):
        return ()
    supposed = record.as_if_confirmed()
    taken = {line.module.pk for line in record.lines}
    if not supposed.is_complete or not taken.issuperset(compulsory):
        return ()
    last: Verdict | None = supposed.verdicts[-1] if supposed.verdicts else None
    rule = supposed.proposed_class
    said = [] if rule or last is None else list(last.missing)
    failed = [line.module.code for line in supposed.lines if not line.passed and line.module.pk in compulsory]
    if failed:
        said.append(_("Not passed: %(modules)s.") % {"modules": ", ".join(failed)})
    proposed = rule.key if rule and not failed else None
    return (Proposal(ItemKind.DEGREE, record.student, rule=proposed, concern=" ".join(said)),)


def _has_changed(record: AcademicRecord) -> bool:
    """Whether there is a new result since the degree was not awarded."""
    decided_at = record.degree.decided_at if record.degree else None
    return any(
        line.provisional
        or any(
            result.confirmed_at and decided_at and result.confirmed_at > decided_at for result in line.results
        )
        for line in record.lines
    )
