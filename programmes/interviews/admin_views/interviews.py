"""Interviews in the CMS: slots and invitations for the committee, one's own day for interviewers."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.models import User
from enrolments.admin_views.asking import ask_and_do, crumbs, screen
from enrolments.admin_views.forms import ReasonForm
from programmes.interviews import access, services
from programmes.interviews.forms.staff import RecordForm, SlotsForm
from programmes.interviews.refusals import InterviewRefused
from programmes.selection.access import get_call_or_404
from programmes.selection.admin_views.screens import address, selection_screen, trail


@require_admin_access
def interviews(request, call_id):
    """The slots with who booked them, the form that offers more, and who can be invited."""
    call = get_call_or_404(request.user, call_id)
    edition = call.programme_edition
    people = User.objects.filter(pk__in=edition.roles.current().values("person"), is_active=True).order_by(
        "first_name", "last_name", "pk"
    )
    form = SlotsForm(request.POST or None, people=people, initial={"time_zone": edition.time_zone})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept = ("minutes", "time_zone", "capacity", "place", "link")
        made = services.offer_slots(
            call,
            data["starts"],
            by=request.user,
            interviewers=data["interviewers"],
            **{name: data[name] for name in kept},
        )
        sentence = ngettext("%(count)s slot is offered.", "%(count)s slots are offered.", len(made))
        messages.success(request, sentence % {"count": len(made)})
        return redirect(address("interviews", call))
    slots = call.interview_slots.standing().prefetch_related("bookings__application__person", "interviewers")
    return selection_screen(
        request,
        "interviews",
        call,
        title=_("Interviews"),
        tab="interviews",
        form=form,
        slots=slots.order_by("starts_at", "pk"),
        applications=call.applications.submitted()
        .filter(interview_invitation=None, outcome="")
        .select_related("person")
        .order_by("family_name", "given_names", "pk"),
        now=timezone.now(),
    )


@require_admin_access
@require_POST
def invite(request, call_id):
    """Invite those who were ticked."""
    call = get_call_or_404(request.user, call_id)
    numbers = [
        value for value in request.POST.getlist("application") if value.isdecimal() and len(value) < 19
    ]
    chosen = call.applications.submitted().filter(pk__in=numbers).select_related("person", "call")
    count = services.invite(chosen, by=request.user)
    sentence = ngettext("%(count)s person is invited.", "%(count)s people are invited.", count)
    messages.success(request, sentence % {"count": count})
    return redirect(address("interviews", call))


@require_admin_access
def cancel_slot(request, call_id, pk):
    """Take a slot off, with a reason."""
    call = get_call_or_404(request.user, call_id)
    slot = access.get_call_slot_or_404(call, pk)
    title = _("Cancel the slot")
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.cancel_slot(slot, by=request.user, reason=data["reason"]),
        done=_("The slot is cancelled; whoever had booked it is told."),
        back=address("interviews", call),
        title=title,
        icon="cross",
        trail=trail(call, title),
        lead=_("Whoever booked it is told with the reason as you type it, and chooses another time."),
    )


@require_admin_access
def my_interviews(request):
    """The interviews a person hears, the next one first."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return screen(
        request,
        "programmes/selection/staff/my_interviews.html",
        title=_("My interviews"),
        icon="calendar-alt",
        trail=crumbs(last=_("My interviews")),
        bookings=access.heard_bookings(request.user)
        .filter(slot__starts_at__gte=today)
        .order_by("slot__starts_at"),
    )


@require_admin_access
def record(request, pk):
    """Keep what became of an interview."""
    booking = access.get_booking_or_404(request.user, pk)
    title = _("Record the interview")
    back = redirect("interviewing:mine").url
    return ask_and_do(
        request,
        RecordForm(request.POST or None, initial={"outcome": booking.outcome, "notes": booking.notes}),
        do=lambda data: services.record_interview(
            booking, data["outcome"], by=request.user, notes=data["notes"]
        ),
        done=_("The interview is recorded."),
        back=back,
        refused=(InterviewRefused,),
        title=title,
        icon="calendar-check",
        trail=crumbs((back, _("My interviews")), last=title),
        lead=_("%(person)s. Whoever did not come can choose another time.")
        % {"person": booking.application.full_name},
        button=_("Save"),
    )
