"""Which papers a student has, with their numbers."""

from dataclasses import dataclass

from certificates.models import Award
from programmes.models import Student, StudentPaper


@dataclass(frozen=True)
class IssuedPaper:
    """A paper and the award that holds its file."""

    paper: StudentPaper
    award: Award

    @property
    def is_whole(self) -> bool:
        """Whether its file can be had."""
        return self.award.stored_at is not None


def papers_of(student: Student) -> list[IssuedPaper]:
    """The papers of a student, the newest first; what was replaced or revoked says so itself."""
    awards = Award.objects.filter(occasion__student_paper__student=student)
    awards = awards.select_related("award_type", "occasion__student_paper").order_by("-issued_at", "-pk")
    return [IssuedPaper(award.occasion.student_paper, award) for award in awards]
