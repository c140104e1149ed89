"""The only place that works out grades, over plain values: it knows no database, no request and no clock.

`work_out` returns one frozen object. It draws the learner's page, the staff's cell and the export, and it carries the
steps by which anybody can work the grade out again with the numbers as they are printed.
"""

from gradebook.grades.explanation import Step, steps
from gradebook.grades.values import (
    Band,
    CategoryGrade,
    CategoryPlan,
    Entered,
    Fact,
    Grade,
    ItemGrade,
    ItemPlan,
    ItemState,
    Plan,
    Scale,
    Standing,
)
from gradebook.grades.working import work_out

__all__ = [
    "Band",
    "CategoryGrade",
    "CategoryPlan",
    "Entered",
    "Fact",
    "Grade",
    "ItemGrade",
    "ItemPlan",
    "ItemState",
    "Plan",
    "Scale",
    "Standing",
    "Step",
    "steps",
    "work_out",
]
