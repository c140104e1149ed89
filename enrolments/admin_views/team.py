"""Who teaches and manages an edition: roles with a beginning, an end and a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.services import end_role, grant_role
from enrolments import access
from enrolments.admin_views.asking import ask_and_do, edition_crumbs, screen
from enrolments.admin_views.forms import ReasonForm, TeamForm
from enrolments.models import EditionRole


@require_admin_access
def team(request, pk):
    """Show the team and give somebody a role."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    return show_team(
        request,
        edition,
        TeamForm(request.POST or None, instance=EditionRole(edition=edition)),
        of="editions",
        trail=edition_crumbs(edition, _("Team")),
        lead=_(
            "Tutors see the learners of this edition and answer their questions. Markers mark. "
            "Coordinators enrol, withdraw and set dates."
        ),
    )


@require_admin_access
def end(request, pk, role_id):
    """End a role, with a reason. Ending it twice changes nothing."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    return ask_to_end(
        request, edition, role_id, of="editions", trail=edition_crumbs(edition, _("End the role"))
    )


def show_team(
    request: HttpRequest, edition, form: TeamForm, *, of: str, trail: list[dict], lead: str
) -> HttpResponse:
    """The roles on an edition of a course or programme, and the form that gives one; `of` is its address space."""
    if request.method == "POST" and form.is_valid():
        assignment = grant_role(form.save(commit=False), by=request.user)
        messages.success(request, _("%(person)s has the role now.") % {"person": assignment.person})
        return redirect(f"{of}:team", edition.pk)
    return screen(
        request,
        "enrolments/staff/team.html",
        title=_("Team"),
        icon="user",
        trail=trail,
        lead=lead,
        form=form,
        edition=edition,
        end_role=f"{of}:end_role",
        roles=edition.roles.select_related("person", "granted_by").order_by("role", "starts_on", "pk"),
        button=_("Give the role"),
    )


def ask_to_end(request: HttpRequest, edition, role_id: int, *, of: str, trail: list[dict]) -> HttpResponse:
    """Ask why one of its roles ends, and end it. 404 where the edition has no such role."""
    assignment = get_object_or_404(edition.roles.select_related("person"), pk=role_id)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: end_role(assignment, by=request.user, reason=data["reason"]),
        done=_("The role has ended."),
        back=reverse(f"{of}:team", args=[edition.pk]),
        title=_("End the role"),
        icon="user",
        trail=trail,
        lead=_("%(person)s is %(role)s of this edition. The role ends now; what was done under it stays.")
        % {"person": assignment.person, "role": assignment.get_role_display()},
    )
