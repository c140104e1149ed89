"""Everything that changes what learners answered and what it is worth."""

from assessments.services.files import add_file, remove_file
from assessments.services.marking import MarkGiven, mark_item
from assessments.services.regrading import apply_regrade, begin_regrade, regrade_refusal
from assessments.services.taking import (
    AnswerSave,
    Saved,
    attempt_refusal,
    begin_quiz,
    check_answer,
    end_overdue_attempt,
    flag_item,
    hand_in,
    move_deadlines,
    overdue_attempts,
    save_answer,
    save_answers,
    turn_page,
)

__all__ = [
    "AnswerSave",
    "MarkGiven",
    "Saved",
    "add_file",
    "apply_regrade",
    "attempt_refusal",
    "begin_quiz",
    "begin_regrade",
    "check_answer",
    "end_overdue_attempt",
    "flag_item",
    "hand_in",
    "mark_item",
    "move_deadlines",
    "overdue_attempts",
    "regrade_refusal",
    "remove_file",
    "save_answer",
    "save_answers",
    "turn_page",
]
