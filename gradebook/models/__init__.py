"""How results are weighed and shown, and what staff entered by hand. Grades themselves are in `gradebook.grades`."""

from gradebook.models.entries import EntryKind, EntrySource, GradeBatch, GradeEntry
from gradebook.models.scales import GradeBand, GradeScale, ScaleKind
from gradebook.models.schemes import (
    GradeCategory,
    GradeItem,
    GradeScheme,
    MissingRule,
    NewResults,
    Rounding,
)

__all__ = [
    "EntryKind",
    "EntrySource",
    "GradeBand",
    "GradeBatch",
    "GradeCategory",
    "GradeEntry",
    "GradeItem",
    "GradeScale",
    "GradeScheme",
    "MissingRule",
    "NewResults",
    "Rounding",
    "ScaleKind",
]
