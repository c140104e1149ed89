"""The bench as the coordinator sees it: who sits there, who is relieved, whose scores are reopened or shown."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from moots import services
from moots.admin_views.rounds import pairing_or_404
from moots.admin_views.screens import ask, staffed
from moots.forms.staff import ReasonForm
from moots.models import BenchSeat


def _seat_or_404(moot, seat_id):
    seats = BenchSeat.objects.taken().select_related("person", "pairing__round__moot")
    return get_object_or_404(seats, pk=seat_id, pairing__round__moot=moot)


def _ask(request, moot, pairing, **asked):
    back = reverse("moot_courts:pairing", args=[moot.pk, pairing.pk])
    return ask(
        request, moot, ReasonForm(request.POST or None), back=back, steps=[(back, str(pairing))], **asked
    )


def _ask_about_seat(request, moot, seat_id, service, *, title, **asked):
    """Ask about one judge, whose name stands in the title; the service gets the seat."""
    seat = _seat_or_404(moot, seat_id)
    return _ask(
        request,
        moot,
        seat.pairing,
        do=lambda data: service(seat, by=request.user, **data),
        title=title % {"judge": seat.person.full_name},
        **asked,
    )


@staffed
def relieve_judge(request, moot, seat_id):
    """Take a judge off the bench."""
    return _ask_about_seat(
        request,
        moot,
        seat_id,
        services.relieve_judge,
        title=_("Relieve %(judge)s"),
        sentence=_("The judge no longer sits on this bench."),
        lead=_("Drafts of scores are kept and count for nothing."),
    )


@staffed
def reopen_scores(request, moot, seat_id):
    """Let a judge change scores that were handed in."""
    return _ask_about_seat(
        request,
        moot,
        seat_id,
        services.reopen_scores,
        title=_("Reopen the scores of %(judge)s"),
        sentence=_("The scores are open again and the judge has been told."),
        lead=_("What was handed in is kept. The scores count again once the judge hands them in anew."),
    )


@staffed
def open_scores(request, moot, pairing_id):
    """Let the judges see each other's scores before all have handed in."""
    pairing = pairing_or_404(moot, pairing_id)
    return _ask(
        request,
        moot,
        pairing,
        do=lambda data: services.open_scores(pairing, by=request.user, **data),
        sentence=_("The judges see each other’s scores now."),
        title=_("Open the scores to the bench"),
        lead=_("Judges who have not handed in yet will no longer score alone. This cannot be undone."),
    )
