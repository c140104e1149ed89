"""What every template may know about the site."""

from django.conf import settings


def site(request):
    """Name the site and say which conveniences of the demo are on."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "demo_mailbox": settings.DEMO_MAILBOX,
    }
