"""Who may see which call, application and file. Not yours is not there: 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from programmes.models import Application, Call


def get_call_or_404(code: str) -> Call:
    """A call that people may know of."""
    published = Call.objects.published().select_related("programme_edition__page")
    return get_object_or_404(published, code=code)


def own_application(user: User, call: Call) -> Application | None:
    """The newest application of this person to this call, a standing one first."""
    if not user.is_authenticated:
        return None
    own = call.applications.of(user).select_related("call__programme_edition__page", "person", "receipt")
    return own.standing().first() or own.first()


def get_own_application_or_404(user: User, code: str) -> Application:
    """The person's own application to the call of this code."""
    if found := own_application(user, get_call_or_404(code)):
        return found
    raise Http404
