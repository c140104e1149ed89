"""How often a frame may send. Generous: players save every few seconds, and once more, twice, when they are closed."""

from django.core.cache import cache
from django.utils import timezone

WINDOW = 60
MOST_IN_A_WINDOW = 240


def is_too_often(pk: int) -> bool:
    """Count one more request about an attempt; whether there were too many in this minute."""
    key = f"h5p-sent:{pk}:{int(timezone.now().timestamp()) // WINDOW}"
    if cache.add(key, 1, WINDOW * 2):
        return False
    try:
        return cache.incr(key) > MOST_IN_A_WINDOW
    except ValueError:  # it was thrown out between the two
        return False
