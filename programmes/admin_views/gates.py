"""Gates: what they ask for, and what staff say about one student there."""

from django.db import transaction
from django.forms import inlineformset_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do, screen
from enrolments.admin_views.forms import ReasonForm
from foundation.audit import services as audit
from foundation.audit.changes import described
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.forms import ConditionForm, DecisionForm, GateForm
from programmes.models import Gate, GateCondition, GateWaiver
from programmes.refusals import ProgrammeRefused
from programmes.services import decide_at_gate, end_waiver, open_phase, waive_gate

make_conditions = inlineformset_factory(
    Gate, GateCondition, form=ConditionForm, extra=2, can_delete=True, fields=["kind", "module", "least"]
)


@require_admin_access
def gate(request, pk, phase_id):
    """What opens a phase: a note and the conditions. Without any condition there is no gate."""
    edition = access.get_managed_or_404(request.user, pk, access.can_coordinate)
    phase = get_object_or_404(edition.phases, pk=phase_id)
    if phase == edition.phases.first():
        raise Http404
    found = Gate.objects.filter(phase=phase).first() or Gate(phase=phase)
    form = GateForm(request.POST or None, instance=found)
    formset = make_conditions(
        request.POST or None, instance=found, prefix="conditions", form_kwargs={"phase": phase}
    )
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        _save(edition, form, formset, request.user)
        messages.success(request, _("Saved."))
        return redirect("programme_editions:overview", edition.pk)
    response = screen(
        request,
        "programmes/staff/gate.html",
        title=_("Gate of “%(phase)s”") % {"phase": phase},
        icon="lock-open",
        trail=edition_crumbs(edition, str(phase)),
        form=form,
        formset=formset,
        edition=edition,
    )
    if formset.is_bound:
        response.status_code = 422
    return response


@transaction.atomic
def _save(edition, form, formset, user):
    """Save the gate with its conditions and record them."""
    before = _described(form.instance) if form.instance.pk else None
    formset.instance = form.save()
    formset.save()
    after = _described(form.instance)
    if before != after:
        audit.record(user, "programmes.change_gate", edition, before=before, after=after)


def _described(gate):
    conditions = [described(condition) for condition in GateCondition.objects.filter(gate=gate)]
    return {"phase": str(gate.phase), "note": gate.note, "conditions": conditions}


def _student_and_gate(request, student_id, phase_id):
    student = access.get_managed_student_or_404(request.user, student_id)
    phase = get_object_or_404(
        student.programme_edition.phases.select_related("gate"), pk=phase_id, gate__isnull=False
    )
    return student, phase


def _ask(request, student, form, *, do, done, title, lead):
    """One form about one student, back to the student."""
    own = reverse("programme_editions:student", args=[student.pk])
    listed = (reverse("programme_editions:students", args=[student.programme_edition_id]), _("Students"))
    return ask_and_do(
        request,
        form,
        do=do,
        done=done,
        refused=ProgrammeRefused,
        back=own,
        title=title,
        icon="lock-open",
        trail=edition_crumbs(student.programme_edition, title, listed, (own, str(student.person))),
        lead=lead,
    )


@require_admin_access
def waive(request, student_id, phase_id):
    """Open the gate for one student without its conditions."""
    student, phase = _student_and_gate(request, student_id, phase_id)
    return _ask(
        request,
        student,
        ReasonForm(request.POST or None),
        do=lambda data: waive_gate(student, phase.gate, by=request.user, reason=data["reason"]),
        done=_("The gate is open to this student."),
        title=_("Waive the gate"),
        lead=_("%(person)s may enter “%(phase)s” on its first day, whatever the conditions say.")
        % {"person": student.person, "phase": phase},
    )


@require_admin_access
def decide(request, student_id, phase_id):
    """Say whether a student may pass."""
    student, phase = _student_and_gate(request, student_id, phase_id)
    return _ask(
        request,
        student,
        DecisionForm(request.POST or None),
        do=lambda data: decide_at_gate(student, phase.gate, by=request.user, **data),
        done=_("The decision is kept."),
        title=_("Decide"),
        lead=_("Whether %(person)s may enter “%(phase)s”. The newest decision counts.")
        % {"person": student.person, "phase": phase},
    )


@require_admin_access
def let_in(request, student_id, phase_id):
    """Let a student who passes the gate in, before the first day or where opening by itself met a full module."""
    student = access.get_managed_student_or_404(request.user, student_id)
    phase = get_object_or_404(student.programme_edition.phases, pk=phase_id)
    return _ask(
        request,
        student,
        ReasonForm(request.POST or None),
        do=lambda data: open_phase(student, phase, by=request.user, reason=data["reason"]),
        done=_("The phase is open to this student."),
        title=_("Open the phase now"),
        lead=_("%(person)s is enrolled into the compulsory modules of “%(phase)s” at once.")
        % {"person": student.person, "phase": phase},
    )


@require_admin_access
def end(request, waiver_id):
    """Let the conditions hold again."""
    waiver = get_object_or_404(GateWaiver.objects.select_related("gate__phase"), pk=waiver_id)
    student = access.get_managed_student_or_404(request.user, waiver.student_id)
    return _ask(
        request,
        student,
        ReasonForm(request.POST or None),
        do=lambda data: end_waiver(waiver, by=request.user, reason=data["reason"]),
        done=_("The conditions hold again."),
        title=_("End the waiver"),
        lead=_(
            "The conditions of “%(phase)s” hold again for %(person)s. A phase that was entered stays open."
        )
        % {"person": student.person, "phase": waiver.gate.phase},
    )
