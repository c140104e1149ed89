"""Holding an edition again: a copy with every date moved, shown before it is made."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments import access
from enrolments.admin_views.asking import edition_crumbs, screen
from enrolments.admin_views.forms import CopyForm
from enrolments.moved_dates import moved_dates
from enrolments.services import copy_edition


@require_admin_access
def copy(request, pk):
    """Ask for code, name and first day, show what every date becomes, then make the copy."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    form = CopyForm(request.POST or None, initial={"name": edition.name})
    dates = None
    if request.method == "POST" and form.is_valid():
        if "copy" in request.POST:
            made = copy_edition(edition, by=request.user, **form.cleaned_data)
            messages.success(request, _("The copy has been made. Check it, then give it a team."))
            return redirect("editions:edit", made.pk)
        dates = moved_dates(edition, form.cleaned_data["starts_on"])
    return screen(
        request,
        "enrolments/staff/copy.html",
        title=_("Copy to other dates"),
        icon="copy",
        trail=edition_crumbs(edition, _("Copy to other dates")),
        form=form,
        edition=edition,
        dates=dates,
    )
