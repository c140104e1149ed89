"""Documents as the applicant sees them: what is wanted, what is there, why something came back; uploading.

The address that takes whole files looks at the announced length first, before anything of it is read; the form's
token is checked right after. See docs/decisions/files-are-refused-before-they-are-read.md.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from assessments.assignments.sending import send
from assessments.file_types import endings_of, types_in_words
from programmes.applications import access, services
from programmes.applications.completeness import document_places
from programmes.applications.forms import PartForm
from programmes.applications.inspection import size_refusal
from programmes.applications.languages import languages_of
from programmes.applications.views.pages import REFUSED, page, show
from programmes.applications.window import over_refusal
from programmes.models import DocumentState

# What the fields and boundaries of a form weigh beside its file.
FORM_BYTES = 64 * 1024


@login_required
def documents(request, code):
    """Every wanted document with where it stands."""
    application = access.get_own_application_or_404(request.user, code)
    return show(request, "documents", documents_page(application))


def documents_page(application, *, problem_of="", problem=""):
    """The checklist; `problem` is about the document with the key `problem_of`."""
    context = page(application, "documents", title=_("Documents"))
    places = [
        shown_place(application, place, problem if place.wanted.key == problem_of else "")
        for place in context["completeness"].places
        if place.is_needed or not place.is_translation or place.document
    ]
    return context | {"places": places}


def shown_place(application, place, problem=""):
    """One document as the template draws it."""
    is_open = application.submitted_at is None or place.state == DocumentState.RETURNED
    is_over = application.withdrawn_at or over_refusal(application, at=timezone.now())
    return {
        "place": place,
        "wanted": place.wanted,
        "document": place.document,
        "version": place.document.current if place.document else None,
        "problem": problem,
        "can_upload": is_open and not is_over,
        "types": types_in_words(place.wanted.file_types),
        "endings": endings_of(place.wanted.file_types),
        "languages": languages_of(application.call) if place.has_translation else [],
        "language": place.document.language if place.document else "",
    }


@csrf_exempt
def upload(request, code, key):
    """Refuse by the announced length what is far too large; then go on as any form does."""
    if request.method != "POST":
        return redirect("applications:documents", code)
    wanted = access.wanted_by_key(code, key)
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if wanted and announced > wanted.most_bytes + FORM_BYTES:
        refusal = size_refusal(wanted.label, announced, wanted.most_mb)
        response = HttpResponse(str(refusal), status=413, content_type="text/plain; charset=utf-8")
        if request.user.is_authenticated:
            application = access.get_own_application_or_404(request.user, code)
            context = documents_page(application, problem_of=key, problem=str(refusal))
            response = show(request, "documents", context, status=413)
        response["Connection"] = "close"
        return response
    return _upload(request, code, key)


@csrf_protect
@login_required
def _upload(request, code, key):
    application = access.get_own_application_or_404(request.user, code)
    wanted = access.get_wanted_or_404(application, key)
    file = request.FILES.get("file")
    try:
        if "language" in request.POST and not application.submitted_at:
            services.say_language(application, wanted, request.POST["language"])
        if file:
            services.upload_document(application, wanted, file, by=request.user)
    except REFUSED as refusal:
        context = documents_page(application, problem_of=key, problem=str(refusal))
        return show(request, "documents", context, status=422)
    if not file and "language" not in request.POST:
        context = documents_page(application, problem_of=key, problem=_("Choose a file first."))
        return show(request, "documents", context, status=422)
    messages.success(request, _("“%(document)s” is saved.") % {"document": wanted.label})
    return redirect("applications:documents", code)


@login_required
@require_POST
def begin_parts(request, code, key):
    """Begin a file that comes in parts, or say how much of it is here already."""
    application = access.get_own_application_or_404(request.user, code)
    wanted = access.get_wanted_or_404(application, key)
    form = PartForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("This could not be read. Choose the file again."), status=422)
    try:
        found = services.begin_upload(application, wanted, **form.cleaned_data)
    except REFUSED as refusal:
        return _document(request, application, wanted, problem=str(refusal))
    if found.version_id:
        return _document(request, application, wanted)
    return _going_on(services.received_of(found))


@login_required
@require_POST
def part(request, code, key, upload_key, offset):
    """Keep the next bytes; the last ones are answered with the document as it stands then."""
    application = access.get_own_application_or_404(request.user, code)
    wanted = access.get_wanted_or_404(application, key)
    found = access.get_upload_or_404(application, wanted, upload_key)
    try:
        arrived = services.receive_part(found, offset=offset, content=request.body, by=request.user)
    except REFUSED as refusal:
        return _document(request, application, wanted, problem=str(refusal))
    return _document(request, application, wanted) if arrived.version else _going_on(arrived.received)


def _going_on(received):
    response = HttpResponse(status=204)
    response["X-Received"] = received
    return response


def _document(request, application, wanted, problem=""):
    """One document of the checklist, for the script to put in its place."""
    application = access.get_own_application_or_404(request.user, application.call.code)
    place = next(one for one in document_places(application) if one.wanted == wanted)
    context = {"call": application.call, "application": application}
    shown = shown_place(application, place, problem)
    return show(request, "_document", context | {"shown": shown}, status=422 if problem else 200)


@login_required
def file(request, code, version_id):
    """A file of one's own application, in any of its versions."""
    return send(access.get_own_version_or_404(request.user, code, version_id))
