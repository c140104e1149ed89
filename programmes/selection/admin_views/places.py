"""Offered places, their conditions, and the waiting list."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from enrolments.admin_views.forms import ReasonForm
from programmes.models import Decision, DecisionOutcome, DocumentVersion
from programmes.refusals import ProgrammeRefused
from programmes.selection import access, services
from programmes.selection.admin_views.screens import address, selection_screen, trail
from programmes.selection.capacity import places_by_mode
from programmes.selection.forms.staff import MeetForm, MoveConditionForm
from programmes.selection.refusals import SelectionRefused


@require_admin_access
@never_cache
def places(request, call_id):
    """What is offered, taken and free; what is overdue comes first."""
    call = access.get_call_or_404(request.user, call_id)
    conditions = access.call_conditions(request.user, call).filter(
        met_at=None,
        decision__offer__isnull=False,
        decision__offer__declined_at=None,
        decision__offer__ended_at=None,
    )
    waiting = (
        Decision.objects.standing()
        .filter(
            application__call=call,
            application__withdrawn_at=None,
            outcome=DecisionOutcome.WAITING,
            offer=None,
        )
        .exclude(application__person=request.user)
    )
    return selection_screen(
        request,
        "places",
        call,
        title=_("Places and conditions"),
        tab="places",
        modes=places_by_mode(call.programme_edition).values(),
        offers=access.call_offers(request.user, call).order_by("-offered_at", "pk"),
        conditions=conditions.order_by("due_on", "pk"),
        waiting=waiting.select_related("application__person").order_by("mode", "waiting_rank", "pk"),
        today=timezone.localdate(),
    )


@require_admin_access
@require_POST
def reorder(request, call_id):
    """Rank the waiting list by the numbers that were typed."""
    call = access.get_call_or_404(request.user, call_id)
    form = ReasonForm(request.POST)
    typed = {name.removeprefix("rank_"): value for name, value in request.POST.items() if name[:5] == "rank_"}
    numbers = {pk: value for pk, value in typed.items() if pk.isdecimal() and value.strip().isdecimal()}
    if not form.is_valid() or len(numbers) != len(typed):
        messages.warning(request, _("Give everybody a number, and say why the order changes."))
        return redirect(address("places", call))
    order = [int(pk) for pk, value in sorted(numbers.items(), key=lambda item: int(item[1]))]
    try:
        services.reorder_waiting(call, order, by=request.user, reason=form.cleaned_data["reason"])
    except SelectionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The waiting list has its new order."))
    return redirect(address("places", call))


@require_admin_access
def withdraw_offer(request, call_id, pk):
    """Take an offered place back."""
    call = access.get_call_or_404(request.user, call_id)
    offer = access.get_offer_or_404(request.user, call, pk)
    title = _("Take the place back")
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.withdraw_offer(offer, by=request.user, reason=data["reason"]),
        done=_(
            "The place is taken back; the person is told, and the next on the waiting list is offered it."
        ),
        back=address("places", call),
        refused=(SelectionRefused,),
        title=title,
        icon="cross",
        trail=trail(call, title),
        lead=_(
            "%(person)s is told with the reason as you type it. The next on the waiting list is offered the place."
        )
        % {"person": offer.application.full_name},
    )


@require_admin_access
def meet(request, call_id, pk):
    """Say how a condition was met."""
    call = access.get_call_or_404(request.user, call_id)
    condition = access.get_condition_or_404(request.user, call, pk)
    versions = DocumentVersion.objects.filter(
        document__application=condition.decision.application, erased_at=None
    ).select_related("document__wanted")
    title = _("Condition met")
    return ask_and_do(
        request,
        MeetForm(request.POST or None, versions=versions),
        do=lambda data: services.meet_condition(
            condition, by=request.user, reason=data["reason"], document=data["document"]
        ),
        done=_("The condition is met."),
        back=address("places", call),
        refused=(SelectionRefused, ProgrammeRefused),
        title=title,
        icon="check",
        trail=trail(call, title),
        lead=_("%(person)s: %(condition)s")
        % {"person": condition.decision.application.full_name, "condition": condition},
    )


@require_admin_access
def move(request, call_id, pk):
    """Set another day for a condition."""
    call = access.get_call_or_404(request.user, call_id)
    condition = access.get_condition_or_404(request.user, call, pk)
    title = _("Another date for a condition")
    return ask_and_do(
        request,
        MoveConditionForm(request.POST or None, initial={"due_on": condition.due_on}),
        do=lambda data: services.move_condition(condition, by=request.user, **data),
        done=_("The date is changed; the person is told."),
        back=address("places", call),
        refused=(SelectionRefused,),
        title=title,
        icon="date",
        trail=trail(call, title),
        lead=_("%(person)s: %(condition)s")
        % {"person": condition.decision.application.full_name, "condition": condition},
    )
