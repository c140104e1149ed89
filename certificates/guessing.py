"""Counts codes that do not exist and files shown, so that nobody can try them by the thousand. Knows nothing of awards.

Only well-formed codes that no award has are counted: a mistyped code is caught by its check symbol and costs nothing.
Every file counts: looking at one is work.
"""

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache

AT_MOST = 20
FILES_AT_MOST = 60
SECONDS = 10 * 60


def _key(request, what="guesses"):
    return f"certificates.{what}:{get_client_ip(request)}"


def guessed_too_often(request) -> bool:
    """Whether so many unknown codes came from this address that it has to wait."""
    return cache.get(_key(request), 0) >= AT_MOST


def showed_too_many_files(request) -> bool:
    """Whether so many files came from this address that it has to wait."""
    return guessed_too_often(request) or cache.get(_key(request, "files"), 0) >= FILES_AT_MOST


def count_guess(request) -> None:
    """Remember one more code that does not exist."""
    _count(_key(request))


def count_file(request) -> None:
    """Remember one more file shown."""
    _count(_key(request, "files"))


def _count(key):
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it expired in between
            cache.set(key, 1, SECONDS)
