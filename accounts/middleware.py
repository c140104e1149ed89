"""What a signed-in person's profile means for a request."""

from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone


def time_zone_middleware(get_response):
    """Show dates and times in the person's own zone."""

    def middleware(request):
        name = getattr(request.user, "time_zone", "")
        if name in available_timezones():
            with timezone.override(ZoneInfo(name)):
                return get_response(request)
        return get_response(request)

    return middleware
