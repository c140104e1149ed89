"""Reading what standings are worked out from, in a number of queries that no number of teams changes."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from moots.bench import speakers_of, what_to_score
from moots.models import Appearance, Memorial, Moot, Pairing, ScoreCard
from moots.naming import team_name
from moots.standings import Plea, Rules, Speaker, Standings, work_out


def rules_of(moot: Moot) -> Rules:
    """The published rules."""
    return Rules(
        written_weight=moot.written_weight,
        bench_rule=moot.bench_rule,
        tie_rule=moot.tie_rule,
        final_decides=moot.final_decides,
        speaker_weight=moot.speaker_weight,
    )


def standings_of(moot: Moot, *, at: datetime | None = None, hidden: bool = False) -> Standings:
    """Everybody's place by what is handed in now, or by what was at a moment; with codes in the place of names."""
    pleas = _pleas(moot, at)
    teams = moot.teams.filter(pk__in={plea.team for plea in pleas})
    names = [(team.pk, team_name(team, hidden=hidden)) for team in teams]
    return work_out(rules_of(moot), names, pleas)


def _pleas(moot, at):
    cards = ScoreCard.objects.filter(appearance__round__moot=moot)
    cards = cards.at(at) if at else cards.standing().exclude(handed_in_at=None)
    scores = defaultdict(list)
    spoke = defaultdict(dict)
    for card in cards.select_related("speaker__enrolment__person").order_by("pk"):
        scores[card.appearance_id, card.speaker_id].append(card.score)
        if card.speaker:
            spoke[card.appearance_id][card.speaker_id] = card.speaker
    appearances = (
        Appearance.objects.filter(round__moot=moot)
        .annotate(has_memorial=Exists(Memorial.objects.filter(appearance=OuterRef("pk"))))
        .select_related("pairing", "round")
        .prefetch_related("turns__speaker__enrolment__person")
        .order_by("round__number", "pk")
    )
    pleas = [_plea(one, scores, spoke[one.pk], at) for one in appearances]
    # What was paired or scored later was no part of what was told then: a release waits for everything there is.
    return [plea for plea in pleas if not at or plea.is_missing or plea.scores or plea.speakers]


def _plea(appearance, scores, spoke, at):
    moot_round, exchanged_at = appearance.round, appearance.pairing.exchanged_at
    named = {} if at else {one.pk: one for one in speakers_of(appearance)}
    was_exchanged = bool(exchanged_at) and (at is None or exchanged_at <= at)
    return Plea(
        team=appearance.team_id,
        round=moot_round.number,
        round_name=moot_round.name,
        kind=moot_round.kind,
        weight=moot_round.weight,
        side=appearance.get_side_display(),
        scores=tuple(scores[appearance.pk, None]),
        speakers=tuple(
            Speaker(pk, member.enrolment.person.full_name, tuple(scores[appearance.pk, pk]))
            for pk, member in (named | spoke).items()
        ),
        is_missing=moot_round.is_written and was_exchanged and not appearance.has_memorial,
    )


def what_is_missing(moot: Moot) -> list[str]:
    """What still has to happen before results can be released, a line each; empty when nothing has."""
    pairings = (
        Pairing.objects.filter(round__moot=moot)
        .select_related("round")
        .prefetch_related(
            "seats__person", "appearances__team", "appearances__memorials", "appearances__turns__speaker"
        )
        .order_by("round__number", "number")
    )
    found = [line for pairing in pairings for line in _missing_in(pairing)]
    if not moot.rounds.exists() or not pairings:
        found.append(_("rounds with pairings"))
    return found


def _missing_in(pairing):
    words = {"pairing": str(pairing)}
    if pairing.round.is_written and pairing.exchanged_at is None:
        yield _("%(pairing)s: memorials are not exchanged yet") % words
        return
    appearances = list(pairing.appearances.all())
    if not pairing.round.is_written and any(not speakers_of(one) for one in appearances):
        yield _("%(pairing)s: no speakers are named") % words
    if not what_to_score(pairing, appearances=appearances):
        return
    seats = [seat for seat in pairing.seats.all() if seat.relieved_at is None]
    if not seats:
        yield _("%(pairing)s: no judge sits on the bench") % words
    for seat in seats:
        if seat.handed_in_at is None:
            yield _("%(pairing)s: scores of %(judge)s") % {**words, "judge": seat.person.full_name}
