"""Taking a quiz: what it is, answering, looking over, handing in, the result. Works without JavaScript."""

from assessments.views.answering import attempt, check_answer, flag_item, save_answer, time_left
from assessments.views.files import add_file, answer_file, remove_file
from assessments.views.handing_in import hand_in, receipt, review
from assessments.views.intro import begin_quiz, quiz
from assessments.views.results import result

__all__ = [
    "add_file",
    "answer_file",
    "attempt",
    "begin_quiz",
    "check_answer",
    "flag_item",
    "hand_in",
    "quiz",
    "receipt",
    "remove_file",
    "result",
    "review",
    "save_answer",
    "time_left",
]
