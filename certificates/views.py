"""A person's awards, and verification by anybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms import NameForm
from accounts.redirects import next_url
from accounts.services import confirm_name as keep_name
from certificates import access
from certificates.codes import printed
from certificates.forms import VerifyForm
from certificates.listing import awards_shown, completed_without_award
from certificates.printing import name_refusal
from certificates.verification import verify as verify_code


@login_required
def my_awards(request):
    """What the person earned, and what waits for the printed name."""
    awards = awards_shown(access.own_awards(request.user), get_language())
    context = {
        "awards": awards,
        "waiting": completed_without_award(request.user),
        "being_prepared": any(not award.is_stored for award in awards),
        "current_section": "awards",
    }
    return render(request, "certificates/my_awards.html", context)


@login_required
def confirm_name(request):
    """The name as certificates will print it; refused when no font can print it."""
    initial = {"name": request.user.name_for_certificate or request.user.full_name}
    form = NameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        refusal = name_refusal(form.cleaned_data["name"])
        if refusal is None:
            keep_name(request.user, form.cleaned_data["name"])
            messages.success(request, _("Your name has been confirmed."))
            return redirect(next_url(request) or "certificates:my_awards")
        form.add_error("name", refusal)
    context = {"form": form, "next": next_url(request), "current_section": "awards"}
    return render(request, "certificates/confirm_name.html", context, status=422 if form.errors else 200)


@login_required
def download(request, code):
    """The stored file, byte for byte."""
    award = access.get_own_award_or_404(request.user, code)
    return FileResponse(
        award.file.open("rb"), as_attachment=True, filename=f"{award.number}.pdf", content_type="application/pdf"
    )


@never_cache
def verify(request, code=""):
    """Whether a certificate holds, for anybody, without signing in."""
    typed = code or request.GET.get("code", "")
    form = VerifyForm({"code": typed} if typed else None)
    found = None
    if typed and form.is_valid():
        if not code:
            return redirect("certificates:verify", printed(form.cleaned_data["code"]))
        found = verify_code(form.cleaned_data["code"], get_language())
        if found is None:
            form.add_error("code", _("There is no certificate with this code. Compare it with the paper."))
    status = 404 if typed and found is None else 200
    response = render(request, "certificates/verify.html", {"form": form, "found": found}, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
