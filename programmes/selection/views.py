"""The decision, as the applicant reads it, and the answer to an offered place. Works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes.refusals import ProgrammeRefused
from programmes.selection import access, services
from programmes.selection.committee import rules_of
from programmes.selection.forms.applicant import DeclineForm
from programmes.selection.refusals import SelectionRefused


@login_required
@never_cache
def decision(request, code):
    """The letters that went out, and what can be answered now."""
    return _show(request, access.get_own_application_or_404(request.user, code))


def _show(request, application, *, form=None, refusal="", status=200):
    letters = access.own_letters(application)
    offer = access.own_offer(application)
    now = timezone.now()
    why_not = services.answer_refusal(offer, rules_of(application.call), now) if offer else None
    context = {
        "application": application,
        "call": application.call,
        "edition": application.call.programme_edition,
        "letters": letters,
        "offer": offer,
        "conditions": list(offer.decision.conditions.all()) if offer else [],
        "can_answer": bool(offer and not why_not and not offer.accepted_at),
        "can_give_up": bool(offer and not why_not and offer.accepted_at and not offer.student_id),
        "why_not": why_not.label if why_not else "",
        "form": form or DeclineForm(),
        "refusal": refusal,
        "today": timezone.localdate(),
    }
    return render(request, "programmes/selection/decision.html", context, status=status)


@login_required
@require_POST
def accept(request, code):
    """Take the place."""
    application, offer = _offer_or_404(request, code)
    try:
        held = services.accept_place(offer)
    except (SelectionRefused, ProgrammeRefused) as refusal:
        return _show(request, application, refusal=str(refusal), status=409)
    if held.student_id:
        messages.success(request, _("Your place is yours. Welcome."))
    else:
        messages.success(request, _("Your place is kept for you until your conditions are met."))
    return redirect("selection:decision", code)


@login_required
@require_POST
def decline(request, code):
    """Give the place up."""
    application, offer = _offer_or_404(request, code)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, application, form=form, status=422)
    try:
        services.decline_place(offer, reason=form.cleaned_data["reason"])
    except SelectionRefused as refusal:
        return _show(request, application, form=form, refusal=str(refusal), status=409)
    messages.success(request, _("You have declined the place. Thank you for telling us."))
    return redirect("selection:decision", code)


def _offer_or_404(request, code):
    application = access.get_own_application_or_404(request.user, code)
    offer = access.own_offer(application)
    if offer is None:
        raise Http404
    return application, offer
