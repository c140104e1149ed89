"""Letters: templates, and sending all at once. Sending freezes the decisions, and nobody is written to twice."""

import uuid
from collections import Counter

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications.services import record_outcome
from programmes.models import (
    OFFERS_A_PLACE,
    Application,
    Call,
    Decision,
    DecisionOutcome,
    LetterRun,
    LetterTemplate,
    Mode,
    Offer,
    Outcome,
    SelectionRules,
)
from programmes.selection import tasks
from programmes.selection.capacity import places_by_mode
from programmes.selection.deadlines import answer_by
from programmes.selection.refusals import PlacesExceeded, SelectionRefusal, SelectionRefused
from programmes.selection.sending import keep_letters
from programmes.selection.services.holding import hold_applications, hold_edition, hold_selection
from programmes.selection.wording import WordedLetter, Wording, digest_of

# Waiting people have no outcome yet: they may still withdraw, and nothing of theirs is erased.
OUTCOME_OF = {
    DecisionOutcome.ADMIT: Outcome.ADMITTED,
    DecisionOutcome.CONDITIONAL: Outcome.ADMITTED,
    DecisionOutcome.NOT_ADMITTED: Outcome.NOT_ADMITTED,
}


@transaction.atomic
def save_template(template: LetterTemplate, *, by: User, reason: str = "") -> LetterTemplate:
    """Keep the call's own words for a letter in one language."""
    earlier = LetterTemplate.objects.filter(pk=template.pk).first()
    before = {"subject": earlier.subject, "body": earlier.body} if earlier else None
    template.full_clean()
    template.save()
    after = {"subject": template.subject, "body": template.body}
    audit.record(by, "programmes.save_letter_template", template, reason=reason, before=before, after=after)
    return template


@transaction.atomic
def copy_templates(source: Call, target: Call, *, by: User) -> int:
    """Take the words of letters over into a call that has none, with its edition's name; how many were copied."""
    if target.letter_templates.exists():
        return 0
    old, new = source.programme_edition.name, target.programme_edition.name
    copies = [
        LetterTemplate(
            call=target,
            occasion=one.occasion,
            language=one.language,
            subject=one.subject.replace(old, new)[:180],
            body=one.body.replace(old, new),
        )
        for one in source.letter_templates.all()
    ]
    LetterTemplate.objects.bulk_create(copies)
    if copies:
        after = {"from": source.code, "letters": len(copies)}
        audit.record(by, "programmes.copy_letter_templates", target, after=after)
    return len(copies)


def letters_to_send(call: Call, now=None, *, by: User | None = None) -> list[WordedLetter]:
    """Every letter that would go out now, each in its person's language. As many queries for two as for two hundred.

    Nobody looks at their own before it is sent, nor sends it: it waits for somebody else.
    """
    now = now or timezone.now()
    rules = SelectionRules.objects.filter(call=call).first() or SelectionRules(call=call)
    wording, deadline = Wording(call), answer_by(rules, call.programme_edition, now)
    return [
        wording.letter(decision, answer_by=deadline if decision.outcome in OFFERS_A_PLACE else None)
        for decision in open_decisions(call)
        if by is None or decision.application.person_id != by.pk
    ]


def open_decisions(call: Call):
    """Decisions whose letters have not gone out, of applications that still stand."""
    found = Decision.objects.open().filter(application__call=call, application__withdrawn_at=None)
    found = found.select_related("application__person", "application__call").prefetch_related("conditions")
    return found.order_by("application__family_name", "application__given_names", "pk")


@transaction.atomic
def send_letters(call: Call, *, by: User, reason: str, looked_at: str, form_key: uuid.UUID) -> LetterRun:
    """Freeze what was decided, offer the places and write to everybody. The same form sent again sends nothing more."""
    edition = hold_edition(call.programme_edition)
    rules = hold_selection(call)
    if earlier := LetterRun.objects.filter(form_key=form_key).first():
        return earlier
    if edition.cancelled_at:
        raise SelectionRefused(SelectionRefusal.CANCELLED)
    hold_applications(Application.objects.filter(call=call, withdrawn_at=None))
    now = timezone.now()
    letters = letters_to_send(call, now, by=by)
    if not letters:
        raise SelectionRefused(SelectionRefusal.NO_LETTERS)
    if digest_of(letters) != looked_at:
        raise SelectionRefused(SelectionRefusal.LETTERS_CHANGED)
    _check_places(edition, letters)
    run = LetterRun.objects.create(call=call, form_key=form_key, sent_by=by, reason=reason)
    _freeze(letters, by, now)
    keep_letters(letters, run)
    deadline = answer_by(rules, edition, now)
    Offer.objects.bulk_create(
        Offer(
            application=one.decision.application,
            decision=one.decision,
            mode=one.decision.mode,
            offered_by=by,
            answer_by=deadline,
        )
        for one in letters
        if one.decision.outcome in OFFERS_A_PLACE
    )
    for one in letters:
        if outcome := OUTCOME_OF.get(DecisionOutcome(one.decision.outcome)):
            record_outcome(one.decision.application, outcome, by=by, told_at=now)
    counted = Counter(one.decision.outcome for one in letters)
    audit.record(by, "programmes.send_letters", call, reason=reason, after=dict(counted))
    transaction.on_commit(lambda: tasks.hand_over_letters.enqueue(run.pk), robust=True)
    return run


def _check_places(edition, letters):
    places = places_by_mode(edition)
    offered = Counter(one.decision.mode for one in letters if one.decision.outcome in OFFERS_A_PLACE)
    for mode, count in offered.items():
        free = places[mode].free if mode in places else None
        if free is not None and count > free:
            raise PlacesExceeded(str(Mode(mode).label), count, free)


def _freeze(letters, by, now):
    decisions = [one.decision for one in letters]
    for decision in decisions:
        decision.frozen_at, decision.frozen_by = now, by
    Decision.objects.bulk_update(decisions, ["frozen_at", "frozen_by"], batch_size=200)
