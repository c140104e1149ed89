"""One edition at a glance: phases, their modules, the gates between them, and the way to everything else."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do, screen
from enrolments.admin_views.forms import ReasonForm
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.gates import gate_of, modules_by_phase, phases_of
from programmes.models import Lecturer
from programmes.services import cancel_programme_edition


class State(models.TextChoices):
    """Where an edition stands today."""

    TO_COME = "to_come", gettext_lazy("To come")
    RUNNING = "running", gettext_lazy("Under way")
    OVER = "over", gettext_lazy("Over")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


def state_of(programme_edition) -> State:
    """The state in one word, by today's date."""
    today = timezone.localdate()
    if programme_edition.cancelled_at:
        return State.CANCELLED
    if programme_edition.starts_on > today:
        return State.TO_COME
    return State.OVER if programme_edition.ends_on < today else State.RUNNING


@require_admin_access
def overview(request, pk):
    """Show the whole structure."""
    edition = access.get_managed_or_404(request.user, pk)
    modules = modules_by_phase(edition)
    lecturers = {}
    for lecturer in Lecturer.objects.filter(module__phase__programme_edition=edition).select_related(
        "person"
    ):
        lecturers.setdefault(lecturer.module_id, []).append(lecturer)
    phases = [
        {
            "phase": phase,
            "gate": gate_of(phase),
            "is_first": number == 0,
            "credits": sum(one.credits for one in modules.get(phase.pk, ()) if not one.is_elective),
            "modules": [(one, lecturers.get(one.pk, [])) for one in modules.get(phase.pk, ())],
        }
        for number, phase in enumerate(phases_of(edition))
    ]
    return screen(
        request,
        "programmes/staff/overview.html",
        title=str(edition),
        icon="folder-open-inverse",
        trail=edition_crumbs(edition),
        edition=edition,
        state=state_of(edition),
        phases=phases,
        modes=_modes(edition),
        partners=edition.partners.select_related("partner"),
        fees=edition.fees.all(),
        calendar=edition.calendar.all(),
        can_change=access.can_coordinate(request.user, edition),
        students=edition.students.active().count(),
    )


def _modes(edition):
    taken = dict(edition.students.active().order_by().values_list("mode").annotate(number=models.Count("pk")))
    return [(mode, taken.get(mode.mode, 0)) for mode in edition.modes.all()]


@require_admin_access
def cancel(request, pk):
    """Cancel the edition, with a reason. Nothing is deleted."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: cancel_programme_edition(edition, by=request.user, reason=data["reason"]),
        done=_("The edition has been cancelled."),
        back=reverse("programme_editions:overview", args=[pk]),
        title=_("Cancel the edition"),
        icon="cross",
        trail=edition_crumbs(edition, _("Cancel the edition")),
        lead=_(
            "%(edition)s leaves the public site, admits nobody any more and opens no phase. What people did is kept; "
            "the editions of its courses stay open until they are cancelled themselves."
        )
        % {"edition": edition},
    )
