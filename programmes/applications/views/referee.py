"""What a referee sees and does by the private link, without an account. Nothing here shows who else applied."""

from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from programmes.applications import services
from programmes.applications.forms import RefereeAnswerForm
from programmes.applications.tokens import referee_of
from programmes.applications.trying import count_try, tried_too_often
from programmes.applications.views.pages import REFUSED, show
from programmes.applications.window import in_words


@never_cache
@sensitive_post_parameters()
def referee(request, token):
    """Write for an applicant, or decline."""
    if tried_too_often(request):
        return show(request, "referee_closed", {"is_limit": True}, status=429)
    found = referee_of(token)
    if found is None:
        count_try(request)
        return show(request, "referee_closed", {}, status=404)
    refusal = services.link_refusal(found)
    if found.answered_at:
        return show(request, "referee_done", {"referee": found})
    if refusal:
        return show(request, "referee_closed", {}, status=410)
    form = RefereeAnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        count_try(request)
        if "decline" in request.POST:
            return show(request, "referee_done", {"referee": services.decline_as_referee(found)})
        if form.is_valid() and (done := _answer(found, form)):
            return show(request, "referee_done", {"referee": done})
    context = {
        "form": form,
        "referee": found,
        "application": found.application,
        "programme": found.application.call.programme_edition.name,
        "deadline": in_words(found.expires_at, found.application.call),
    }
    return show(request, "referee", context, status=422 if form.errors else 200)


def _answer(found, form):
    data = form.cleaned_data
    try:
        return services.answer_as_referee(
            found, recommendation=data["recommendation"], comments=data["comments"], letter=data["letter"]
        )
    except REFUSED as refusal:
        form.add_error(None, str(refusal))
        return None
