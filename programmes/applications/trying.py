"""Counts links that open nothing and letters sent, so that nobody can try them by the thousand."""

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache

AT_MOST = 30
SECONDS = 10 * 60


def _key(request):
    return f"programmes.referee:{get_client_ip(request)}"


def tried_too_often(request) -> bool:
    """Whether so many tries came from this address that it has to wait."""
    return cache.get(_key(request), 0) >= AT_MOST


def count_try(request) -> None:
    """Remember one more."""
    if not cache.add(_key(request), 1, SECONDS):
        try:
            cache.incr(_key(request))
        except ValueError:  # it expired in between
            cache.set(_key(request), 1, SECONDS)
