"""What verifiers read: the institution's keys, the lists of what no longer holds; and a person's own badge."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control, never_cache

from certificates import access
from certificates.badges.credential import LIST_LENGTH
from certificates.badges.issuing import SECONDS_KEPT, signed_status_list
from certificates.badges.keys import BadgeKeyMissing, is_public_address
from certificates.badges.keys import did_document as document_of_keys
from certificates.models import Award

CREDENTIAL_TYPE = "application/vc+ld+json"


def _open_to_all(response):
    """Verifiers run in other people's pages."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache_control(public=True, max_age=SECONDS_KEPT)
def did_document(request):
    """The institution's keys, where its address can stand for it."""
    if not is_public_address():
        raise Http404
    return _open_to_all(JsonResponse(document_of_keys()))


def status_list(request, number):
    """A signed list of what was revoked or replaced. There is one for every award ever given, and one to begin with.

    Without the key there is none for the moment: nothing is said to hold that nobody signed.
    """
    last = Award.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if number > last // LIST_LENGTH:
        raise Http404
    try:
        content = signed_status_list(number)
    except BadgeKeyMissing:
        return _open_to_all(_not_now())
    response = HttpResponse(content, content_type=CREDENTIAL_TYPE)
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    return _open_to_all(response)


def _not_now():
    """Why there is no list; kept by nobody, so that the next one is seen at once."""
    sentence = "The list of revoked awards cannot be signed at the moment. Ask again in a few minutes."
    response = HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
    response["Retry-After"] = str(SECONDS_KEPT)
    patch_cache_control(response, no_store=True)
    return response


@login_required
@never_cache
def badge(request, code):
    """The person's own badge, as it was signed."""
    award = access.get_own_award_or_404(request.user, code)
    if not award.badge:
        raise Http404
    response = HttpResponse(award.badge, content_type=CREDENTIAL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{award.number}.badge.json"'
    return response
