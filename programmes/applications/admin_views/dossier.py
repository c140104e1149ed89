"""A dossier: what an applicant said beside what was uploaded, with everything staff do about it."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments.assignments.admin_views.papers import SHOWN_INLINE
from assessments.assignments.sending import send
from assessments.file_types import FILE_TYPES
from certificates.paper.errors import PaperError
from enrolments.admin_views.asking import ask_and_do
from programmes.applications import access, services
from programmes.applications.admin_views.screens import call_step, dossier_step, screen, trail
from programmes.applications.completeness import completeness
from programmes.applications.duplicates import alike_in
from programmes.applications.forms.staff import LateForm, NoteForm, StaffMessageForm, VerdictForm
from programmes.applications.places import is_over
from programmes.applications.refusals import ApplicationRefused


@require_admin_access
def dossier(request, pk):
    """The dossier of one application; one of its files may stand beside it."""
    application = access.get_handled_application_or_404(request.user, pk)
    return _dossier(request, application)


def _dossier(request, application, **forms):
    found, ended = completeness(application), is_over(application)
    versions = {
        place.document.pk: list(place.document.versions.order_by("-number"))
        for place in found.places
        if place.document
    }
    documents = [
        {
            "place": place,
            "versions": versions.get(place.document.pk, []) if place.document else [],
            "form": None if ended and not forms else _verdict_form(place, forms.get("verdict")),
        }
        for place in found.places
        if place.is_needed or place.document or not place.is_translation
    ]
    shown = request.GET.get("document", "")
    beside = next(
        (one for ones in versions.values() for one in ones if str(one.pk) == shown and not one.erased_at),
        None,
    )
    context = {
        "application": application,
        "call": application.call,
        "completeness": found,
        "documents": documents,
        "is_over": ended,
        "beside": beside if beside and beside.kind in SHOWN_INLINE else None,
        "answers": application.answers.select_related("question", "option"),
        "declarations": application.declarations.all(),
        "referees": application.referees.prefetch_related("letters"),
        "notes": application.notes.select_related("written_by"),
        "conversation": application.messages.select_related("sent_by", "application"),
        "events": application.events.select_related("by", "document__wanted", "referee"),
        "views": application.file_views.select_related("by", "version__document__wanted", "letter__referee")[
            :100
        ],
        "alike": alike_in(application.call).get(application.pk, []),
        "receipt": getattr(application, "receipt", None),
        "note_form": forms.get("note") or NoteForm(prefix="note"),
        "message_form": forms.get("message") or StaffMessageForm(prefix="message"),
    }
    last = application.full_name
    response = screen(
        request, "dossier", title=last, trail=trail(call_step(application.call), last=last), **context
    )
    if any(form.errors for form in forms.values()):
        response.status_code = 422
    return response


def _verdict_form(place, typed):
    if place.document is None or place.document.current is None:
        return None
    if typed is not None and typed.prefix == str(place.document.pk):
        return typed
    return VerdictForm(prefix=str(place.document.pk), initial={"version": place.document.current.pk})


@require_admin_access
@require_POST
def verdict(request, pk, document_id):
    """Accept a document, or return it with the reason."""
    application = access.get_handled_application_or_404(request.user, pk)
    document = access.get_document_or_404(application, document_id)
    form = VerdictForm(request.POST, prefix=str(document.pk))
    if form.is_valid():
        version = access.get_version_or_404(document, form.cleaned_data["version"])
        try:
            if "accept" in request.POST:
                services.accept_document(document, by=request.user, version=version)
                said = _("“%(document)s” is accepted; the applicant is told.")
            else:
                services.return_document(
                    document, by=request.user, why=form.cleaned_data["why"], version=version
                )
                said = _("“%(document)s” goes back to the applicant.")
        except ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said % {"document": document.wanted.label})
            return redirect(f"{_address(application)}#document-{document.pk}")
    return _dossier(request, application, verdict=form)


@require_admin_access
@require_POST
def note(request, pk):
    """Keep a note for other staff."""
    application = access.get_handled_application_or_404(request.user, pk)
    form = NoteForm(request.POST, prefix="note")
    return _write(request, application, form, services.write_note, _("The note is kept."))


@require_admin_access
@require_POST
def message(request, pk):
    """Write to the applicant."""
    application = access.get_handled_application_or_404(request.user, pk)
    form = StaffMessageForm(request.POST, prefix="message")
    return _write(request, application, form, services.send_message, _("The message has been sent."))


def _write(request, application, form, do, said):
    """Keep what was typed into one of the forms of the dossier, or show it again beside the rest."""
    if not form.is_valid():
        return _dossier(request, application, **{form.prefix: form})
    do(application, form.cleaned_data["text"], by=request.user)
    messages.success(request, said)
    return redirect(_address(application))


@require_admin_access
@require_POST
def act(request, pk):
    """Mark complete, or remind of what is missing."""
    application = access.get_handled_application_or_404(request.user, pk)
    do = services.mark_complete if "complete" in request.POST else services.remind
    try:
        do(application, by=request.user)
    except ApplicationRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Done; the applicant is told."))
    return redirect(_address(application))


@require_admin_access
def let_in_late(request, pk):
    """Let one applicant submit after closing, with a reason."""
    application = access.get_handled_application_or_404(request.user, pk)
    title = _("Let in late")

    def do(data):
        services.let_in_late(application, until=data["until"], by=request.user, reason=data["reason"])

    return ask_and_do(
        request,
        LateForm(request.POST or None),
        do=do,
        done=_("The applicant may submit until then and is told."),
        back=_address(application),
        refused=(ApplicationRefused,),
        title=title,
        icon="time",
        trail=trail(call_step(application.call), dossier_step(application), last=title),
        lead=_("For one applicant only. Everybody else is held to the closing of the call."),
        button=title,
    )


@require_admin_access
@xframe_options_sameorigin
def file(request, pk, version_id):
    """A file of a document; that it was looked at is kept."""
    version = access.get_handled_version_or_404(request.user, pk, version_id)
    try:
        services.open_version(version, by=request.user)
    except ApplicationRefused as refusal:
        raise Http404(str(refusal)) from None
    return _sent(version, inline="save" not in request.GET)


@require_admin_access
@xframe_options_sameorigin
def letter(request, pk, letter_id):
    """A referee's letter; that it was looked at is kept."""
    found = access.get_handled_letter_or_404(request.user, pk, letter_id)
    try:
        services.open_letter(found, by=request.user)
    except ApplicationRefused as refusal:
        raise Http404(str(refusal)) from None
    return _sent(found, inline="save" not in request.GET)


@require_admin_access
@require_POST
def print_dossier(request, pk):
    """The dossier as one PDF; every file in it counts as looked at."""
    application = access.get_handled_application_or_404(request.user, pk)
    try:
        content = services.print_dossier(application, by=request.user)
    except PaperError as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(application))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{application.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(kept, *, inline):
    """A PDF or a picture is shown, anything else is saved; nothing of it runs."""
    if not inline or kept.kind not in SHOWN_INLINE:
        return send(kept)
    try:
        content = default_storage.open(kept.file.name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, filename=kept.name, content_type=FILE_TYPES[kept.kind].media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _address(application):
    return reverse("application_calls:dossier", args=[application.pk])
