"""What students reached in modules: the grade of the module's edition, whether it stands, and whether it passes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from enrolments.models import Enrolment
from gradebook.book import Book
from gradebook.grades import Grade
from gradebook.shelf import released_grades
from learning.models import CourseCompletion
from learning.progress import Progress
from programmes.models import EARNS_CREDITS, Module, ModuleEnrolment, ModuleOutcome, ModuleResult, Student


def share_text(share: Decimal) -> str:
    """A share from 0 to 1 as people read it: 72.5 %."""
    return _("%(number)s %%") % {"number": number_format((share * 100).normalize(), use_l10n=True)}


@dataclass(frozen=True)
class ModuleStanding:
    """One student's newest go at one module."""

    module: Module
    enrolment: Enrolment
    grade: Grade
    is_completed: bool
    # What an examination board confirmed; it goes before whatever the gradebook says.
    confirmed: ModuleResult | None = None

    @property
    def total(self) -> Decimal | None:
        """The share earned so far, 0 to 1; None while there is nothing."""
        if self.confirmed:
            return self.confirmed.score
        return None if self.grade.total is None else self.grade.total / 100

    @property
    def total_text(self) -> str:
        """The total on the scale of the module's edition, as people read it; empty while there is none."""
        if self.confirmed:
            return "" if self.total is None else share_text(self.total)
        return str(self.grade.standing) if self.grade.standing else ""

    @property
    def is_final(self) -> bool:
        """Whether nothing is open any more. A module without graded work is final when its course is completed."""
        if self.confirmed:
            return True
        if self.total is None:
            return self.is_completed and not self.grade.items
        return nothing_is_open(self.grade)

    @property
    def passed(self) -> bool:
        """Whether it is final and good enough: by the module's pass mark, else the scale's, else by completing it."""
        if not self.is_final:
            return False
        if self.confirmed:
            return self.confirmed.outcome in EARNS_CREDITS
        bar = self.bar
        if bar is None or self.total is None:
            return self.is_completed
        return self.total >= bar

    @property
    def bar(self) -> Decimal | None:
        """The least share that passes, or None where nobody fails by a grade."""
        if self.module.pass_mark is not None:
            return self.module.pass_mark
        if self.grade.plan.scale.pass_from is not None:
            return self.grade.plan.scale.pass_from
        scale = self.module.phase.programme_edition.scale
        return scale.pass_from if scale else None

    @property
    def reason(self) -> str:
        """Where the student stands, in a sentence."""
        words = {
            "module": str(self.module),
            "total": "" if self.total is None else share_text(self.total),
            "bar": "" if self.bar is None else share_text(self.bar),
        }
        if self.passed:
            return (
                _("%(module)s is passed (%(total)s).") if words["total"] else _("%(module)s is passed.")
            ) % words
        if not self.is_final:
            return _("%(module)s is not finished yet: results are still open or not released.") % words
        if self.bar is None or self.total is None:
            return _("%(module)s is not completed yet.") % words
        return _("%(module)s is not passed: %(total)s reached, %(bar)s needed.") % words


def nothing_is_open(grade: Grade) -> bool:
    """Whether a total is a result: nothing waits, is hidden or is missing and left out of the average."""
    return not grade.open_items and not grade.left_out_items


Results = Mapping[tuple[int, int], ModuleStanding]


def results_of(students: Collection[Student], modules: Collection[Module]) -> Results:
    """The results by student and module, in a number of queries that no number of students changes.

    As students may see them: what is not released yet opens no gate, or the gate would tell.
    """
    by_module = _newest(students, modules)
    enrolments = [enrolment.pk for newest in by_module.values() for enrolment in newest.values()]
    completed, confirmed = _completed(enrolments), _confirmed(enrolments)
    found: dict[tuple[int, int], ModuleStanding] = {}
    for module in modules:
        newest = by_module[module.pk]
        learners = list(newest.values())
        grades = Book(module.edition).grades(learners, released_only=True) if learners else {}
        for student, enrolment in newest.items():
            found[student, module.pk] = ModuleStanding(
                module,
                enrolment,
                grades[enrolment.pk],
                enrolment.pk in completed,
                confirmed.get(enrolment.pk),
            )
    return found


def results_from(places: Collection[ModuleEnrolment], progress: Mapping[int, Progress]) -> Results:
    """The same for places whose progress was worked out already: as many queries for ten modules as for one."""
    grades = released_grades([place.enrolment for place in places], progress)
    confirmed = _confirmed([place.enrolment_id for place in places])
    return {
        (place.student_id, place.module_id): ModuleStanding(
            place.module,
            place.enrolment,
            grades[place.enrolment_id],
            progress[place.enrolment_id].completed_at is not None,
            confirmed.get(place.enrolment_id),
        )
        for place in places
    }


def _newest(students, modules) -> dict[int, dict[int, Enrolment]]:
    """The enrolments by module and student; a repetition comes later and counts."""
    rows = ModuleEnrolment.objects.filter(
        student__in=[student.pk for student in students], module__in=[module.pk for module in modules]
    )
    found: dict[int, dict[int, Enrolment]] = defaultdict(dict)
    for row in rows.select_related("enrolment").order_by("pk"):
        found[row.module_id][row.student_id] = row.enrolment
    return found


def _completed(enrolments) -> set[int]:
    rows = CourseCompletion.objects.filter(enrolment__in=enrolments)
    return set(rows.values_list("enrolment", flat=True))


def _confirmed(enrolments) -> dict[int, ModuleResult]:
    """What boards confirmed, by enrolment: a pass where there is one, else the last attempt.

    What was left incomplete is confirmed as open: whatever the gradebook says since then goes before it.
    """
    found: dict[int, ModuleResult] = {}
    rows = ModuleResult.objects.standing().filter(module_enrolment__enrolment__in=enrolments)
    rows = rows.exclude(outcome=ModuleOutcome.INCOMPLETE)
    for row in rows.select_related("module_enrolment").order_by("attempt", "pk"):
        known = found.get(row.module_enrolment.enrolment_id)
        if known is None or known.outcome not in EARNS_CREDITS:
            found[row.module_enrolment.enrolment_id] = row
    return found
