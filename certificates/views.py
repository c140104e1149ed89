"""A person's awards, and verification by anybody."""

import logging
import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.forms import NameForm
from accounts.redirects import next_url
from certificates import access, guessing, services
from certificates.codes import parse_code, printed
from certificates.forms import TOO_LARGE, FileForm, VerifyForm
from certificates.listing import awards_shown, completed_without_award, words_in_full
from certificates.models import SigningCertificate
from certificates.papers.reading import paper_as_page
from certificates.printing import name_picture, name_refusal
from certificates.signing.records import published_pem
from certificates.storing import AwardDamaged, file_name, read
from certificates.uploads import MOST_BYTES, FileRefused, Found, look_at
from certificates.verification import public_facts, shown
from certificates.verification import verify as verify_code

ROOM_FOR_THE_FORM = 10_000
SLUG = re.compile(r"[-a-zA-Z0-9_]+")

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
            services.confirm_name(request.user, shown)
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
    if not own.has_file or own.is_past:
        raise Http404
    context = {
        "shown": awards_shown([own], get_language())[0],
        "texts": words_in_full(own),
        "paper": paper_as_page(own),
        "name": own.snapshot["name"],
        "current_section": "awards",
    }
    return render(request, "certificates/award.html", context)


@login_required
@never_cache
def download(request, code):
    """The stored file, byte for byte, or a sentence when it is not what was issued."""
    award = access.get_own_award_or_404(request.user, code)
    if not award.has_file:
        raise Http404
    try:
        pdf = read(award)
    except AwardDamaged:
        logger.exception("The file of award %s is not what was issued.", award.number)
        return render(request, "certificates/damaged.html", {"award": award}, status=500)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, file_name(award))
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


def verification_link(request, code):
    """The short address that papers carry leads to the page; a code retyped with spaces or dots is asked for there."""
    if SLUG.fullmatch(code):
        return redirect("certificates:verify", code)
    return redirect(f"{reverse('certificates:verify')}?{urlencode({'code': code})}")


# Nothing is changed, nobody is signed in: without a cookie it works from anywhere, and large files are not read first.
@csrf_exempt
@never_cache
def verify_file(request):
    """What a file is that somebody was shown, and whether the certificate holds."""
    if request.method != "POST":
        return redirect("certificates:verify")
    if guessing.showed_too_many_files(request):
        return _verification(request, {"wait": True}, status=429)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + ROOM_FOR_THE_FORM:
        return _verification(request, {"file_problem": TOO_LARGE}, status=413)
    guessing.count_file(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _verification(request, {"file_form": form}, status=422)
    try:
        upload = look_at(form.cleaned_data["file"].read())
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return _verification(request, {"file_form": form}, status=422)
    if upload.award is None:
        guessing.count_guess(request)
    is_issued = upload.found == Found.ISSUED
    found = shown(upload.award, get_language()) if is_issued else None
    return _verification(request, {"upload": upload, "found": found}, status=200)


def _verification(request, context, status):
    forms = {"form": VerifyForm(), "file_form": FileForm()}
    here = request.get_full_path()
    # Verification speaks every language of the site, also those whose other screens are not translated.
    languages = {"translations": {code: translate_url(here, code) for code, _name in settings.LANGUAGES}}
    response = render(request, "certificates/verify.html", forms | languages | context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
def verify_json(request, code):
    """The same for machines."""
    if guessing.guessed_too_often(request):
        return _for_machines({"error": "Too many unknown codes. Wait ten minutes."}, status=429)
    parsed = parse_code(code)
    facts = public_facts(parsed, get_language()) if parsed else None
    if facts is None:
        if parsed:
            guessing.count_guess(request)
        return _for_machines({"error": "There is no award with this code."}, status=404)
    return _for_machines(facts, status=200)


def _for_machines(facts, status):
    response = JsonResponse(facts, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def signing_keys(request):
    """The certificates of every key that signs or signed awards, for whoever checks them without us."""
    return render(request, "certificates/keys.html", {"certificates": SigningCertificate.objects.all()})


@cache_control(public=True, max_age=300)
def signing_certificates(request):
    """The same as one PEM file."""
    response = HttpResponse(published_pem(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="award-signing.pem"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
