"""What people have done. Facts are appended; progress is worked out from them in `learning.progress`."""

from learning.models.attempts import Attempt, Completion, CourseCompletion
from learning.models.h5p import H5PActivity, H5PAttempt, H5PState, H5PStatement, H5PWords
from learning.models.tutoring import TutorMessage, TutorThread

__all__ = [
    "Attempt",
    "Completion",
    "CourseCompletion",
    "H5PActivity",
    "H5PAttempt",
    "H5PState",
    "H5PStatement",
    "H5PWords",
    "TutorMessage",
    "TutorThread",
]
