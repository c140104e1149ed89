"""The door of the CMS."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse


def sign_in(request):
    """Lead to the site's own sign-in. Somebody signed in without a staff role would only come back: say why instead."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    query = request.META["QUERY_STRING"]
    return redirect(f"{reverse('account_login')}{'?' if query else ''}{query}")
