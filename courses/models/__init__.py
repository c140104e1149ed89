"""What is taught: the page tree of programmes, courses, units and lessons, and the activities placed in them."""

from courses.models.activities import Activity, ActivityVersion, CompletionRule, LessonActivity, ReadActivity
from courses.models.pages import (
    AwardKind,
    CourseIndexPage,
    CoursePage,
    CourseTeamMember,
    LessonPage,
    Level,
    ProgrammePage,
    UnitPage,
)
from courses.models.roles import CourseRole
from courses.models.versions import CourseVersion

__all__ = [
    "Activity",
    "ActivityVersion",
    "AwardKind",
    "CompletionRule",
    "CourseIndexPage",
    "CoursePage",
    "CourseRole",
    "CourseTeamMember",
    "CourseVersion",
    "LessonActivity",
    "LessonPage",
    "Level",
    "ProgrammePage",
    "ReadActivity",
    "UnitPage",
]
