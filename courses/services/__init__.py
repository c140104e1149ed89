"""Every change of a course: placing activities, submitting, reviewing, publishing, restoring, creating, deleting."""

from courses.services.change_sets import (
    DecisionRefused,
    SubmitRefused,
    approve,
    comment_on,
    course_workflow,
    decision_refusal,
    publish_course,
    publish_items,
    report_refused_schedule,
    return_to_author,
    submit,
    withdraw,
)
from courses.services.changes import Change, changed_content
from courses.services.creation import adopt_course, create_activity, move_page, order_refusal
from courses.services.deletion import deletion_refusal, move_refusal, prepare_deletion
from courses.services.placements import retire_placements, sync_placements
from courses.services.versions import append_course_version, restore_version

__all__ = [
    "Change",
    "DecisionRefused",
    "SubmitRefused",
    "adopt_course",
    "append_course_version",
    "approve",
    "changed_content",
    "comment_on",
    "course_workflow",
    "create_activity",
    "decision_refusal",
    "deletion_refusal",
    "move_page",
    "move_refusal",
    "order_refusal",
    "prepare_deletion",
    "publish_course",
    "publish_items",
    "report_refused_schedule",
    "restore_version",
    "retire_placements",
    "return_to_author",
    "submit",
    "sync_placements",
    "withdraw",
]
