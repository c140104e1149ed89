"""How well did they do? Questions, quizzes, and the answers given to them."""

from assessments.models.answers import Answer, QuizAttempt
from assessments.models.questions import (
    STEM_FEATURES,
    Question,
    QuestionBank,
    QuestionKind,
    QuestionText,
    QuestionVersion,
)
from assessments.models.quizzes import GradingMethod, Quiz, QuizItem, QuizText, QuizVersionItem

__all__ = [
    "STEM_FEATURES",
    "Answer",
    "GradingMethod",
    "Question",
    "QuestionBank",
    "QuestionKind",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "QuizAttempt",
    "QuizItem",
    "QuizText",
    "QuizVersionItem",
]
