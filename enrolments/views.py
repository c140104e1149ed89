"""Getting a place in an edition and giving it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enrolments import access, services
from enrolments.forms import EnrolForm, OccasionForm, WithdrawForm
from enrolments.models import WayIn
from enrolments.refusals import EnrolmentRefused


@login_required
def enrol(request, edition_code):
    """Confirm the wish for a place, with the key where one is asked for."""
    edition = access.get_edition_or_404(request.user, edition_code)
    if edition.enrolments.active().of(request.user).exists():
        return redirect("learning:outline", edition.code)
    needs_key = edition.way_in == WayIn.KEY
    form = EnrolForm(request.POST or None) if needs_key else None
    refusal = services.enrolment_refusal(edition, request.user)
    if request.method == "POST" and not refusal and (form is None or form.is_valid()):
        key = form.cleaned_data["key"] if form else ""
        try:
            services.enrol(request.user, edition, key=key, language=get_language())
        except EnrolmentRefused as refused:
            refusal = _show_refusal(form, refused)
        else:
            messages.success(request, _("You are enrolled. Welcome to the course."))
            return redirect("learning:outline", edition.code)
    context = {"edition": edition, "course": edition.course.localized, "form": form, "refusal": refusal}
    refused = refusal or (form is not None and form.errors)
    return render(
        request, "enrolments/enrol.html", context, status=422 if request.method == "POST" and refused else 200
    )


def _show_refusal(form, refused):
    """Tie a wrong key to its field; return any other reason for the page."""
    if form is not None and refused.refusal == refused.refusal.WRONG_KEY:
        form.add_error("key", refused.refusal.label)
        return None
    return refused.refusal


@login_required
def withdraw(request, edition_code):
    """Give the place back, with a reason."""
    enrolment = access.get_enrolment_or_404(request.user, edition_code)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(enrolment, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("You have withdrawn. What you did is kept: you can enrol again and go on.")
        )
        return redirect("learning:my_learning")
    context = {"enrolment": enrolment, "course": enrolment.edition.course.localized, "form": form}
    return render(request, "enrolments/withdraw.html", context, status=422 if form.errors else 200)


@login_required
def begin_anew(request, edition_code):
    """Take the same edition once more: the occasion before is closed, and what was done then is kept."""
    if request.method != "POST":
        return redirect("learning:my_learning")
    form = OccasionForm(request.POST)
    if not form.is_valid():
        raise Http404
    enrolment = access.get_occasion_or_404(request.user, edition_code, form.cleaned_data["occasion"])
    try:
        services.begin_anew(enrolment, by=request.user)
    except EnrolmentRefused as refused:
        messages.warning(request, refused.refusal.label)
        return redirect(enrolment.edition.course.localized.get_url(request))
    messages.success(request, _("You can begin again. What you did before is kept."))
    return redirect("learning:outline", edition_code)
