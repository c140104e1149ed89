"""What an assessor sees: what is assigned, the declaration, the dossier with the scores beside it."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import crumbs, screen
from programmes.selection import access, services
from programmes.selection.admin_views.screens import is_shown_inline, opened
from programmes.selection.dossier import dossier_of
from programmes.selection.forms.staff import ConflictForm, ScoresForm
from programmes.selection.refusals import SelectionRefused


@require_admin_access
def index(request):
    """The person's applications: what is to be done, and what was handed in."""
    assignments = access.own_assignments(request.user)
    waiting = assignments.filter(handed_in_at=None)
    done = assignments.filter(handed_in_at__isnull=False)
    return screen(
        request,
        "programmes/selection/staff/assessing.html",
        title=_("Applications to assess"),
        icon="edit",
        trail=crumbs(last=_("Applications to assess")),
        waiting=waiting.order_by("application__call__closes_at", "application__call", "assigned_at", "pk"),
        done=done.order_by("-handed_in_at", "pk"),
    )


@require_admin_access
@never_cache
def assess(request, pk):
    """The declaration first; then the dossier with the scores beside it."""
    assignment = access.get_assignment_or_404(request.user, pk)
    if assignment.declared_at is None:
        return _ask_declaration(request, assignment, ConflictForm())
    return _score(request, assignment, ScoresForm(assignment=assignment))


def _ask_declaration(request, assignment, form, refusal=""):
    application = assignment.application
    response = screen(
        request,
        "programmes/selection/staff/declare.html",
        title=_("Do you have a conflict of interest?"),
        icon="warning",
        trail=_trail(application.full_name),
        form=form,
        assignment=assignment,
        application=application,
        referees=application.referees.standing(),
        refusal=refusal,
    )
    if refusal:
        response.status_code = 422
    return response


@require_admin_access
@require_POST
def declare(request, pk):
    """Keep the assessor's word."""
    assignment = access.get_assignment_or_404(request.user, pk)
    form = ConflictForm(request.POST)
    try:
        if "conflict" not in request.POST:
            services.declare_no_conflict(assignment)
            return redirect("assessing:assess", assignment.pk)
        if not form.is_valid():
            return _ask_declaration(request, assignment, form)
        services.declare_conflict(assignment, reason=form.cleaned_data["reason"])
    except SelectionRefused as refusal:
        return _ask_declaration(request, assignment, form, str(refusal))
    messages.success(request, _("Thank you. The application is no longer yours to assess."))
    return redirect("assessing:index")


def _score(request, assignment, form, status=200):
    versions, letters = access.shown_versions(assignment), access.shown_letters(assignment)
    dossier = dossier_of(assignment.application, versions=versions, letters=letters)
    beside = dossier.paper(request.GET.get("document", ""))
    others = list(
        access.own_assignments(request.user)
        .filter(handed_in_at=None)
        .exclude(pk=assignment.pk)
        .order_by("assigned_at", "pk")
        .values_list("pk", flat=True)
    )
    response = screen(
        request,
        "programmes/selection/staff/score.html",
        title=assignment.application.full_name,
        icon="edit",
        trail=_trail(assignment.application.full_name),
        form=form,
        assignment=assignment,
        application=assignment.application,
        dossier=dossier,
        beside=beside if beside and is_shown_inline(beside) else None,
        next_pk=others[0] if others else None,
        left=len(others),
    )
    response.status_code = status
    return response


@require_admin_access
@require_POST
def save(request, pk):
    """Keep what was typed; as a fragment for the script, as a page without it."""
    assignment = access.get_open_dossier_or_404(request.user, pk)
    form = ScoresForm(request.POST, assignment=assignment)
    saved, refusal = None, ""
    if form.is_valid():
        try:
            saved = services.save_scores(
                assignment,
                form.typed(),
                seen=form.cleaned_data["seen"],
                comment=form.cleaned_data["comment"],
            )
            if "hand_in" in request.POST:
                services.hand_in(assignment)
        except SelectionRefused as refused:
            form.add_error(None, str(refused))
            refusal = str(refused)
    if request.headers.get("X-Requested-With") == "score":
        context = {"sequence": saved, "form": form, "refusal": refusal}
        return TemplateResponse(
            request, "programmes/selection/staff/_saved.html", context, status=200 if saved else 422
        )
    if form.errors:
        if saved is not None:  # what was typed is kept; only the handing in was refused
            form.data = form.data.copy()
            form.data["seen"] = saved
        return _score(request, assignment, form, status=422)
    if "hand_in" in request.POST:
        messages.success(request, _("Handed in. The committee sees your scores now."))
        return redirect("assessing:index")
    messages.success(request, _("Saved."))
    return redirect("assessing:assess", assignment.pk)


@require_admin_access
@xframe_options_sameorigin
def file(request, pk, version_id):
    """A file of the dossier; that it was looked at is kept."""
    assignment = access.get_open_dossier_or_404(request.user, pk)
    version = access.shown_versions(assignment).filter(pk=version_id).first()
    return opened(request, version)


@require_admin_access
@xframe_options_sameorigin
def letter(request, pk, letter_id):
    """A referee's letter; that it was looked at is kept."""
    assignment = access.get_open_dossier_or_404(request.user, pk)
    found = access.shown_letters(assignment).filter(pk=letter_id).first()
    return opened(request, found)


def _trail(last):
    return crumbs((reverse("assessing:index"), _("Applications to assess")), last=last)
