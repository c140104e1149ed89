"""Counts codes that do not exist, so that nobody can try them by the thousand. Knows nothing of awards.

Only well-formed codes that no award has are counted: a mistyped code is caught by its check symbol and costs nothing.
"""

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache

AT_MOST = 20
SECONDS = 10 * 60


def _key(request):
    return f"certificates.guesses:{get_client_ip(request)}"


def guessed_too_often(request) -> bool:
    """Whether so many unknown codes came from this address that it has to wait."""
    return cache.get(_key(request), 0) >= AT_MOST


def count_guess(request) -> None:
    """Remember one more code that does not exist."""
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it expired in between
            cache.set(key, 1, SECONDS)
