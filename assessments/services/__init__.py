"""Everything that changes what learners answered and what it is worth."""

from assessments.services.taking import (
    AnswerSave,
    Saved,
    attempt_refusal,
    begin_quiz,
    check_answer,
    end_overdue_attempts,
    flag_item,
    hand_in,
    move_deadlines,
    save_answer,
    save_answers,
    turn_page,
)

__all__ = [
    "AnswerSave",
    "Saved",
    "attempt_refusal",
    "begin_quiz",
    "check_answer",
    "end_overdue_attempts",
    "flag_item",
    "hand_in",
    "move_deadlines",
    "save_answer",
    "save_answers",
    "turn_page",
]
