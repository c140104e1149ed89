"""Projects as students, supervisors and examiners meet them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.file_types import UploadRefused
from programmes.models import Project
from programmes.projects import access, services
from programmes.projects.forms import FileForm, MilestoneForm, ReportForm, TopicForm
from programmes.projects.refusals import ProjectRefused
from programmes.projects.standing import reports_shown_to, steps_of
from programmes.records.scores import as_share, as_typed


@login_required
def project(request, code, place_id):
    """One's own thesis or project: every step, and what to do next."""
    place = access.get_place_or_404(request.user, code, place_id)
    return _project(request, place)


def _crumbs(*steps):
    own = (_("My learning"), reverse("learning:my_learning"))
    return [{"title": title, "url": url} for title, url in (own, *steps)]


def _project(request, place, topic_form=None, status=200):
    found = Project.objects.filter(place=place).select_related("supervisor").first()
    initial = {"topic": found.topic, "outline": found.outline} if found else None
    edition = place.student.programme_edition
    context = {
        "place": place,
        "edition": edition,
        "project": found,
        "rules": place.module.project_rules,
        "steps": steps_of(place, found),
        "files": found.files.all() if found else [],
        "topic_form": topic_form or TopicForm(initial=initial),
        "file_form": FileForm(),
        "reports": reports_shown_to(found, request.user) if found and found.decided_at else [],
        "crumbs": _crumbs(
            (place.student.programme_edition.name, reverse("programmes:place", args=[edition.code])),
            (_("My project"), ""),
        ),
        "current_section": "learning",
    }
    return render(request, "programmes/projects/project.html", context, status=status)


@login_required
@require_POST
def propose_topic(request, code, place_id):
    """Propose a topic."""
    place = access.get_place_or_404(request.user, code, place_id)
    form = TopicForm(request.POST)
    if form.is_valid():
        try:
            services.propose_topic(place, **form.cleaned_data)
        except ProjectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your topic has been proposed. You will be told of the answer."))
            return redirect("projects:project", code, place_id)
    return _project(request, place, form, status=422)


@login_required
@require_POST
def hand_in(request, code, place_id):
    """Hand in the work, or the corrected work."""
    place = access.get_place_or_404(request.user, code, place_id)
    form, found = FileForm(request.POST, request.FILES), Project.objects.filter(place=place).first()
    if not form.is_valid() or found is None:
        messages.error(request, _("Choose a PDF file first."))
        return redirect("projects:project", code, place_id)
    do = services.hand_in_corrections if found.waits_for_corrections else services.hand_in_project
    try:
        do(found, form.cleaned_data["file"], by=request.user)
    except (ProjectRefused, UploadRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Your file has been handed in. Until the deadline a newer one takes its place.")
        )
    return redirect("projects:project", code, place_id)


@login_required
def file(request, pk):
    """A file, for those whom it concerns."""
    found = access.get_file_or_404(request.user, pk)
    return FileResponse(
        found.file.open(), as_attachment=True, filename=found.name, content_type="application/pdf"
    )


@login_required
def examined_list(request):
    """What a person supervises and examines."""
    projects = access.projects_for(request.user).prefetch_related("examinations")
    context = {
        "rows": [(one, _own_part(one, request.user)) for one in projects.order_by("viva_at", "pk")],
        "crumbs": _crumbs((_("Projects I supervise or examine"), "")),
        "current_section": "learning",
    }
    return render(request, "programmes/projects/examined_list.html", context)


def _own_part(project, person):
    """One's own examination of it, if one examines it."""
    return next((one for one in project.examinations.all() if one.examiner_id == person.pk), None)


@login_required
def examined(request, pk):
    """A project as its supervisor or an examiner sees it."""
    found = access.get_examined_or_404(request.user, pk)
    return _examined(request, found)


def _examined(request, found, report_form=None, status=200):
    own = found.examinations.filter(examiner=request.user).first()
    if own and report_form is None:
        report_form = ReportForm(initial={"percent": as_typed(own.score), "report": own.report})
    context = {
        "project": found,
        "steps": steps_of(found.place, found),
        "files": found.files.all(),
        "own": own,
        "report_form": report_form,
        "reports": reports_shown_to(found, request.user),
        "milestone_form": MilestoneForm(project=found) if found.supervisor == request.user else None,
        "crumbs": _crumbs(
            (_("Projects I supervise or examine"), reverse("projects:examined_list")), (found.topic, "")
        ),
        "current_section": "learning",
    }
    return render(request, "programmes/projects/examined.html", context, status=status)


@login_required
@require_POST
def report(request, pk):
    """Keep or hand in a report."""
    found = access.get_examined_or_404(request.user, pk)
    examination = access.get_examination_or_404(request.user, pk)
    ends = "hand_in" in request.POST
    form = ReportForm(request.POST, ends=ends)
    if form.is_valid():
        try:
            services.hand_in_report(
                examination,
                score=as_share(form.cleaned_data["percent"]),
                report=form.cleaned_data["report"],
                ends=ends,
            )
        except ProjectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("Your report is handed in.") if ends else _("Your report is kept. Nobody else sees it yet.")
            )
            messages.success(request, said)
            return redirect("projects:examined", pk)
    return _examined(request, found, form, status=422)


@login_required
@require_POST
def reach_milestone(request, pk):
    """The supervisor says that a milestone is reached."""
    found = access.get_supervised_or_404(request.user, pk)
    form = MilestoneForm(request.POST, project=found)
    if form.is_valid():
        try:
            services.reach_milestone(
                found, form.cleaned_data["milestone"], by=request.user, note=form.cleaned_data["note"]
            )
        except ProjectRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("projects:examined", pk)
