"""Phases, modules and lecturers: added, changed, and taken away while nobody has used them."""

from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do, screen
from enrolments.admin_views.forms import ReasonForm
from programmes import access
from programmes.admin_views.frame import edition_crumbs, remove_part, save_part
from programmes.forms import LecturerForm, ModuleForm, PhaseForm
from programmes.models import Lecturer, Module, Phase
from programmes.refusals import ProgrammeRefused, Refusal


def _edition(request, pk):
    return access.get_managed_or_404(request.user, pk, access.can_coordinate)


def _phase(edition, phase_id):
    found = get_object_or_404(edition.phases, pk=phase_id)
    found.programme_edition = edition
    return found


def _module(edition, module_id):
    modules = Module.objects.filter(phase__programme_edition=edition)
    return get_object_or_404(
        modules.select_related("phase__programme_edition", "edition__course"), pk=module_id
    )


def _edit(request, edition, form, title, *, icon="folder-open-inverse", **context):
    """Show the form; save and record it once it is valid."""
    if request.method == "POST" and form.is_valid():
        save_part(edition, form, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("programme_editions:overview", edition.pk)
    return screen(
        request,
        "programmes/staff/part.html",
        title=title,
        icon=icon,
        trail=edition_crumbs(edition, title),
        form=form,
        edition=edition,
        button=_("Save"),
        back=reverse("programme_editions:overview", args=[edition.pk]),
        **context,
    )


def _remove(request, edition, row, title, lead):
    """Ask why, then take it away; what students have used stays."""

    def do(data):
        try:
            remove_part(edition, row, by=request.user, reason=data["reason"])
        except ProtectedError as used:
            raise ProgrammeRefused(Refusal.IN_USE, about=str(row)) from used

    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=do,
        done=_("Removed."),
        refused=ProgrammeRefused,
        back=reverse("programme_editions:overview", args=[edition.pk]),
        title=title,
        icon="bin",
        trail=edition_crumbs(edition, title),
        lead=lead % {"name": row},
    )


@require_admin_access
def add_phase(request, pk):
    """A new phase, after the others."""
    edition = _edition(request, pk)
    last = edition.phases.last()
    initial = {
        "position": last.position + 1 if last else 1,
        "starts_on": edition.starts_on,
        "ends_on": edition.ends_on,
    }
    form = PhaseForm(request.POST or None, instance=Phase(programme_edition=edition), initial=initial)
    return _edit(request, edition, form, _("New phase"))


@require_admin_access
def phase(request, pk, phase_id):
    """Change a phase."""
    edition = _edition(request, pk)
    found = _phase(edition, phase_id)
    remove = reverse("programme_editions:remove_phase", args=[pk, phase_id])
    return _edit(request, edition, PhaseForm(request.POST or None, instance=found), str(found), remove=remove)


@require_admin_access
def remove_phase(request, pk, phase_id):
    """Take a phase away."""
    edition = _edition(request, pk)
    lead = _("“%(name)s” is removed with its gate. Its modules have to be removed or moved first.")
    return _remove(request, edition, _phase(edition, phase_id), _("Remove the phase"), lead)


@require_admin_access
def add_module(request, pk, phase_id):
    """A new module of a phase."""
    edition = _edition(request, pk)
    found = _phase(edition, phase_id)
    module = Module(phase=found, position=found.modules.count() + 1)
    form = ModuleForm(request.POST or None, instance=module)
    return _edit(request, edition, form, _("New module"), lead=str(found))


@require_admin_access
def module(request, pk, module_id):
    """Change a module; see who teaches it."""
    edition = _edition(request, pk)
    found = _module(edition, module_id)
    return _edit(
        request,
        edition,
        ModuleForm(request.POST or None, instance=found),
        str(found),
        remove=reverse("programme_editions:remove_module", args=[pk, module_id]),
        module=found,
        lecturers=found.lecturers.select_related("person"),
    )


@require_admin_access
def remove_module(request, pk, module_id):
    """Take a module out of the programme; the edition of its course stays."""
    edition = _edition(request, pk)
    lead = _("“%(name)s” leaves the programme. The edition of its course stays as it is.")
    return _remove(request, edition, _module(edition, module_id), _("Remove the module"), lead)


@require_admin_access
def add_lecturer(request, pk, module_id):
    """Somebody teaches a module, for a stated time."""
    edition = _edition(request, pk)
    found = _module(edition, module_id)
    initial = {"starts_on": found.phase.starts_on, "ends_on": found.phase.ends_on}
    form = LecturerForm(request.POST or None, instance=Lecturer(module=found), initial=initial)
    return _edit(request, edition, form, _("New lecturer"), icon="user", lead=str(found))


@require_admin_access
def remove_lecturer(request, pk, lecturer_id):
    """Somebody teaches a module no longer."""
    edition = _edition(request, pk)
    lecturers = Lecturer.objects.filter(module__phase__programme_edition=edition)
    found = get_object_or_404(lecturers.select_related("person", "module"), pk=lecturer_id)
    lead = _("“%(name)s”: the name leaves the module and its page.")
    return _remove(request, edition, found, _("Remove the lecturer"), lead)
