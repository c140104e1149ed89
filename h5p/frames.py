"""Answers for sandboxed frames, whose origin is opaque: no cookie comes, and each answer says that they may read it."""

from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt


def for_frames(*methods: str):
    """Let sandboxed frames call a view with these methods, and answer what browsers ask before.

    No cookie is read and none is set: whoever calls shows a token in the address. That is why forged calls from other
    sites have nothing to ride on, and the view needs no CSRF token.
    """
    allowed = [*methods, "OPTIONS"]

    def decorated(view):
        @csrf_exempt
        @wraps(view)
        def answered(request, *args, **kwargs):
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
            elif request.method in methods:
                response = found_or_404(view, request, *args, **kwargs)
            else:
                response = HttpResponseNotAllowed(allowed)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return opened(response, allowed)

        return answered

    return decorated


def found_or_404(view, request, *args, **kwargs):
    """The view's answer; what it does not find is an answer too, which a frame may read as it reads all others."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return HttpResponse(status=404)


def opened(response, allowed):
    """Say that any origin may read this; an opaque one has no name that could be listed."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(allowed)
    response["Access-Control-Allow-Headers"] = "Content-Type, X-Requested-With"
    response["Access-Control-Max-Age"] = "86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
