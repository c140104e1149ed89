"""Rounds and pairings: deadlines, draws, swapped sides, exchange, extensions."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moots import services
from moots.admin_views.screens import ask, attempted, done, screen, staffed, tried
from moots.deadlines import deadline_of, exchange_due_at
from moots.forms.staff import DrawForm, ExtensionForm, HearingForm, JudgeForm, PairForm, RoundForm
from moots.models import Appearance, Pairing, Round
from moots.pages import newest_memorial


def _rounds(moot):
    return reverse("moot_courts:rounds", args=[moot.pk]), _("Rounds and benches")


@staffed
def rounds(request, moot):
    """All rounds with their pairings: what is handed in, exchanged, judged."""
    found = moot.rounds.prefetch_related(
        "pairings__appearances__team",
        "pairings__appearances__memorials",
        "pairings__appearances__extensions",
        "pairings__appearances__round",
        "pairings__seats__person",
    )
    return screen(request, "rounds", moot, _("Rounds and benches"), rounds=found)


@staffed
def new_round(request, moot):
    """A round at the end."""
    form = RoundForm(request.POST or None, instance=Round(moot=moot))
    return ask(
        request,
        moot,
        form,
        do=lambda data: services.add_round(moot, by=request.user, **data),
        sentence=_("The round is added."),
        title=_("New round"),
        lead=_("Times are in %(zone)s.") % {"zone": moot.edition.time_zone},
        back=_rounds(moot)[0],
        steps=[_rounds(moot)],
    )


@staffed
def edit_round(request, moot, round_id):
    """Change a round."""
    found = get_object_or_404(moot.rounds, pk=round_id)
    form = RoundForm(request.POST or None, instance=found)
    return ask(
        request,
        moot,
        form,
        do=lambda data: services.change_round(found, by=request.user, **data),
        sentence=_("The round is saved."),
        title=found.name,
        lead=_("Times are in %(zone)s.") % {"zone": moot.edition.time_zone},
        back=_rounds(moot)[0],
        steps=[_rounds(moot)],
    )


@require_POST
@staffed
def remove_round(request, moot, round_id):
    """Remove a round without pairings."""
    found = get_object_or_404(moot.rounds, pk=round_id)
    return tried(
        request,
        lambda: services.remove_round(found, by=request.user),
        _("The round is removed."),
        "rounds",
        moot.pk,
    )


@staffed
def pair(request, moot, round_id):
    """Pair the teams of a round: by lot, with sides swapped, or by hand."""
    found = get_object_or_404(moot.rounds.select_related("moot"), pk=round_id)
    drawing = DrawForm(request.POST if "draw" in request.POST else None, prefix="draw")
    pairing = PairForm(request.POST if "pair" in request.POST else None, prefix="pair", moot_round=found)
    by = request.user
    if attempted(drawing, lambda data: services.draw_pairings(found, data["sides"], by=by)):
        return done(request, _("The pairings are drawn."), "rounds", moot.pk)
    if attempted(pairing, lambda data: services.pair(found, pairing.teams, by=by)):
        return done(request, _("The teams are paired."), "pair", moot.pk, found.pk)
    refused = drawing.errors or pairing.errors
    return screen(
        request,
        "pair",
        moot,
        found.name,
        steps=[_rounds(moot)],
        round=found,
        pairings=found.pairings.prefetch_related("appearances__team"),
        drawing=drawing,
        pairing_form=pairing,
        status=422 if refused else None,
    )


@require_POST
@staffed
def swap_pairings(request, moot, round_id):
    """Pair as in the round before, sides swapped."""
    found = get_object_or_404(moot.rounds.select_related("moot"), pk=round_id)
    return tried(
        request,
        lambda: services.swap_pairings(found, by=request.user),
        _("The pairings of the round before are here with sides swapped."),
        "pair",
        moot.pk,
        found.pk,
    )


@require_POST
@staffed
def clear_pairings(request, moot, round_id):
    """Undo the pairings of a round nobody has worked in."""
    found = get_object_or_404(moot.rounds.select_related("moot"), pk=round_id)
    return tried(
        request,
        lambda: services.clear_pairings(found, by=request.user),
        _("The pairings of the round are cleared."),
        "pair",
        moot.pk,
        found.pk,
    )


def pairing_or_404(moot, pairing_id):
    """A pairing of the court."""
    return get_object_or_404(
        Pairing.objects.select_related("round__moot__edition"), pk=pairing_id, round__moot=moot
    )


@staffed
def pairing(request, moot, pairing_id):
    """One pairing: sides, memorials, hearing, bench."""
    found = pairing_or_404(moot, pairing_id)
    initial = {"starts_at": found.starts_at, "place": found.place}
    hearing = HearingForm(request.POST if "hear" in request.POST else None, prefix="hear", initial=initial)
    judging = JudgeForm(request.POST if "seat" in request.POST else None, prefix="seat")
    by = request.user
    if attempted(hearing, lambda data: services.set_hearing(found, by=by, **data)):
        return done(request, _("Time and place are saved."), "pairing", moot.pk, found.pk)
    if attempted(judging, lambda data: _seat(found, data, by)):
        return done(request, _("The judge is on the bench and has been told."), "pairing", moot.pk, found.pk)
    appearances = found.appearances.select_related("team", "round").prefetch_related(
        "memorials", "extensions", "turns__speaker__enrolment__person"
    )
    refused = hearing.errors or judging.errors
    return screen(
        request,
        "pairing",
        moot,
        str(found),
        steps=[_rounds(moot)],
        pairing=found,
        appearances=[(one, newest_memorial(one), deadline_of(one)) for one in appearances],
        exchange_due_at=exchange_due_at(found),
        seats=found.seats.taken().select_related("person"),
        hearing=hearing,
        judging=judging,
        status=422 if refused else None,
    )


def _seat(pairing, data, by):
    """The judge of one pairing, or of all of its round."""
    pairings = pairing.round.pairings.all() if data["whole_round"] else [pairing]
    for one in pairings:
        services.seat_judge(one, data["person"], by=by)


@require_POST
@staffed
def exchange(request, moot, pairing_id):
    """Exchange memorials now that every deadline is past, where the job has not done it yet."""
    found = pairing_or_404(moot, pairing_id)
    return tried(
        request,
        lambda: services.exchange(found, by=request.user),
        _("The memorials are exchanged."),
        "pairing",
        moot.pk,
        found.pk,
    )


@staffed
def extend(request, moot, appearance_id):
    """Give one side a later deadline."""
    found = get_object_or_404(
        Appearance.objects.select_related("pairing", "round__moot", "team"),
        pk=appearance_id,
        round__moot=moot,
    )
    return ask(
        request,
        moot,
        ExtensionForm(request.POST or None, initial={"until": deadline_of(found)}),
        do=lambda data: services.grant_extension(
            found, data["until"], by=request.user, reason=data["reason"]
        ),
        sentence=_("The later deadline holds and the team has been told."),
        title=_("A later deadline for %(team)s") % {"team": found.team},
        lead=_("The exchange of this pairing waits for it. Times are in %(zone)s.")
        % {"zone": moot.edition.time_zone},
        back=reverse("moot_courts:pairing", args=[moot.pk, found.pairing_id]),
        steps=[_rounds(moot)],
    )
