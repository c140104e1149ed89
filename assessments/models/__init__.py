"""How well did they do? Questions, quizzes and assignments, and what was answered and handed in."""

from assessments.models.answers import Answer, AnswerFile, AttemptItem, EndedBy, Mark, QuizAttempt
from assessments.models.assignments import (
    INSTRUCTION_FEATURES,
    Accepts,
    Assignment,
    AssignmentFile,
    AssignmentText,
    AssignmentVersion,
    Disagreement,
)
from assessments.models.imports import ExchangeFormat, QuestionImport
from assessments.models.items import ItemKind, QuizItem, QuizText, QuizVersionItem
from assessments.models.marking import CriterionMark, Marking, Part, ReleasedMark, Reopening, ReturnedFile
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
from assessments.models.quizzes import GradingMethod, Quiz
from assessments.models.regrades import Regrade, RegradeAction, RegradedAttempt, RegradedQuestion
from assessments.models.reviews import QuestionReview, Verdict
from assessments.models.rubrics import Rubric, RubricText, RubricVersion
from assessments.models.sight import Reviewable, ReviewMoment, default_review
from assessments.models.submissions import (
    KeptFile,
    Similarity,
    Submission,
    SubmissionFile,
    SubmissionMember,
    SubmissionWords,
)

__all__ = [
    "INSTRUCTION_FEATURES",
    "OPTION_FEATURES",
    "STEM_FEATURES",
    "Accepts",
    "Answer",
    "AnswerFile",
    "Assignment",
    "AssignmentFile",
    "AssignmentText",
    "AssignmentVersion",
    "AttemptItem",
    "CasePart",
    "CriterionMark",
    "Difficulty",
    "Disagreement",
    "EndedBy",
    "ExchangeFormat",
    "GradingMethod",
    "ItemKind",
    "KeptFile",
    "Mark",
    "Marking",
    "Part",
    "Question",
    "QuestionBank",
    "QuestionCategory",
    "QuestionImport",
    "QuestionKind",
    "QuestionReview",
    "QuestionTag",
    "QuestionText",
    "QuestionVersion",
    "QuestionVersionPart",
    "Quiz",
    "QuizAttempt",
    "QuizItem",
    "QuizText",
    "QuizVersionItem",
    "Regrade",
    "RegradeAction",
    "RegradedAttempt",
    "RegradedQuestion",
    "ReleasedMark",
    "Reopening",
    "ReturnedFile",
    "ReviewMoment",
    "Reviewable",
    "Rubric",
    "RubricText",
    "RubricVersion",
    "Similarity",
    "Submission",
    "SubmissionFile",
    "SubmissionMember",
    "SubmissionWords",
    "Verdict",
    "default_review",
]
