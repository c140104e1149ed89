"""Teams, pairings and speakers."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from enrolments.models import Cohort, CohortMember, Enrolment
from enrolments.services import lock_all
from foundation.audit import services as audit
from moots.codes import new_code
from moots.drawing import History, draw, swapped
from moots.models import Appearance, BenchSeat, Moot, Pairing, Round, Side, Team, TeamMember, Turn, TurnKind
from moots.refusals import MootRefused, Refusal
from moots.services.holding import hold_moot, hold_pairing

CODE_LENGTH = 4


@transaction.atomic
def make_team(
    moot: Moot, name: str, *, by: User, enrolments: Sequence[Enrolment] = (), cohort: Cohort | None = None
) -> Team:
    """A team under a name that no other has, with its first members. Raises MootRefused."""
    people = lock_all([one.pk for one in enrolments])
    held = hold_moot(moot)
    name = name.strip()
    _refuse_name(held, name)
    taken = set(held.teams.values_list("code", flat=True))
    team = Team.objects.create(moot=held, name=name, code=new_code(CODE_LENGTH, taken), cohort=cohort)
    audit.record(by, "moots.make_team", held, after={"team": name, "code": team.code})
    _join(team, held, people, by)
    return team


def _refuse_name(moot, name, team=None):
    if not name:
        raise MootRefused(Refusal.NO_NAME)
    others = moot.teams.standing().filter(name=name).exclude(pk=team and team.pk)
    if others.exists():
        raise MootRefused(Refusal.TEAM_NAME_TAKEN)


@transaction.atomic
def make_teams_of_cohorts(moot: Moot, cohorts: Iterable[Cohort], *, by: User) -> list[Team]:
    """A team of every cohort that has none yet, under its name. Raises MootRefused."""
    wanted = [cohort for cohort in cohorts if cohort.edition_id == moot.edition_id]
    members = CohortMember.objects.current().filter(cohort__in=wanted, enrolment__withdrawn_at=None)
    people: dict[int, list[Enrolment]] = {}
    for member in members.select_related("enrolment"):
        people.setdefault(member.cohort_id, []).append(member.enrolment)
    # Everybody at once: what comes after holds the audit log, and nobody may be waited for then.
    lock_all([one.pk for enrolments in people.values() for one in enrolments])
    known = set(moot.teams.standing().filter(cohort__in=wanted).values_list("cohort", flat=True))
    return [
        make_team(moot, cohort.name, by=by, enrolments=people.get(cohort.pk, []), cohort=cohort)
        for cohort in wanted
        if cohort.pk not in known
    ]


@transaction.atomic
def join_team(team: Team, enrolments: Sequence[Enrolment], *, by: User) -> None:
    """Put learners into a team, all or none. Who is in it already stays. Raises MootRefused."""
    people = lock_all([one.pk for one in enrolments])
    held = hold_moot(team.moot)
    _join(team, held, people, by)


def _join(team, moot, people, by):
    teams = {
        member.enrolment_id: member.team
        for member in TeamMember.objects.current().filter(moot=moot).select_related("team")
    }
    new = [one for one in people if teams.get(one.pk) != team]
    for enrolment in new:
        if enrolment.edition_id != moot.edition_id or not enrolment.is_active:
            raise MootRefused(Refusal.OTHER_EDITION)
        if enrolment.pk in teams:
            words = {"person": enrolment.person.full_name, "team": teams[enrolment.pk].name}
            raise MootRefused(Refusal.IN_A_TEAM, **words)
    _refuse_judges(moot, new)
    TeamMember.objects.bulk_create(TeamMember(team=team, moot=moot, enrolment=one) for one in new)
    if new:
        joined = [one.person.email for one in new]
        audit.record(by, "moots.join_team", moot, after={"team": team.name, "joined": joined})


def _refuse_judges(moot, people):
    seats = BenchSeat.objects.taken().filter(
        person__in=[one.person_id for one in people], pairing__round__moot=moot
    )
    if seat := seats.select_related("person").first():
        raise MootRefused(Refusal.IS_JUDGE, person=seat.person.full_name)


@transaction.atomic
def leave_team(member: TeamMember, *, by: User, reason: str) -> None:
    """Let somebody leave a team from now on. Repeating changes nothing. Raises MootRefused without a reason."""
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    moot = hold_moot(member.team.moot)
    if TeamMember.objects.current().filter(pk=member.pk).update(left_at=timezone.now()):
        before = {"team": member.team.name, "left": member.enrolment.person.email}
        audit.record(by, "moots.leave_team", moot, before=before, reason=reason)


@transaction.atomic
def rename_team(team: Team, name: str, *, by: User) -> None:
    """Give a team another name. Repeating changes nothing. Raises MootRefused."""
    moot = hold_moot(team.moot)
    name, before = name.strip(), team.name
    if name == before:
        return
    _refuse_name(moot, name, team)
    Team.objects.filter(pk=team.pk).update(name=name)
    team.name = name
    audit.record(by, "moots.rename_team", moot, before={"team": before}, after={"team": name})


@transaction.atomic
def dissolve_team(team: Team, *, by: User, reason: str) -> None:
    """Dissolve a team that is paired in no round. Repeating changes nothing. Raises MootRefused."""
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    moot = hold_moot(team.moot)
    if team.appearances.exists():
        raise MootRefused(Refusal.TEAM_PLAYS)
    if Team.objects.standing().filter(pk=team.pk).update(dissolved_at=timezone.now()):
        team.members.current().update(left_at=timezone.now())
        audit.record(by, "moots.dissolve_team", moot, before={"team": team.name}, reason=reason)


@transaction.atomic
def draw_pairings(
    moot_round: Round, sides: Sequence[str], *, by: User, chance: random.Random | None = None
) -> list[Pairing]:
    """Share all teams out among pairings by lot, away from old opponents and old sides. Raises MootRefused."""
    moot = hold_moot(moot_round.moot)
    _refuse_paired(moot_round)
    teams = list(moot.teams.standing())
    if not teams or len(teams) % len(sides):
        raise MootRefused(Refusal.TOO_FEW_TEAMS, teams=len(teams), sides=len(sides))
    drawn = draw(teams, sides, _history(moot), chance or random.SystemRandom())
    return _write(moot_round, drawn, by)


def _history(moot):
    met, sides = set(), {}
    by_pairing: dict[int, list[Team]] = {}
    for appearance in Appearance.objects.filter(round__moot=moot).select_related("team"):
        key = (appearance.team, appearance.side)
        sides[key] = sides.get(key, 0) + 1
        there = by_pairing.setdefault(appearance.pairing_id, [])
        met |= {frozenset((appearance.team, other)) for other in there}
        there.append(appearance.team)
    return History(frozenset(met), sides)


@transaction.atomic
def swap_pairings(moot_round: Round, *, by: User) -> list[Pairing]:
    """Pair as in the round before that has pairings, each team on another side. Raises MootRefused."""
    moot = hold_moot(moot_round.moot)
    _refuse_paired(moot_round)
    before = (
        moot.rounds.filter(number__lt=moot_round.number, pairings__isnull=False)
        .order_by("-number")
        .distinct()
        .first()
    )
    if before is None:
        raise MootRefused(Refusal.NOTHING_TO_SWAP)
    pairings = [
        swapped({one.side: one.team for one in pairing.appearances.all()})
        for pairing in before.pairings.prefetch_related("appearances__team")
    ]
    return _write(moot_round, pairings, by)


@transaction.atomic
def pair(moot_round: Round, teams: Mapping[str, Team], *, by: User) -> Pairing:
    """One more pairing of a round: teams by side. Raises MootRefused."""
    hold_moot(moot_round.moot)
    if len(teams) < 2:
        raise MootRefused(Refusal.ONE_SIDE_ONLY)
    paired = moot_round.appearances.filter(team__in=teams.values()).exists()
    if paired or len(set(teams.values())) != len(teams):
        raise MootRefused(Refusal.SAME_TEAM_TWICE)
    return _write(moot_round, [teams], by)[0]


def _refuse_paired(moot_round):
    if moot_round.pairings.exists():
        raise MootRefused(Refusal.PAIRED_ALREADY)


def _write(moot_round, pairings, by) -> list[Pairing]:
    """Write pairings with their sides and, where they plead, the usual order of speaking."""
    last = moot_round.pairings.aggregate(last=Max("number"))["last"] or 0
    made = []
    for number, teams in enumerate(pairings, start=last + 1):
        pairing = Pairing.objects.create(round=moot_round, number=number)
        appearances = [
            Appearance.objects.create(pairing=pairing, round=moot_round, team=teams[side], side=side)
            for side in Side.values
            if side in teams
        ]
        if not moot_round.is_written:
            _plan_turns(moot_round, appearances)
        made.append(pairing)
    after = {
        "round": moot_round.name,
        "pairings": [{side: team.name for side, team in teams.items()} for teams in pairings],
    }
    audit.record(by, "moots.pair", moot_round.moot, after=after)
    return made


def _plan_turns(moot_round, appearances):
    """Main pleadings side by side, then rebuttals in the same order."""
    turns = [
        Turn(appearance=one, minutes=moot_round.minutes_per_speaker, kind=TurnKind.MAIN)
        for one in appearances
        for _speaker in range(moot_round.speakers_per_side)
    ]
    if moot_round.rebuttal_minutes:
        turns += [
            Turn(appearance=one, minutes=moot_round.rebuttal_minutes, kind=TurnKind.REBUTTAL)
            for one in appearances
        ]
    for order, turn in enumerate(turns, start=1):
        turn.order = order
    Turn.objects.bulk_create(turns)


@transaction.atomic
def clear_pairings(moot_round: Round, *, by: User) -> None:
    """Undo the pairings of a round nobody has worked in. Repeating changes nothing. Raises MootRefused."""
    moot = hold_moot(moot_round.moot)
    # Whoever hands in, extends or seats holds the pairing: wait for them, and they find it gone.
    list(Pairing.objects.select_for_update(of=["self"]).filter(round=moot_round).order_by("pk"))
    used = moot_round.appearances.filter(memorials__isnull=False).exists()
    seated = moot_round.pairings.filter(seats__isnull=False).exists()
    extended = moot_round.appearances.filter(extensions__isnull=False).exists()
    if used or seated or extended:
        raise MootRefused(Refusal.PAIRING_IN_USE)
    if moot_round.pairings.exists():
        moot_round.pairings.all().delete()
        audit.record(by, "moots.clear_pairings", moot, before={"round": moot_round.name})


@transaction.atomic
def set_hearing(pairing: Pairing, *, starts_at: datetime | None, place: str, by: User) -> None:
    """Say when and where a pairing is heard. Repeating changes nothing."""
    held = hold_pairing(pairing)
    if (held.starts_at, held.place) == (starts_at, place):
        return
    before = {"starts_at": held.starts_at and held.starts_at.isoformat(), "place": held.place}
    held.starts_at, held.place = starts_at, place
    held.save(update_fields=["starts_at", "place"])
    after = {"pairing": str(held), "starts_at": starts_at and starts_at.isoformat(), "place": place}
    audit.record(by, "moots.change_pairing", held.round.moot, before=before, after=after)


@transaction.atomic
def name_speakers(appearance: Appearance, speakers: Mapping[int, TeamMember | None]) -> None:
    """Say who speaks in which turn (by the turn's key). Raises MootRefused once that turn has been scored."""
    hold_pairing(appearance.pairing)
    turns = {turn.pk: turn for turn in appearance.turns.select_related("speaker")}
    for key, speaker in speakers.items():
        turn = turns.get(key)
        if turn is None or turn.speaker_id == (speaker and speaker.pk):
            continue
        if speaker and (speaker.team_id != appearance.team_id or speaker.left_at):
            raise MootRefused(Refusal.NOT_A_MEMBER)
        if turn.speaker_id and appearance.cards.standing().filter(speaker=turn.speaker_id).exists():
            raise MootRefused(Refusal.PAIRING_IN_USE)
        turn.speaker = speaker
        turn.save(update_fields=["speaker"])
