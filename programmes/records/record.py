"""The academic record of students, worked out from confirmed and provisional results. Stores nothing."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import QuerySet

from gradebook.book import Book
from gradebook.grades import Scale, Standing
from gradebook.plans import scale_of
from programmes.models import (
    AcademicRules,
    ClassificationRule,
    DegreeDecision,
    Module,
    ModuleEnrolment,
    ModuleOutcome,
    ModuleResult,
    ProgrammeEdition,
    ResitResult,
    ResitRule,
    Student,
)
from programmes.records.attendance import attended_shares
from programmes.records.reckoning import (
    Criteria,
    Figures,
    Result,
    Verdict,
    as_printed,
    average,
    classify,
    counted,
    counted_share,
    outcome_of,
    place,
)
from programmes.results import nothing_is_open


@dataclass(frozen=True)
class Reckoning:
    """How an edition reckons, read once for everybody."""

    scale: Scale
    decimals: int
    resits_count: str
    most_attempts: int
    classes: tuple[Criteria, ...]


@dataclass(frozen=True)
class ModuleLine:
    """One module of one student."""

    module: Module
    # The student's places in it; the last is the present one.
    places: tuple[ModuleEnrolment, ...]
    results: tuple[Result, ...]
    # What the gradebook or a re-sit says and no board has confirmed.
    provisional: Result | None
    # The word of the provisional result is final: nothing is missing or waiting.
    is_final: bool
    # What the gradebook says now, where that differs from what a board confirmed.
    drift: Standing | None
    resits_count: str
    bar: Decimal | None
    scale: Scale
    decimals: int

    @property
    def present(self) -> ModuleEnrolment:
        """The place held now, or held last."""
        return self.places[-1]

    @cached_property
    def counted(self) -> Result | None:
        """The confirmed result that counts."""
        return counted(self.results, self.resits_count)

    @property
    def shown(self) -> Result | None:
        """The result to show: what counts, else what is provisional."""
        return self.counted or self.provisional

    @property
    def passed(self) -> bool:
        """Whether a board confirmed that it is passed."""
        return self.counted is not None and self.counted.passed

    @property
    def credits_earned(self) -> Decimal:
        """Its credits, once passed."""
        return self.module.credits if self.passed else Decimal(0)

    @property
    def weight(self) -> Decimal:
        """What it weighs in the average: its credits unless the module says otherwise."""
        return self.module.credits if self.module.weight is None else self.module.weight

    @property
    def share(self) -> Fraction | None:
        """What goes into the average."""
        return counted_share(self.counted, self.resits_count, self.bar)

    @property
    def counted_standing(self) -> Standing | None:
        """The result that counts, as it is printed: capped where the rules cap a re-sit."""
        if self.counted is None or self.share is None:
            return self.counted.standing if self.counted else None
        return as_printed(self.share, self.scale, self.decimals)

    @property
    def resits(self) -> int:
        """How often it was taken again."""
        return max((result.attempt for result in self.results), default=1) - 1

    def as_if_confirmed(self) -> "ModuleLine":
        """The same line if a board confirmed what is provisional."""
        if self.provisional is None:
            return self
        kept = tuple(one for one in self.results if one.attempt != self.provisional.attempt)
        return replace(self, results=(*kept, self.provisional), provisional=None)


@dataclass(frozen=True)
class AcademicRecord:
    """All that is known of one student's results, with the reasons."""

    student: Student
    reckoning: Reckoning
    lines: tuple[ModuleLine, ...]
    attendance: Fraction | None
    degree: DegreeDecision | None

    @property
    def credits_earned(self) -> Decimal:
        """Credits of the modules passed."""
        return sum((line.credits_earned for line in self.lines), Decimal(0))

    @property
    def credits_taken(self) -> Decimal:
        """Credits of all modules taken."""
        return sum((line.module.credits for line in self.lines), Decimal(0))

    @property
    def hours_taught(self) -> Decimal:
        """Hours taught in the modules passed."""
        return sum((line.module.hours_taught for line in self.lines if line.passed), Decimal(0))

    @property
    def resits(self) -> int:
        """How many modules were taken again, counted by attempts."""
        return sum(line.resits for line in self.lines)

    @cached_property
    def average(self) -> Fraction | None:
        """The weighted average, rounded as it is printed; None while nothing counts."""
        return self.average_standing.share if self.average_standing else None

    @cached_property
    def average_standing(self) -> Standing | None:
        """The average on the scale."""
        exact = average((line.share, line.weight) for line in self.lines)
        return as_printed(exact, self.reckoning.scale, self.reckoning.decimals)

    def as_if_confirmed(self) -> "AcademicRecord":
        """The same record if a board confirmed everything that is provisional."""
        return replace(self, lines=tuple(line.as_if_confirmed() for line in self.lines))

    @property
    def is_complete(self) -> bool:
        """Whether every module taken has a result that a board confirmed."""
        return bool(self.lines) and all(
            line.counted and line.counted.outcome != ModuleOutcome.INCOMPLETE for line in self.lines
        )

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Each class of degree held against the figures, up to the first that is met."""
        figures = Figures(self.average, self.credits_earned, self.attendance, self.resits)
        return classify(self.reckoning.classes, figures)

    @property
    def proposed_class(self) -> Criteria | None:
        """The class of degree the rules give; None where none is met or something is still open."""
        met = self.is_complete and self.verdicts and self.verdicts[-1].is_met
        return self.verdicts[-1].criteria if met else None


def reckoning_of(edition: ProgrammeEdition) -> Reckoning:
    """How this edition reckons; without rules of its own, by the usual ones."""
    rules = AcademicRules.objects.filter(programme_edition=edition).first() or AcademicRules()
    classes = ClassificationRule.objects.filter(programme_edition=edition)
    return Reckoning(
        scale=scale_of(edition.scale),
        decimals=rules.decimals,
        resits_count=rules.resits_count or ResitRule.BEST,
        most_attempts=rules.most_attempts,
        classes=tuple(
            Criteria(
                rule.pk,
                rule.label,
                rule.least_average,
                rule.least_credits,
                rule.least_attendance,
                rule.most_resits,
            )
            for rule in classes
        ),
    )


def records_of(
    edition: ProgrammeEdition, students: Collection[Student] | None = None, *, released_only: bool = False
) -> dict[int, AcademicRecord]:
    """The records of these students (of all, by default), by student; as many queries for one as for all.

    With `released_only` provisional results are those the students themselves may see.
    """
    chosen = list(edition.students.select_related("person") if students is None else students)
    reckoning = reckoning_of(edition)
    places = _places(chosen)
    results = _results(places)
    said = _said(places, released_only)
    shares = attended_shares(places)
    degrees = {
        one.student_id: one
        for one in DegreeDecision.objects.filter(student__in=chosen, replaced_by=None).select_related("rule")
    }
    held = defaultdict(lambda: defaultdict(list))
    for one in places:
        held[one.student_id][one.module].append(one)
    return {
        student.pk: AcademicRecord(
            student=student,
            reckoning=reckoning,
            lines=tuple(
                _line(module, tuple(ones), results, said, reckoning)
                for module, ones in held[student.pk].items()
            ),
            attendance=shares.get(student.pk),
            degree=degrees.get(student.pk),
        )
        for student in chosen
    }


def record_of(student: Student, *, released_only: bool = False) -> AcademicRecord:
    """The record of one student."""
    return records_of(student.programme_edition, [student], released_only=released_only)[student.pk]


def _places(students) -> QuerySet[ModuleEnrolment]:
    rows = ModuleEnrolment.objects.filter(student__in=students)
    return rows.select_related(
        "module__phase", "module__edition__course", "enrolment__person", "enrolment__edition"
    ).order_by("module__phase__position", "module__position", "module", "pk")


def _results(places) -> dict[int, list[ModuleResult]]:
    found = defaultdict(list)
    rows = ModuleResult.objects.standing().filter(module_enrolment__in=[one.pk for one in places])
    for result in rows.order_by("attempt", "pk"):
        found[result.module_enrolment_id].append(result)
    return found


@dataclass(frozen=True)
class _Said:
    """What is known of one place beside confirmed results: the gradebook's word and a re-sit's."""

    score: Decimal | None = None
    is_final: bool = False
    resit: Decimal | None = None


def _said(places, released_only) -> dict[int, _Said]:
    """What gradebooks and re-sits say, by place. Queries grow with the number of modules alone."""
    by_module = defaultdict(list)
    for one in places:
        by_module[one.module].append(one)
    resits = dict(
        ResitResult.objects.filter(
            case__module_enrolment__in=[one.pk for one in places], case__settled_at=None
        )
        .order_by("pk")
        .values_list("case__module_enrolment", "score")
    )
    found = {}
    for module, ones in by_module.items():
        grades = Book(module.edition).grades([one.enrolment for one in ones], released_only=released_only)
        for one in ones:
            grade = grades[one.enrolment_id]
            score = None if grade.total is None else grade.total / 100
            is_final = score is not None and nothing_is_open(grade)
            found[one.pk] = _Said(score, is_final, resits.get(one.pk))
    return found


def _line(module, places, results, said, reckoning) -> ModuleLine:
    confirmed = tuple(_confirmed(result, reckoning) for one in places for result in results.get(one.pk, ()))
    present, word = places[-1], said.get(places[-1].pk, _Said())
    here = results.get(present.pk, [])
    waits = word.resit is not None or not here or here[-1].outcome == ModuleOutcome.INCOMPLETE
    score = word.score if word.resit is None else word.resit
    return ModuleLine(
        module=module,
        places=places,
        results=confirmed,
        provisional=_unconfirmed(score, confirmed, module, reckoning) if waits else None,
        is_final=word.is_final or word.resit is not None,
        drift=None if waits else _drift(word.score, here[0], reckoning),
        resits_count=reckoning.resits_count,
        bar=reckoning.scale.pass_from if module.pass_mark is None else module.pass_mark,
        scale=reckoning.scale,
        decimals=reckoning.decimals,
    )


def _unconfirmed(score, confirmed, module, reckoning) -> Result | None:
    """The provisional result; one that was incomplete is completed, any other is taken again."""
    if score is None:
        return None
    last = max(confirmed, key=lambda result: result.attempt, default=None)
    number = 1 if last is None else last.attempt + (last.outcome != ModuleOutcome.INCOMPLETE)
    return Result(
        attempt=number,
        score=score,
        outcome=outcome_of(score, reckoning.scale, decimals=reckoning.decimals, pass_mark=module.pass_mark),
        standing=place(score, reckoning.scale, reckoning.decimals),
    )


def _drift(score, first: ModuleResult, reckoning) -> Standing | None:
    """What the gradebook says of the first attempt today, if that is not what was confirmed."""
    now = place(score, reckoning.scale, reckoning.decimals)
    then = place(first.score, reckoning.scale, reckoning.decimals)
    return now if now and then and first.attempt == 1 and now.share != then.share else None


def _confirmed(result: ModuleResult, reckoning) -> Result:
    return Result(
        attempt=result.attempt,
        score=result.score,
        outcome=result.outcome,
        standing=place(result.score, reckoning.scale, reckoning.decimals),
        confirmed_at=result.confirmed_at,
        note=result.note,
    )
