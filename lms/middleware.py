"""What every request passes through on this site."""

from urllib.parse import urlsplit

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseNotFound
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils.translation import gettext as _

ADMIN_PREFIX = "/cms/"
PLAYER_PREFIX = "/h5p/"
# Inline scripts remain in the CMS's own widgets; blob: is how it shows a picture before it is uploaded.
ADMIN_DIRECTIVES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


# Pictures, films and PDFs are compressed already.
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")


class CompressTextMiddleware(GZipMiddleware):
    """Compress what shrinks. Django's own would pack every picture once more."""

    def process_response(self, request, response):
        """Leave everything but text alone."""
        if not response.get("Content-Type", "").startswith(COMPRESSIBLE):
            return response
        return super().process_response(request, response)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, with inline scripts and styles allowed in the CMS alone."""

    def get_policy_parts(self, request, response, report_only=False):
        """Relax the policy for the staff's screens."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PREFIX):
            parts.replace = ADMIN_DIRECTIVES | (parts.replace or {})
        return parts


def content_host_middleware(get_response):
    """Keep the host that plays interactive content, if there is one, apart: it does only that, and no other does it."""

    def middleware(request):
        if settings.H5P_ORIGIN:
            is_apart = request.get_host() == urlsplit(settings.H5P_ORIGIN).netloc
            if is_apart != request.path_info.startswith(PLAYER_PREFIX):
                return HttpResponseNotFound()
        return get_response(request)

    return middleware


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address; what frames ask for has none and is never looked for under one."""

    def process_response(self, request, response):
        """Leave the answers for frames alone: a 404 must reach them as it is."""
        if request.path_info.startswith(PLAYER_PREFIX):
            return response
        return super().process_response(request, response)


def second_factor_middleware(get_response):
    """Send staff without a second factor to set one up before they enter the CMS."""

    def middleware(request):
        if (
            settings.STAFF_MFA_REQUIRED
            and request.path_info.startswith(ADMIN_PREFIX)
            and lacks_factor(request.user)
        ):
            messages.warning(
                request, _("Staff need a second factor. Add a passkey or an authenticator app first.")
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def lacks_factor(user):
    """Whether a signed-in person has neither passkey nor authenticator app."""
    if not user.is_authenticated:
        return False
    return not user.authenticator_set.exclude(type="recovery_codes").exists()
