"""The bench at work: seats, score cards that never overwrite a newer save, handing in, reasons."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from assessments.rubrics import rubric_score
from enrolments.models import Enrolment
from foundation.audit import services as audit
from moots import emails
from moots.bench import ToScore, rubric_of, scores_are_open, what_to_score
from moots.models import Appearance, BenchSeat, Pairing, Reasons, ScoreCard, TeamMember
from moots.naming import ToScoreNames
from moots.refusals import MootRefused, NewerSave, Refusal
from moots.services.holding import hold_pairing, hold_seat

LONGEST = 20_000


@transaction.atomic
def seat_judge(pairing: Pairing, person: User, *, by: User) -> BenchSeat:
    """Ask a judge onto the bench of a pairing. Safe to repeat. Raises MootRefused."""
    held = hold_pairing(pairing)
    if seat := held.seats.taken().filter(person=person).first():
        return seat
    edition = held.round.moot.edition
    if Enrolment.objects.active().of(person).filter(edition=edition).exists():
        raise MootRefused(Refusal.JUDGE_TAKES_PART, person=person.full_name)
    seat = BenchSeat.objects.create(pairing=held, person=person, seated_by=by)
    emails.send_seated(seat)
    audit.record(by, "moots.seat_judge", held.round.moot, after={"pairing": str(held), "judge": person.email})
    return seat


@transaction.atomic
def relieve_judge(seat: BenchSeat, *, by: User, reason: str) -> None:
    """Take a judge off the bench; drafts are kept and count for nothing. Repeating changes nothing.

    Raises MootRefused.
    """
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    held = hold_seat(seat)
    if held.relieved_at:
        return
    if held.handed_in_at:
        raise MootRefused(Refusal.HAS_SCORED)
    held.relieved_at = timezone.now()
    held.save(update_fields=["relieved_at"])
    before = {"pairing": str(held.pairing), "judge": held.person.email}
    audit.record(by, "moots.relieve_judge", held.pairing.round.moot, before=before, reason=reason)


def _held_open(seat: BenchSeat) -> BenchSeat:
    """The seat, held, if its judge may still score. Raises MootRefused."""
    held = hold_seat(seat)
    if held.relieved_at:
        raise MootRefused(Refusal.NOT_SEATED)
    if held.handed_in_at:
        raise MootRefused(Refusal.HANDED_IN)
    if held.pairing.round.is_written and held.pairing.exchanged_at is None:
        raise MootRefused(Refusal.NOT_EXCHANGED)
    return held


@transaction.atomic
def save_card(
    seat: BenchSeat,
    appearance: Appearance,
    speaker: TeamMember | None,
    *,
    choices: Mapping[str, str],
    comments: Mapping[str, str],
    note: str,
    sequence: int,
) -> ScoreCard:
    """Keep what a judge chose so far. `sequence` is that of the save it was made from.

    The same content twice is saved once, whenever it arrives. Raises NewerSave, with the newer one, or MootRefused.
    """
    held = _held_open(seat)
    rubric = rubric_of(held.pairing)
    if rubric is None:
        raise MootRefused(Refusal.NO_RUBRIC)
    _refuse_what_is_not_scored(held.pairing, appearance, speaker)
    card = ScoreCard.objects.standing().filter(seat=held, appearance=appearance, speaker=speaker).first()
    card = card or ScoreCard(seat=held, appearance=appearance, speaker=speaker)
    wanted = _cleaned(rubric.content, choices, comments, note)
    if (card.choices, card.comments, card.note) == wanted:
        return card if card.pk else _saved(card)
    if card.sequence != sequence:
        raise NewerSave(card)
    card.choices, card.comments, card.note = wanted
    return _saved(card)


def _saved(card):
    card.sequence += 1
    card.saved_at = timezone.now()
    card.save()
    return card


def _refuse_what_is_not_scored(pairing, appearance, speaker):
    wanted = {(one.appearance.pk, one.speaker and one.speaker.pk) for one in what_to_score(pairing)}
    if (appearance.pk, speaker and speaker.pk) not in wanted:
        raise MootRefused(Refusal.NOTHING_TO_SCORE)


def _cleaned(content, choices, comments, note):
    levels = {level["key"] for level in content["levels"]}
    rows = [row["key"] for row in content["criteria"]]
    return (
        {key: choices[key] for key in rows if choices.get(key) in levels},
        {key: said[:2000] for key in rows if (said := comments.get(key, "").strip())},
        note.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST],
    )


@transaction.atomic
def hand_in_scores(seat: BenchSeat) -> BenchSeat:
    """Hand in all cards of a judge at once; they stay as they are. Safe to repeat. Raises MootRefused."""
    held = hold_seat(seat)
    if held.handed_in_at and not held.relieved_at:
        return held
    held = _held_open(seat)
    rubric = rubric_of(held.pairing)
    if rubric is None:
        raise MootRefused(Refusal.NO_RUBRIC)
    wanted = what_to_score(held.pairing, ScoreCard.objects.standing().filter(seat=held))
    if not wanted:
        raise MootRefused(Refusal.NOTHING_TO_SCORE)
    _refuse_turns_without_speaker(held.pairing)
    if left := [one for one in wanted if not one.is_complete(rubric)]:
        raise MootRefused(Refusal.INCOMPLETE, open=", ".join(_named(one) for one in left))
    now = timezone.now()
    for one in wanted:
        card = one.card
        card.score = rubric_score(rubric.content, card.choices)
        card.handed_in_at = now
        card.save(update_fields=["score", "handed_in_at"])
    held.handed_in_at = now
    held.save(update_fields=["handed_in_at"])
    return held


def _refuse_turns_without_speaker(pairing):
    if pairing.round.is_written:
        return
    empty = pairing.appearances.filter(turns__speaker=None, turns__kind="main").distinct()
    if found := list(empty.select_related("team", "round__moot")):
        raise MootRefused(Refusal.NO_SPEAKER, open=", ".join(one.get_side_display() for one in found))


def _named(one: ToScore) -> str:
    return ToScoreNames(one).label


@transaction.atomic
def reopen_scores(seat: BenchSeat, *, by: User, reason: str) -> None:
    """Let a judge change scores that were handed in: new cards begin with what the old ones say, which stay.

    Repeating changes nothing. Raises MootRefused.
    """
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    held = hold_seat(seat)
    if held.person_id == by.pk:
        raise MootRefused(Refusal.OWN_SCORES)
    if held.handed_in_at is None:
        return
    now = timezone.now()
    for card in list(ScoreCard.objects.standing().filter(seat=held)):
        card.replaced_at = now
        card.save(update_fields=["replaced_at"])
        card.pk, card.replaced_at, card.handed_in_at, card.score = None, None, None, None
        card._state.adding = True
        card.save()
    held.handed_in_at = None
    held.save(update_fields=["handed_in_at"])
    emails.send_reopened(held, reason, key=f"{held.pk}:{now.isoformat()}")
    before = {"pairing": str(held.pairing), "judge": held.person.email}
    audit.record(by, "moots.reopen_scores", held.pairing.round.moot, before=before, reason=reason)


@transaction.atomic
def open_scores(pairing: Pairing, *, by: User, reason: str) -> None:
    """Let the judges see each other's scores before all have handed in. Repeating changes nothing.

    Raises MootRefused without a reason.
    """
    if not reason.strip():
        raise MootRefused(Refusal.NO_REASON)
    held = hold_pairing(pairing)
    if held.seats.taken().filter(person=by, handed_in_at=None).exists():
        raise MootRefused(Refusal.OWN_SCORES)
    if held.scores_opened_at:
        return
    held.scores_opened_at = timezone.now()
    held.save(update_fields=["scores_opened_at"])
    after = {"pairing": str(held)}
    audit.record(by, "moots.open_scores", held.round.moot, after=after, reason=reason)


def write_reasons(appearance: Appearance, text: str, *, number: int, seat: BenchSeat) -> Reasons | None:
    """Write the bench's reasons on one team. `number` is that of the text it was written from, 0 for none.

    The same text twice is kept once. Raises NewerSave or MootRefused.
    """
    try:
        return _write_reasons(appearance, text, number, seat)
    except IntegrityError:  # another judge wrote the same number a moment ago
        raise NewerSave(appearance.reasons.last()) from None


@transaction.atomic
def _write_reasons(appearance, text, number, seat):
    held = hold_seat(seat)
    if held.relieved_at:
        raise MootRefused(Refusal.NOT_SEATED)
    if not scores_are_open(held.pairing):
        raise MootRefused(Refusal.STILL_BLIND)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]
    newest = appearance.reasons.last()
    if text == (newest.text if newest else ""):
        return newest
    last = appearance.reasons.aggregate(last=Max("number"))["last"] or 0
    if last != number:
        raise NewerSave(appearance.reasons.last())  # another judge's may have come since the first look
    return Reasons.objects.create(appearance=appearance, number=last + 1, text=text, written_by=held.person)
