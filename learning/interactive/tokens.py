"""What a frame holds: the right to play an activity for an enrolment, and the right to report on one attempt."""

from h5p.tokens import Tokens
from learning.models import H5PAttempt

# The address of the frame in a lesson: enrolment, activity, language.
PLAY = Tokens("play", days=7)
# To begin an attempt at what was played: the same and the version.
BEGIN = Tokens("begin", days=7)
# To report on an attempt: its number and the version. Once it has moved to other content, the old one reports no more.
ATTEMPT = Tokens("attempt", days=7)


def attempt_token(h5p_attempt: H5PAttempt) -> str:
    """The token that reports on this attempt carry in their address."""
    return ATTEMPT.make(h5p_attempt.pk, h5p_attempt.version_id)
