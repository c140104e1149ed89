"""Holding rows until the transaction ends: the edition first, then its enrolments, in the order of their numbers."""

from collections.abc import Collection

from enrolments.models import Edition, Enrolment


def lock_edition(edition: Edition) -> Edition:
    """Hold the edition until the transaction ends, so that places are counted by one at a time."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def lock(enrolment: Enrolment) -> Enrolment:
    """Hold the enrolment until the transaction ends. Take the edition's lock first where both are needed."""
    held = Enrolment.objects.select_for_update(of=["self"])
    return held.select_related("person", "edition__course__source_locale").get(pk=enrolment.pk)


def lock_all(pks: Collection[int]) -> list[Enrolment]:
    """Hold many enrolments, each behind the same one for everybody, so that no two services wait for each other."""
    held = Enrolment.objects.select_for_update(of=["self"]).select_related("person", "edition")
    return list(held.filter(pk__in=pks).order_by("pk"))
