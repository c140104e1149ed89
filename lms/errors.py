"""The pages shown when something went wrong. Each says what happened and where to go."""

from django.shortcuts import render


def bad_request(request, exception=None):
    """400: the request could not be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """403: this person may not do that."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    """404: nothing here, or nothing for this person."""
    return render(request, "404.html", status=404)


def csrf_failure(request, reason=""):
    """403: the form was too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
