"""Why a person cannot be deleted."""

from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from accounts.models import User


def deletion_refusal(person: User) -> str | None:
    """A sentence when the person has records that must stay, or None when deleting loses nothing."""
    try:
        Collector(using=person._state.db or "default", origin=person).collect([person])
    except (ProtectedError, RestrictedError):
        return _(
            "%(person)s cannot be deleted: there are records (enrolments, roles, messages or entries in the log) that "
            "must stay. Make the account inactive instead."
        ) % {"person": person}
    return None
