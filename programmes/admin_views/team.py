"""Who runs an edition of a programme: roles with a beginning, an end and a reason."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.services import end_role, grant_role
from enrolments.admin_views.asking import ask_and_do, screen
from enrolments.admin_views.forms import ReasonForm
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import ProgrammeTeamForm
from programmes.models import ProgrammeRole


@require_admin_access
def team(request, pk):
    """Show the team and give somebody a role."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    form = ProgrammeTeamForm(request.POST or None, instance=ProgrammeRole(programme_edition=edition))
    if request.method == "POST" and form.is_valid():
        assignment = grant_role(form.save(commit=False), by=request.user)
        messages.success(request, _("%(person)s has the role now.") % {"person": assignment.person})
        return redirect("programme_editions:team", edition.pk)
    return screen(
        request,
        "programmes/staff/team.html",
        title=_("Team"),
        icon="user",
        trail=edition_crumbs(edition, _("Team")),
        form=form,
        edition=edition,
        roles=edition.roles.select_related("person", "granted_by").order_by("role", "starts_on", "pk"),
        button=_("Give the role"),
    )


@require_admin_access
def end(request, pk, role_id):
    """End a role, with a reason. Ending it twice changes nothing."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    assignment = get_object_or_404(edition.roles.select_related("person"), pk=role_id)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: end_role(assignment, by=request.user, reason=data["reason"]),
        done=_("The role has ended."),
        back=reverse("programme_editions:team", args=[edition.pk]),
        title=_("End the role"),
        icon="user",
        trail=edition_crumbs(edition, _("End the role")),
        lead=_("%(person)s is %(role)s of this edition. The role ends now; what was done under it stays.")
        % {"person": assignment.person, "role": assignment.get_role_display()},
    )
