"""Criteria and rules of a call, and who assesses what."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from enrolments.admin_views.forms import ReasonForm
from programmes.models import AssessorAssignment, Call, Criterion, SelectionRules
from programmes.selection import access, services
from programmes.selection.admin_views.screens import address, selection_screen, trail
from programmes.selection.conflicts import same_institution
from programmes.selection.forms.staff import AssignForm, CriterionForm, RulesForm
from programmes.selection.refusals import SelectionRefused


@require_admin_access
def setup(request, call_id):
    """The criteria in force and the rules; rules are saved here."""
    call = access.get_call_or_404(request.user, call_id)
    rules = SelectionRules.objects.filter(call=call).first() or SelectionRules(call=call)
    form = RulesForm(request.POST or None, instance=rules)
    if request.method == "POST" and form.is_valid():
        services.save_rules(form.save(commit=False), by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The rules are saved."))
        return redirect(address("setup", call))
    earlier = access.selection_calls(request.user).filter(criteria__retired_at=None, criteria__isnull=False)
    return selection_screen(
        request,
        "setup",
        call,
        title=_("Criteria and rules"),
        tab="setup",
        form=form,
        criteria=call.criteria.in_force(),
        in_use=services.criteria_in_use(call),
        earlier=earlier.exclude(pk=call.pk).distinct()[:20],
    )


@require_admin_access
@require_POST
def take_over(request, call_id, source_id):
    """Take criteria and rules of another call over."""
    call = access.get_call_or_404(request.user, call_id)
    source = get_object_or_404(access.selection_calls(request.user), pk=source_id)
    count = services.copy_criteria(source, call, by=request.user)
    messages.success(request, _("%(count)s criteria have been taken over.") % {"count": count})
    return redirect(address("setup", call))


@require_admin_access
def edit_criterion(request, call_id, pk=None):
    """Add a criterion, or change one."""
    call = access.get_call_or_404(request.user, call_id)
    criterion = access.get_criterion_or_404(call, pk) if pk else Criterion(call=call, names={}, guidances={})
    form = CriterionForm(request.POST or None, instance=criterion)
    title = _("Change the criterion") if pk else _("Add a criterion")
    return ask_and_do(
        request,
        form,
        do=lambda _data: services.save_criterion(form.criterion(), by=request.user),
        done=_("The criterion is saved."),
        back=address("setup", call),
        refused=(SelectionRefused,),
        title=title,
        icon="edit",
        trail=trail(call, title),
        lead=_("Assessors see the guidance beside the field, in their own language."),
        button=_("Save"),
    )


@require_admin_access
def retire_criterion(request, call_id, pk):
    """Score it no more."""
    call = access.get_call_or_404(request.user, call_id)
    criterion = access.get_criterion_or_404(call, pk)
    title = _("Take the criterion out")
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.retire_criterion(criterion, by=request.user, reason=data["reason"]),
        done=_("The criterion is out."),
        back=address("setup", call),
        refused=(SelectionRefused,),
        title=title,
        icon="bin",
        trail=trail(call, title),
        lead=_("“%(criterion)s” is scored no more.") % {"criterion": criterion},
    )


@require_admin_access
def assessors(request, call_id):
    """Who assesses how much, and which applications still lack somebody."""
    call = access.get_call_or_404(request.user, call_id)
    rules = SelectionRules.objects.filter(call=call).first() or SelectionRules(call=call)
    return selection_screen(
        request,
        "assessors",
        call,
        title=_("Assessors"),
        tab="assessors",
        rules=rules,
        people=_loads(call),
        applications=_applications(call),
        conflicts=AssessorAssignment.objects.filter(
            application__call=call, ending=AssessorAssignment.Ending.CONFLICT
        ).select_related("assessor", "application__person"),
    )


def _loads(call):
    """The assessors with how much they have, and how much is handed in."""
    mine = Q(assessor_assignments__application__call=call, assessor_assignments__ended_at=None)
    return services.assessors_of(call.programme_edition).annotate(
        load=Count("assessor_assignments", filter=mine, distinct=True),
        done=Count(
            "assessor_assignments",
            filter=mine & Q(assessor_assignments__handed_in_at__isnull=False),
            distinct=True,
        ),
    )


def _applications(call):
    """Applications with how many assess them, those that lack somebody first."""
    current = Q(assessor_assignments__ended_at=None)
    return (
        call.applications.submitted()
        .select_related("person", "country")
        .annotate(
            assessors=Count("assessor_assignments", filter=current, distinct=True),
            handed_in=Count(
                "assessor_assignments",
                filter=current & Q(assessor_assignments__handed_in_at__isnull=False),
                distinct=True,
            ),
        )
        .order_by("assessors", "family_name", "given_names", "pk")
    )


@require_admin_access
@require_POST
def share_out(request, call_id):
    """Give every application its assessors, evenly and at random."""
    call = access.get_call_or_404(request.user, call_id)
    try:
        share = services.assign_evenly(call, by=request.user)
    except SelectionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(address("assessors", call))
    count = len(share.pairs)
    sentence = ngettext("%(count)s assignment was made.", "%(count)s assignments were made.", count)
    messages.success(request, sentence % {"count": count})
    if share.short:
        short = ngettext(
            "%(count)s application still lacks an assessor: everybody else is its referee, has a conflict or is of the "
            "same institution. Assign by hand, or give the role to more people.",
            "%(count)s applications still lack an assessor: everybody else is their referee, has a conflict or is of "
            "the same institution. Assign by hand, or give the role to more people.",
            len(share.short),
        )
        messages.warning(request, short % {"count": len(share.short)})
    return redirect(address("assessors", call))


@require_admin_access
def application(request, call_id, pk):
    """Who assesses one application; somebody is added by hand."""
    call = access.get_call_or_404(request.user, call_id)
    found = access.get_application_or_404(request.user, call, pk)
    found.call = call
    form = AssignForm(request.POST or None, assessors=services.assessors_of(call.programme_edition))
    if request.method == "POST" and form.is_valid():
        assessor = form.cleaned_data["assessor"]
        try:
            services.assign(found, assessor, by=request.user)
        except SelectionRefused as refusal:
            form.add_error("assessor", str(refusal))
        else:
            messages.success(request, _("%(person)s assesses this application.") % {"person": assessor})
            if same_institution(found, assessor):
                warning = _(
                    "%(person)s and the applicant are of the same institution. Make sure that is right."
                )
                messages.warning(request, warning % {"person": assessor})
            return redirect(address("application", call, found.pk))
    return selection_screen(
        request,
        "application",
        call,
        title=found.full_name,
        tab="assessors",
        form=form,
        application=found,
        assignments=found.assessor_assignments.select_related("assessor", "assigned_by"),
    )


@require_admin_access
def take_away(request, call_id, pk):
    """Take an application away from an assessor."""
    return _change_assignment(
        request,
        access.get_call_or_404(request.user, call_id),
        pk,
        services.take_away,
        title=_("Take away"),
        done=_("The application is taken away."),
        lead=_("%(person)s does not assess “%(application)s” any more. What was typed is kept."),
    )


@require_admin_access
def reopen(request, call_id, pk):
    """Let an assessor correct what was handed in."""
    return _change_assignment(
        request,
        access.get_call_or_404(request.user, call_id),
        pk,
        services.reopen_scores,
        title=_("Open the scores again"),
        done=_("The scores are open again."),
        lead=_(
            "%(person)s can correct the scores on “%(application)s”. Until they are handed in again, the committee "
            "does not see them. What they say now stays in the audit log."
        ),
    )


def _change_assignment(request, call: Call, pk, service, *, title, done, lead):
    assignment = access.get_call_assignment_or_404(call, pk)
    names = {"person": assignment.assessor, "application": assignment.application.full_name}
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: service(assignment, by=request.user, reason=data["reason"]),
        done=done,
        back=address("application", call, assignment.application_id),
        refused=(SelectionRefused,),
        title=title,
        icon="user",
        trail=trail(call, title),
        lead=lead % names,
    )
