"""How much there is of everything."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of rows to make."""

    courses: int
    enrolments: int
    attempts: int
    questions: int = 40
    own_enrolments: int = 20

    @property
    def graded_learners(self) -> int:
        """How many learners the gradebook has."""
        return min(1_000, self.people)

    @property
    def people(self) -> int:
        """Everybody takes about five courses."""
        return self.enrolments // 5


SCALES = {
    "small": Scale(courses=60, enrolments=1_000, attempts=12),
    "full": Scale(courses=2_000, enrolments=100_000, attempts=200),
}
