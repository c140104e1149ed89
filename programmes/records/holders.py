"""Who of an edition holds which paper, and whose results were decided since."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from certificates.models import Award, AwardQuerySet, PaperTemplate
from programmes.models import DegreeDecision, ModuleResult, ProgrammeEdition, Student


@dataclass(frozen=True)
class PaperStanding:
    """One student and one kind of paper."""

    student: Student
    # The newest that holds.
    award: Award | None
    # When a board last decided anything about the student.
    decided_at: datetime | None

    @property
    def issued_at(self) -> datetime | None:
        """When the paper was issued, exactly: an award says it to the second alone."""
        if self.award is None:
            return None
        return max(self.award.issued_at, self.award.occasion.student_paper.issued_at)

    @property
    def has_changed(self) -> bool:
        """Whether a board has decided something since the paper was issued."""
        return bool(self.issued_at and self.decided_at and self.decided_at > self.issued_at)

    @property
    def wants_one(self) -> bool:
        """Whether there is something to say that no paper says yet."""
        return self.decided_at is not None and (self.award is None or self.has_changed)


def paper_standings(edition: ProgrammeEdition, template: PaperTemplate) -> list[PaperStanding]:
    """Everybody of the edition, by name; as many queries for one as for all."""
    held = {award.occasion.student_paper.student_id: award for award in _awards(edition, template)}
    decided: dict[int, datetime] = {}
    results = ModuleResult.objects.filter(module_enrolment__student__programme_edition=edition)
    degrees = DegreeDecision.objects.filter(student__programme_edition=edition)
    moments = [
        *results.order_by().values_list("module_enrolment__student").annotate(Max("confirmed_at")),
        *degrees.order_by().values_list("student").annotate(Max("decided_at")),
    ]
    for student, at in moments:
        decided[student] = max(at, decided.get(student, at))
    students = edition.students.select_related("person").order_by(
        "person__last_name", "person__first_name", "pk"
    )
    return [PaperStanding(one, held.get(one.pk), decided.get(one.pk)) for one in students]


def _awards(edition, template) -> AwardQuerySet:
    """Those that hold, the newest last."""
    awards = Award.objects.holding().filter(
        occasion__student_paper__student__programme_edition=edition, award_type=template.award_type_id
    )
    return awards.select_related("occasion__student_paper").order_by("issued_at", "pk")


def newest_papers(edition: ProgrammeEdition, template: PaperTemplate) -> AwardQuerySet:
    """The newest whole paper of each student, in the order of their names: what is printed in one go."""
    standings = paper_standings(edition, template)
    newest = [one.award.pk for one in standings if one.award]
    awards = Award.objects.whole().with_file().filter(pk__in=newest)
    return awards.order_by("occasion__person__last_name", "occasion__person__first_name", "pk")
