"""Setting a call up: its window, what it asks for, publishing and cancelling it."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from enrolments.admin_views.forms import ReasonForm
from programmes.applications import access, services
from programmes.applications.admin_views.screens import call_step, screen, trail
from programmes.applications.forms.calls import FORMS, CallForm
from programmes.applications.refusals import ApplicationRefused

TITLES = {
    "documents": gettext_lazy("Wanted document"),
    "questions": gettext_lazy("Question"),
    "declarations": gettext_lazy("Declaration"),
}


@require_admin_access
def add_call(request):
    """Begin a call; nobody sees it before it is published."""
    if not access.handles_any(request.user):
        raise Http404
    return _edit(request, None, _("New call"), trail(last=_("New call")), reverse("application_calls:index"))


@require_admin_access
def edit_call(request, call_id):
    """The call and its window."""
    call = access.get_handled_call_or_404(request.user, call_id)
    steps = trail(call_step(call), last=_("Edit"))
    return _edit(request, call, _("Edit the call"), steps, reverse("application_calls:setup", args=[call.pk]))


def _edit(request, call, title, steps, back):
    form = CallForm(request.POST or None, instance=call, editions=access.coordinated_editions(request.user))
    if request.method == "POST" and form.is_valid():
        saved = services.save_call(form.instance, by=request.user)
        messages.success(request, _("The call is saved."))
        return redirect("application_calls:setup", saved.pk)
    return screen(request, "ask", title=title, trail=steps, form=form, back=back, button=_("Save"))


@require_admin_access
def setup(request, call_id):
    """Everything the call asks for, and whether people see it."""
    call = access.get_handled_call_or_404(request.user, call_id)
    parts = [
        ("questions", _("Questions"), call.questions.all()),
        ("documents", _("Wanted documents"), call.wanted_documents.select_related("translation_of")),
        ("declarations", _("Declarations"), call.declarations.all()),
    ]
    return screen(
        request,
        "call",
        title=_("Set up the call"),
        trail=trail(call_step(call), last=_("Set up")),
        call=call,
        parts=parts,
        address=reverse("applications:start", args=[call.code]),
    )


@require_admin_access
def edit_part(request, call_id, kind, part_id=None):
    """A question, a wanted document or a declaration."""
    call = access.get_handled_call_or_404(request.user, call_id)
    part = access.get_part_or_404(call, kind, part_id) if part_id else None
    form = FORMS[kind](request.POST or None, instance=part, call=call)

    def do(_data):
        options = form.lines() if kind == "questions" else None
        services.save_part(form.instance, by=request.user, options=options)

    return ask_and_do(
        request,
        form,
        do=do,
        done=_("Saved."),
        back=reverse("application_calls:setup", args=[call.pk]),
        refused=(ApplicationRefused,),
        template="programmes/staff/ask.html",
        title=TITLES[kind],
        icon="clipboard-list",
        trail=trail(call_step(call), last=TITLES[kind]),
        button=_("Save"),
    )


@require_admin_access
@require_POST
def remove_part(request, call_id, kind, part_id):
    """Take something out of the call, unless somebody has answered it."""
    call = access.get_handled_call_or_404(request.user, call_id)
    try:
        services.remove_part(access.get_part_or_404(call, kind, part_id), by=request.user)
    except ApplicationRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("application_calls:setup", call.pk)


@require_admin_access
@require_POST
def open_call(request, call_id):
    """Let people see the call."""
    call = services.open_call(access.get_handled_call_or_404(request.user, call_id), by=request.user)
    messages.success(request, _("The call is published."))
    return redirect("application_calls:setup", call.pk)


@require_admin_access
def cancel_call(request, call_id):
    """Take the call back, with a reason."""
    call = access.get_handled_call_or_404(request.user, call_id)
    title = _("Cancel the call")
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.cancel_call(call, by=request.user, reason=data["reason"]),
        done=_("The call is cancelled. Applications stay as they are."),
        back=reverse("application_calls:setup", args=[call.pk]),
        title=title,
        icon="cross",
        trail=trail(call_step(call), last=title),
        lead=_("Nobody can begin or submit an application any more."),
        button=title,
    )
