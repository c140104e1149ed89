"""Whose lists of nominations: those of calls that the person works on. Not yours is not there: 404."""

from django.shortcuts import get_object_or_404

from accounts.models import User
from programmes.applications.access import get_handled_call_or_404
from programmes.models import NominationList


def get_nominations_or_404(user: User, call_id: int, pk: int) -> NominationList:
    """A list of a call that the person works on."""
    call = get_handled_call_or_404(user, call_id)
    lists = call.nomination_lists.select_related("call__programme_edition", "partner", "confirmed_by")
    return get_object_or_404(lists, pk=pk)
