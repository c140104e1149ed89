"""Questions as a learner may see them: in a language, shuffled for the attempt, no more of them than may be seen."""

from assessments.paper.papers import Glance, GroupShown, Paper, QuestionLine, SectionShown, answered, nonce_of
from assessments.paper.questions import QuestionShown, Verdict, question_shown
from assessments.paper.wording import words_in

__all__ = [
    "Glance",
    "GroupShown",
    "Paper",
    "QuestionLine",
    "QuestionShown",
    "SectionShown",
    "Verdict",
    "answered",
    "nonce_of",
    "question_shown",
    "words_in",
]
