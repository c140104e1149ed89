"""Whose awards."""

from django.shortcuts import get_object_or_404

from accounts.models import User
from certificates.codes import parse_code
from certificates.models import Award, AwardQuerySet


def own_awards(user: User) -> AwardQuerySet:
    """The person's awards, newest first."""
    return Award.objects.filter(enrolment__person=user).select_related("enrolment__edition")


def get_own_award_or_404(user: User, typed: str) -> Award:
    """One of the person's awards whose file is whole."""
    return get_object_or_404(own_awards(user).whole(), code=parse_code(typed) or "")
