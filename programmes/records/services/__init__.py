"""Cases, boards and what they decide."""

from programmes.records.services.boards import (
    close_board,
    decide,
    decide_as_proposed,
    open_board,
    prepare_agenda,
)
from programmes.records.services.cases import (
    decide_case,
    end_leave,
    open_case,
    record_resit,
    settle_cases_of,
    take_back,
)
from programmes.records.services.papers import issue_diploma, issue_student_paper, issue_to_many
from programmes.records.services.rules import copy_rules, set_rules

__all__ = [
    "close_board",
    "copy_rules",
    "decide",
    "decide_as_proposed",
    "decide_case",
    "end_leave",
    "issue_diploma",
    "issue_student_paper",
    "issue_to_many",
    "open_board",
    "open_case",
    "prepare_agenda",
    "record_resit",
    "set_rules",
    "settle_cases_of",
    "take_back",
]
