"""Cancelling an edition."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments import access
from enrolments.admin_views.asking import ask_and_do, edition_crumbs
from enrolments.admin_views.forms import ReasonForm
from enrolments.services import cancel_edition


@require_admin_access
def cancel(request, pk):
    """Ask for the reason and cancel. Cancelling twice changes nothing."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: cancel_edition(edition, by=request.user, reason=data["reason"]),
        done=_("The edition has been cancelled."),
        back=reverse("editions:index"),
        title=_("Cancel the edition"),
        icon="cross",
        trail=edition_crumbs(edition, _("Cancel the edition")),
        lead=_(
            "It leaves the catalogue and its classroom closes for the %(people)s people who hold a place; what they "
            "did is kept. This cannot be undone. Write to them first."
        )
        % {"people": edition.enrolments.active().count()},
    )
