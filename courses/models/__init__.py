"""What is taught: the page tree of programmes, courses, units and lessons, and the activities placed in them."""

from courses.models.activities import Activity, ActivityVersion, CompletionRule, LessonActivity, ReadActivity
from courses.models.catalogue import CourseIndexPage, ProgrammePage
from courses.models.changes import (
    ChangeSet,
    ChangeSetItem,
    CourseReviewTask,
    ReviewComment,
    Stage,
)
from courses.models.pages import (
    AwardKind,
    CoursePage,
    CourseTeamMember,
    LessonPage,
    Level,
    UnitPage,
)
from courses.models.roles import CourseRole
from courses.models.versions import CourseVersion, CourseVersionItem

__all__ = [
    "Activity",
    "ActivityVersion",
    "AwardKind",
    "ChangeSet",
    "ChangeSetItem",
    "CompletionRule",
    "CourseIndexPage",
    "CoursePage",
    "CourseReviewTask",
    "CourseRole",
    "CourseTeamMember",
    "CourseVersion",
    "CourseVersionItem",
    "LessonActivity",
    "LessonPage",
    "Level",
    "ProgrammePage",
    "ReadActivity",
    "ReviewComment",
    "Stage",
    "UnitPage",
]
