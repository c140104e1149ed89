"""A person's awards, and verification by anybody."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms import NameForm
from accounts.redirects import next_url
from accounts.services import confirm_name as keep_name
from certificates import access, guessing
from certificates.codes import printed
from certificates.forms import VerifyForm
from certificates.listing import awards_shown, completed_without_award, words_in_full
from certificates.printing import name_picture, name_refusal
from certificates.storing import AwardDamaged, read
from certificates.verification import verify as verify_code

logger = logging.getLogger("certificates")


@login_required
def my_awards(request):
    """What the person earned, and what waits for the printed name."""
    awards = awards_shown(access.own_awards(request.user), get_language())
    context = {
        "awards": awards,
        "waiting": completed_without_award(request.user),
        "being_prepared": any(award.is_being_prepared for award in awards),
        "current_section": "awards",
    }
    return render(request, "certificates/my_awards.html", context)


@login_required
def confirm_name(request):
    """The name as certificates will print it: shown in the letters of the paper first, then confirmed."""
    shown = request.user.name_for_certificate or request.user.full_name
    form = NameForm(request.POST or None, initial={"name": shown})
    if request.method == "POST":
        shown = " ".join(request.POST.get("name", "").split())
        if form.is_valid() and (refusal := name_refusal(shown)):
            form.add_error("name", refusal)
        if form.is_valid() and request.POST.get("seen") == shown:
            keep_name(request.user, shown)
            messages.success(request, _("Your name has been confirmed."))
            return redirect(next_url(request) or "certificates:my_awards")
    can_be_shown = not form.errors and shown and not name_refusal(shown)
    context = {
        "form": form,
        "shown": shown,
        "picture": name_picture(shown) if can_be_shown else None,
        "next": next_url(request),
        "current_section": "awards",
    }
    return render(request, "certificates/confirm_name.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def award(request, code):
    """The words of the paper as a page: what everybody can read, and have read aloud."""
    own = access.get_own_award_or_404(request.user, code)
    context = {
        "shown": awards_shown([own], get_language())[0],
        "texts": words_in_full(own),
        "name": own.snapshot["name"],
        "current_section": "awards",
    }
    return render(request, "certificates/award.html", context)


@login_required
@never_cache
def download(request, code):
    """The stored file, byte for byte, or a sentence when it is not what was issued."""
    award = access.get_own_award_or_404(request.user, code)
    try:
        pdf = read(award)
    except AwardDamaged:
        logger.exception("The file of award %s is not what was issued.", award.number)
        return render(request, "certificates/damaged.html", {"award": award}, status=500)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{award.number}.pdf"'
    return response


@never_cache
def verify(request, code=""):
    """Whether a certificate holds, for anybody, without signing in."""
    typed = code or request.GET.get("code", "")
    form = VerifyForm({"code": typed} if "code" in request.GET or code else None)
    if not form.is_valid():
        return _verification(request, {"form": form}, status=404 if code else 422 if form.errors else 200)
    parsed = form.cleaned_data["code"]
    if code != printed(parsed):
        return redirect("certificates:verify", printed(parsed))
    if guessing.guessed_too_often(request):
        return _verification(request, {"form": VerifyForm(), "wait": True}, status=429)
    found = verify_code(parsed, get_language())
    if found is None:
        guessing.count_guess(request)
        form.add_error("code", _("There is no certificate with this code. Compare it with the paper."))
    return _verification(request, {"form": form, "found": found}, status=200 if found else 404)


def _verification(request, context, status):
    response = render(request, "certificates/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
