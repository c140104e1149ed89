"""How often the frames of an enrolment may send, whatever they begin. Generous: players save every few seconds."""

from django.core.cache import cache
from django.utils import timezone

WINDOW = 60
MOST_IN_A_WINDOW = 600


def is_too_often(enrolment: int) -> bool:
    """Count one more request from the frames of an enrolment; whether there were too many in this minute."""
    key = f"h5p-sent:{enrolment}:{int(timezone.now().timestamp()) // WINDOW}"
    if cache.add(key, 1, WINDOW * 2):
        return False
    try:
        return cache.incr(key) > MOST_IN_A_WINDOW
    except ValueError:  # it was thrown out between the two
        return False
