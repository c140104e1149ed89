"""Where a person goes on to after a page that interrupted them."""

from django.utils.http import url_has_allowed_host_and_scheme


def next_url(request) -> str:
    """The page of ours that `next` names in the form or the address, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""
