"""Counts check-in codes that were refused, so that nobody can try them by the thousand."""

from django.core.cache import cache

AT_MOST = 20
SECONDS = 10 * 60


def _key(person):
    return f"timetable.check_in:{person.pk}"


def tried_too_often(person) -> bool:
    """Whether so many codes of this person's were refused that she has to wait."""
    return cache.get(_key(person), 0) >= AT_MOST


def count_refused(person) -> None:
    """Remember one more code that was refused."""
    if not cache.add(_key(person), 1, SECONDS):
        try:
            cache.incr(_key(person))
        except ValueError:  # it expired in between
            cache.set(_key(person), 1, SECONDS)
