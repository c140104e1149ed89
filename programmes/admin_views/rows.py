"""Partners, modes, fees and calendar of an edition: a few rows each, edited together."""

from dataclasses import dataclass

from django.db import transaction
from django.forms import inlineformset_factory
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import screen
from foundation.audit import services as audit
from foundation.audit.changes import described
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import CalendarForm, FeeForm, ModeForm, PartnerForm
from programmes.models import ProgrammeEdition
from programmes.services import lock_programme_edition


@dataclass(frozen=True)
class Kind:
    """One kind of row."""

    form: type
    title: str
    lead: str


KINDS = {
    "partners": Kind(
        PartnerForm,
        gettext_lazy("Partner institutions"),
        gettext_lazy("Who awards the degree, who hosts, who teaches. The public page and papers name them."),
    ),
    "modes": Kind(
        ModeForm,
        gettext_lazy("Modes and places"),
        gettext_lazy("Without a row here people are admitted in every mode, without a limit."),
    ),
    "fees": Kind(
        FeeForm,
        gettext_lazy("Fees"),
        gettext_lazy("Shown on the public page. Nothing is paid on this site."),
    ),
    "calendar": Kind(
        CalendarForm,
        gettext_lazy("Calendar"),
        gettext_lazy("Holidays, exam weeks, the graduation: days that every student should know."),
    ),
}


@require_admin_access
def rows(request, pk, kind):
    """Edit all rows of one kind at once."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    if kind not in KINDS:
        raise Http404
    asked = KINDS[kind]
    model = asked.form._meta.model
    make = inlineformset_factory(ProgrammeEdition, model, form=asked.form, extra=2, can_delete=True)
    formset = make(request.POST or None, instance=edition, prefix=kind)
    if request.method == "POST" and formset.is_valid():
        _save(edition, formset, kind, request.user)
        messages.success(request, _("Saved."))
        return redirect("programme_editions:overview", edition.pk)
    response = screen(
        request,
        "programmes/staff/rows.html",
        title=str(asked.title),
        icon="list-ul",
        trail=edition_crumbs(edition, str(asked.title)),
        edition=edition,
        lead=asked.lead,
        formset=formset,
        media=formset.media,
    )
    if formset.is_bound:
        response.status_code = 422
    return response


@transaction.atomic
def _save(edition, formset, kind, user):
    """Save and record what the rows are now."""
    lock_programme_edition(edition)
    before = [described(row) for row in getattr(edition, kind).all()]
    formset.save()
    after = [described(row) for row in getattr(edition, kind).all()]
    if before != after:
        audit.record(user, f"programmes.change_{kind}", edition, before={kind: before}, after={kind: after})
