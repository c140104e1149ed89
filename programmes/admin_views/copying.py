"""Next year's edition in one action."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import screen
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import CopyProgrammeForm
from programmes.moved_dates import moved_dates
from programmes.services import copy_programme_edition


@require_admin_access
def copy(request, pk):
    """Ask for code, name and first day, show what every date becomes, then make the copy."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    form = CopyProgrammeForm(request.POST or None, initial={"name": edition.name})
    dates = None
    if request.method == "POST" and form.is_valid():
        if "copy" in request.POST and (made := _copied(edition, form, request.user)):
            messages.success(
                request, _("The copy has been made. Check it, then give it lecturers and a team.")
            )
            return redirect("programme_editions:overview", made.pk)
        dates = moved_dates(edition, form.cleaned_data["starts_on"])
    return screen(
        request,
        "programmes/staff/copy.html",
        title=_("Copy to another year"),
        icon="copy",
        trail=edition_crumbs(edition, _("Copy to another year")),
        form=form,
        edition=edition,
        dates=dates,
    )


def _copied(edition, form, user):
    """The copy, or None with what was wrong on the form."""
    try:
        return copy_programme_edition(edition, by=user, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None
