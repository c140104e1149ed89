"""Who runs an edition of a programme: roles with a beginning, an end and a reason."""

from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.team import ask_to_end, show_team
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import ProgrammeTeamForm
from programmes.models import ProgrammeRole


@require_admin_access
def team(request, pk):
    """Show the team and give somebody a role."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    return show_team(
        request,
        edition,
        ProgrammeTeamForm(request.POST or None, instance=ProgrammeRole(programme_edition=edition)),
        of="programme_editions",
        trail=edition_crumbs(edition, _("Team")),
        lead=_(
            "Coordinators set the edition up and work on applications and students. The registrar keeps "
            "results and papers. Assessors score the applications they are given. Tutors look after a group "
            "of students."
        ),
    )


@require_admin_access
def end(request, pk, role_id):
    """End a role, with a reason. Ending it twice changes nothing."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    trail = edition_crumbs(edition, _("End the role"))
    return ask_to_end(request, edition, role_id, of="programme_editions", trail=trail)
