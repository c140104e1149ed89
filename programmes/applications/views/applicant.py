"""What an applicant sees and does, from the call to the receipt. Works without JavaScript."""

from django.shortcuts import render

from programmes.applications import access
from programmes.applications.services import begin_refusal
from programmes.applications.window import deadline_of, in_words


def start(request, code):
    """The call, what it wants, until when, and where one's own application stands."""
    call = access.get_call_or_404(code)
    application = access.own_application(request.user, call)
    context = {
        "call": call,
        "application": application,
        "title": call.label,
        "deadline": in_words(deadline_of(call, application), call),
        "refusal": request.user.is_authenticated and not application and begin_refusal(call, request.user),
    }
    return render(request, "programmes/applications/start.html", context)
