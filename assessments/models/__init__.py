"""How well did they do? Questions, quizzes, and the answers given to them."""

from assessments.models.answers import Answer, AnswerFile, AttemptItem, EndedBy, Mark, QuizAttempt
from assessments.models.items import ItemKind, QuizItem, QuizText, QuizVersionItem
from assessments.models.questions import (
    OPTION_FEATURES,
    STEM_FEATURES,
    CasePart,
    Difficulty,
    Question,
    QuestionBank,
    QuestionCategory,
    QuestionKind,
    QuestionTag,
    QuestionText,
    QuestionVersion,
    QuestionVersionPart,
)
from assessments.models.quizzes import GradingMethod, Quiz, Reviewable, ReviewMoment, default_review

__all__ = [
    "OPTION_FEATURES",
    "STEM_FEATURES",
    "Answer",
    "AnswerFile",
    "AttemptItem",
    "CasePart",
    "Difficulty",
    "EndedBy",
    "GradingMethod",
    "ItemKind",
    "Mark",
    "Question",
    "QuestionBank",
    "QuestionCategory",
    "QuestionKind",
    "QuestionTag",
    "QuestionText",
    "QuestionVersion",
    "QuestionVersionPart",
    "Quiz",
    "QuizAttempt",
    "QuizItem",
    "QuizText",
    "QuizVersionItem",
    "ReviewMoment",
    "Reviewable",
    "default_review",
]
