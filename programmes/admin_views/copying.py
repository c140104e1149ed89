"""Next year's edition in one action: what will be copied, the copy, and what was copied and is still to be seen to."""

from dataclasses import replace
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import screen
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import CopyProgrammeForm
from programmes.moved_dates import moved_dates
from programmes.next_year import after_copying, before_copying
from programmes.services import copy_programme_edition
from timetable.access import said_to


@require_admin_access
def copy(request, pk):
    """Ask for code, name and first day, show what every date becomes and what comes along, then make the copy."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    form = CopyProgrammeForm(request.POST or None, initial={"name": edition.name})
    dates = outlook = None
    if request.method == "POST" and form.is_valid():
        if "copy" in request.POST and (made := _copied(edition, form, request.user)):
            messages.success(request, _("The copy has been made."))
            return redirect("programme_editions:copied", made.pk)
        starts_on = form.cleaned_data["starts_on"]
        dates = moved_dates(edition, starts_on)
        outlook = _named(before_copying(edition, starts_on), request.user)
    return screen(
        request,
        "programmes/staff/copy.html",
        title=_("Copy to another year"),
        icon="copy",
        trail=edition_crumbs(edition, _("Copy to another year")),
        form=form,
        edition=edition,
        dates=dates,
        outlook=outlook,
    )


@require_admin_access
def copied(request, pk):
    """What an edition has of the one it was copied from, and what is still to be seen to."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    if edition.copied_from is None:
        raise Http404
    outlook = _named(after_copying(edition), request.user)
    return screen(
        request,
        "programmes/staff/copied.html",
        title=_("What was copied"),
        icon="copy",
        trail=edition_crumbs(edition, _("What was copied")),
        edition=edition,
        outlook=outlook,
        left_out=[(one, _scheduling_url(one)) for one in outlook.left_out],
    )


def _named(outlook, user):
    """With the names of what is in the way, as far as this person may know them."""
    said = said_to(user, [one.problems for one in outlook.left_out])
    named = [replace(one, problems=problems) for one, problems in zip(outlook.left_out, said, strict=True)]
    return replace(outlook, left_out=tuple(named))


def _scheduling_url(left_out):
    """The form for a new session, filled in like the one that was left out: to be held elsewhere or at another time."""
    add = reverse("sessions:add_to", args=[left_out.plan.edition.pk])
    return f"{add}?{urlencode({'like': left_out.source.pk})}"


def _copied(edition, form, user):
    """The copy, or None with what was wrong on the form."""
    try:
        return copy_programme_edition(edition, by=user, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None
