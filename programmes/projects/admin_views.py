"""The coordinator's screens: topics, supervisors, examiners, vivas, results, corrections."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do, screen
from foundation.audit import services as audit
from programmes.access import can_coordinate, get_programme_edition_or_404
from programmes.admin_views.frame import edition_crumbs
from programmes.models import ProjectRules
from programmes.projects import access, services
from programmes.projects.forms import (
    ExaminersForm,
    MilestoneFormSet,
    ProjectRulesForm,
    ReturnForm,
    SupervisorForm,
    VerdictForm,
    VivaForm,
)
from programmes.projects.refusals import ProjectRefused
from programmes.projects.standing import next_step, steps_of
from programmes.records.scores import as_share, as_typed


@require_admin_access
def projects(request, code):
    """Everybody who writes a project in an edition, with the step each waits for."""
    edition = get_programme_edition_or_404(request.user, code)
    rows = [(place, getattr(place, "project", None)) for place in access.places_in(edition)]
    return screen(
        request,
        "programmes/projects/staff/projects.html",
        title=_("Projects"),
        icon="doc-full",
        trail=edition_crumbs(edition, _("Projects")),
        edition=edition,
        rows=[(place, found, next_step(place, found)) for place, found in rows],
        rules=ProjectRules.objects.filter(module__phase__programme_edition=edition).select_related(
            "module__edition__course"
        ),
    )


@require_admin_access
def rules(request, code, pk=None):
    """That a module is a project, its days and milestones."""
    edition = get_programme_edition_or_404(request.user, code, can_coordinate)
    own = ProjectRules.objects.filter(module__phase__programme_edition=edition)
    held = get_object_or_404(own, pk=pk) if pk else None
    form = ProjectRulesForm(request.POST or None, instance=held, edition=edition)
    milestones = MilestoneFormSet(request.POST or None, instance=held, prefix="milestones")
    if request.method == "POST" and form.is_valid() and milestones.is_valid():
        with transaction.atomic():
            milestones.instance = form.save()
            milestones.save()
            audit.record(
                request.user, "programmes.set_project_rules", edition, after={"module": str(form.instance)}
            )
        messages.success(request, _("The rules are kept."))
        return redirect("programme_projects:projects", code)
    return screen(
        request,
        "programmes/projects/staff/rules.html",
        title=_("Rules of a project"),
        icon="cogs",
        trail=_trail(edition, _("Rules of a project")),
        form=form,
        milestones=milestones,
        edition=edition,
    )


def _trail(edition, last, *steps):
    listing = (reverse("programme_projects:projects", args=[edition.code]), _("Projects"))
    return edition_crumbs(edition, last, listing, *steps)


@require_admin_access
def project(request, code, pk):
    """One project with everything that was said of it."""
    found = access.get_coordinated_or_404(request.user, code, pk)
    edition = found.place.student.programme_edition
    return screen(
        request,
        "programmes/projects/staff/project.html",
        title=found.topic,
        icon="doc-full",
        trail=_trail(edition, found.topic),
        edition=edition,
        project=found,
        steps=steps_of(found.place, found),
        files=found.files.all(),
        examinations=found.examinations.select_related("examiner"),
    )


def _ask(request, code, pk, form, do, done, title, **context):
    """One form about one project."""
    found = access.get_coordinated_or_404(request.user, code, pk)
    back = reverse("programme_projects:project", args=[code, pk])
    edition = found.place.student.programme_edition
    return ask_and_do(
        request,
        form,
        do=lambda data: do(found, data),
        done=done,
        back=back,
        refused=ProjectRefused,
        title=title,
        icon="edit",
        trail=_trail(edition, title, (back, found.topic)),
        **context,
    )


@require_admin_access
def approve(request, code, pk):
    """Approve the topic and name the supervisor."""
    return _ask(
        request,
        code,
        pk,
        SupervisorForm(request.POST or None),
        lambda found, data: services.approve_topic(found, supervisor=data["supervisor"], by=request.user),
        _("The topic is approved. The student and the supervisor have been told."),
        _("Approve the topic"),
    )


@require_admin_access
def send_back(request, code, pk):
    """Give the proposal back."""
    return _ask(
        request,
        code,
        pk,
        ReturnForm(request.POST or None),
        lambda found, data: services.return_topic(found, by=request.user, reason=data["reason"]),
        _("The proposal is returned, with your reason."),
        _("Return the proposal"),
    )


@require_admin_access
def examiners(request, code, pk):
    """Name the examiners."""
    return _ask(
        request,
        code,
        pk,
        ExaminersForm(request.POST or None),
        lambda found, data: services.appoint_examiners(
            found, [data["first"], data["second"]], by=request.user
        ),
        _("The examiners have been named and told."),
        _("Name the examiners"),
    )


@require_admin_access
def viva(request, code, pk):
    """Book the viva."""
    return _ask(
        request,
        code,
        pk,
        VivaForm(request.POST or None),
        lambda found, data: services.book_viva(found, by=request.user, **data),
        _("The viva is booked, and everybody concerned has been told."),
        _("Book the viva"),
    )


@require_admin_access
def decide(request, code, pk):
    """Write the agreed result down."""
    found = access.get_coordinated_or_404(request.user, code, pk)
    scores = [one.score for one in found.examinations.all() if one.handed_in_at]
    mean = sum(scores) / len(scores) if len(scores) == services.EXAMINERS else None
    return _ask(
        request,
        code,
        pk,
        VerdictForm(request.POST or None, initial={"percent": as_typed(mean)}),
        lambda found, data: services.decide_project(
            found,
            score=as_share(data["percent"]),
            note=data["note"],
            corrections=data["corrections"],
            by=request.user,
        ),
        _("The result is written down, and the student has been told that there is one."),
        _("Decide the result"),
        lead=_("Proposed is the mean of both examiners. It goes into the gradebook of the module."),
    )


@require_admin_access
@require_POST
def corrections(request, code, pk):
    """Accept the corrections. Doing it twice changes nothing."""
    found = access.get_coordinated_or_404(request.user, code, pk)
    try:
        services.accept_corrections(found, by=request.user)
    except ProjectRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The corrections are accepted."))
    return redirect("programme_projects:project", code, pk)
