"""What verifiers read: the institution's keys, the lists of what no longer holds; and a person's own badge."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control, never_cache

from certificates import access
from certificates.badges.credential import LIST_LENGTH
from certificates.badges.issuing import SECONDS_KEPT, signed_status_list
from certificates.badges.keys import did_document as document_of_keys
from certificates.badges.keys import is_public_address
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


@cache_control(public=True, max_age=SECONDS_KEPT)
def status_list(request, number):
    """A signed list of what was revoked or replaced. There is one for every award ever given, and one to begin with."""
    last = Award.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if number > last // LIST_LENGTH:
        raise Http404
    return _open_to_all(HttpResponse(signed_status_list(number), content_type=CREDENTIAL_TYPE))


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
