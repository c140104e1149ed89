"""What a person's profile means for a request, and what signing out means for the browser."""

from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone

A_YEAR = 365 * 24 * 60 * 60
SIGNED_OUT = "signed-out"


def time_zone_middleware(get_response):
    """Show dates and times in the person's own zone."""

    def middleware(request):
        name = getattr(request.user, "time_zone", "")
        if name in available_timezones():
            with timezone.override(ZoneInfo(name)):
                return get_response(request)
        return get_response(request)

    return middleware


def signed_out_middleware(get_response):
    """Say whose unsent work the browser is to forget; js/sign-out.js does so on the next page of the site."""

    def middleware(request):
        response = get_response(request)
        if person := getattr(request, "signed_out", None):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(SIGNED_OUT, str(person.pk), max_age=A_YEAR, secure=secure, samesite="Lax")
        return response

    return middleware
