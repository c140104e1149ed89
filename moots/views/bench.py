"""What a judge sees and does: read, score alone, hand in, then see the others' scores and write reasons."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.assignments.sending import send
from assessments.rubrics import RubricShown, posted_choices, rubric_shown
from moots import access, services
from moots.bench import ToScore, rubric_of, scores_are_open, what_to_score
from moots.forms.bench import CardForm, ReasonsForm
from moots.hearings import hearing_shown
from moots.models import Memorial, Reasons, ScoreCard
from moots.naming import ToScoreNames, appearance_name, names_are_hidden
from moots.pages import newest_memorial
from moots.refusals import MootRefused, NewerSave
from moots.sending import send_to_others


@dataclass(frozen=True)
class CardShown:
    """One thing to score, as the judge's page shows it."""

    to_score: ToScore
    label: str
    memorial: Memorial | None
    rubric: RubricShown
    note: str
    sequence: int
    problem: str = ""
    newer: RubricShown | None = None


def _page(request, seat, status=200, typed=None, **context):
    pairing = seat.pairing
    hidden = names_are_hidden(pairing.round.moot)
    cards = ScoreCard.objects.standing().filter(seat=seat)
    to_score = what_to_score(pairing, list(cards))
    rubric = rubric_of(pairing)
    is_open = scores_are_open(pairing)
    shown = {
        "seat": seat,
        "pairing": pairing,
        "moot": pairing.round.moot,
        "crumbs": [
            {"title": _("Moot courts"), "url": reverse("moots:own")},
            {"title": str(pairing), "url": ""},
        ],
        "cards": [_card(one, rubric, hidden, typed) for one in to_score] if rubric else [],
        "has_rubric": rubric is not None,
        "documents": access.documents_for_judge(seat),
        "is_open": is_open,
        "others": _others(seat, hidden) if is_open else [],
        "reasons": _reasons(seat, hidden) if is_open else [],
        "left": sum(not one.is_complete(rubric) for one in to_score),
        **context,
    }
    return render(request, "moots/bench.html", shown, status=status)


def _card(one, rubric, hidden, typed):
    """The card as it is saved, or as it was typed where that was not taken."""
    card, mine = one.card, typed and typed["key"] == one.key
    source = typed if mine else {"choices": card.choices, "comments": card.comments} if card else {}
    language = get_language()
    shown = rubric_shown(
        rubric.content, language, choices=source.get("choices"), comments=source.get("comments")
    )
    newer = typed["newer"] if mine else None
    return CardShown(
        to_score=one,
        label=ToScoreNames(one, hidden).label,
        memorial=newest_memorial(one.appearance) if one.speaker is None else None,
        rubric=shown,
        note=typed["note"] if mine else card.note if card else "",
        sequence=card.sequence if card else 0,
        problem=typed["problem"] if mine else "",
        newer=rubric_shown(rubric.content, language, choices=newer.choices) if newer else None,
    )


def _others(seat, hidden):
    """What every judge gave each memorial or speaker: label and pairs of judge and score."""
    cards = ScoreCard.objects.standing().filter(
        appearance__pairing=seat.pairing, seat__relieved_at=None, handed_in_at__isnull=False
    )
    scores: dict = {}
    for card in cards.select_related("seat__person").order_by("seat_id"):
        given = (card.seat.person.full_name, card.score)
        scores.setdefault((card.appearance_id, card.speaker_id), []).append(given)
    return [
        (ToScoreNames(one, hidden).label, scores.get((one.appearance.pk, one.speaker and one.speaker.pk), []))
        for one in what_to_score(seat.pairing)
    ]


def _reasons(seat, hidden):
    """A form for the reasons on each side, with who wrote the text that is read now."""
    found = []
    for appearance in seat.pairing.appearances.select_related("team"):
        newest = appearance.reasons.select_related("written_by").last()
        initial = {"text": newest.text if newest else "", "number": newest.number if newest else 0}
        form = ReasonsForm(initial=initial, prefix=f"reasons-{appearance.pk}")
        found.append((appearance, appearance_name(appearance, hidden=hidden), newest, form))
    return found


@login_required
def bench(request, seat_id):
    """Everything a judge needs on one page: it stays usable when the connection goes."""
    return _page(request, access.get_seat_or_404(request.user, seat_id))


@login_required
@require_POST
def save_card(request, seat_id, appearance_id, speaker_id):
    """Save what a judge chose so far: quietly for the script, else back to the page. 409 where a newer one is there."""
    seat = access.get_seat_or_404(request.user, seat_id)
    appearance, speaker = access.get_scored_or_404(seat, appearance_id, speaker_id)
    form, rubric = CardForm(request.POST), rubric_of(seat.pairing)
    if rubric is None:
        raise Http404
    choices, comments = posted_choices(rubric.content, request.POST)
    given = {"choices": choices, "comments": comments}
    if not form.is_valid():
        return _not_saved(request, seat, (appearance, speaker), given, form.errors.as_text(), 422)
    try:
        card = services.save_card(seat, appearance, speaker, **given, **form.cleaned_data)
    except NewerSave as refusal:
        return _not_saved(request, seat, (appearance, speaker), given, str(refusal), 409, refusal.saved)
    except MootRefused as refusal:
        return _not_saved(request, seat, (appearance, speaker), given, str(refusal), 422)
    if "quiet" in request.POST:
        response = render(request, "assessments/_saved.html", {"saved_at": card.saved_at})
        response["X-Sequence"] = card.sequence
        return response
    messages.success(request, _("Saved."))
    return redirect("moots:bench", seat_id)


def _not_saved(request, seat, scored, given, sentence, status, newer=None):
    if "quiet" in request.POST:
        response = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
        if newer:
            response["X-Sequence"] = newer.sequence
        return response
    appearance, speaker = scored
    typed = {
        "key": f"{appearance.pk}-{speaker.pk if speaker else 0}",
        "note": request.POST.get("note", ""),
        "problem": sentence,
        "newer": newer,
        **given,
    }
    return _page(request, seat, status, typed)


@login_required
@require_POST
def hand_in_scores(request, seat_id):
    """Hand in all scores at once."""
    seat = access.get_seat_or_404(request.user, seat_id)
    try:
        services.hand_in_scores(seat)
    except MootRefused as refusal:
        return _page(request, seat, 422, problem=str(refusal))
    messages.success(request, _("Your scores are handed in. Thank you."))
    return redirect("moots:bench", seat_id)


@login_required
@require_POST
def write_reasons(request, seat_id, appearance_id):
    """Write what the bench says of one team. 409 where another judge wrote meanwhile; what was typed stays."""
    seat = access.get_seat_or_404(request.user, seat_id)
    appearance, _speaker = access.get_scored_or_404(seat, appearance_id, 0)
    form = ReasonsForm(request.POST, prefix=f"reasons-{appearance.pk}")
    if not form.is_valid():
        return _reasons_again(request, seat, appearance, form, 422)
    data = form.cleaned_data
    try:
        services.write_reasons(appearance, data["text"], number=data["number"], seat=seat)
    except NewerSave as refusal:
        return _reasons_again(request, seat, appearance, form, 409, str(refusal), refusal.saved)
    except MootRefused as refusal:
        return _page(request, seat, 422, problem=str(refusal))
    messages.success(request, _("The reasons are saved."))
    return redirect("moots:bench", seat_id)


def _reasons_again(request, seat, appearance, form, status, sentence="", newer: Reasons | None = None):
    """The page with what was typed; saving once more replaces the newer text, which is shown beside it."""
    if newer:
        data = form.data.copy()
        data[form.add_prefix("number")] = newer.number
        form = ReasonsForm(data, prefix=form.prefix)
    if sentence:
        form.add_error(None, sentence)
    hidden = names_are_hidden(seat.pairing.round.moot)
    shown = [
        (one, name, newest, form if one.pk == appearance.pk else other)
        for one, name, newest, other in _reasons(seat, hidden)
    ]
    return _page(request, seat, status, reasons=shown)


@login_required
def memorial(request, seat_id, memorial_id):
    """A memorial to judge."""
    seat = access.get_seat_or_404(request.user, seat_id)
    found = access.get_memorial_to_judge_or_404(seat, memorial_id)
    return send_to_others(found, hidden=names_are_hidden(seat.pairing.round.moot))


@login_required
def document(request, seat_id, document_id):
    """A part of the case file."""
    seat = access.get_seat_or_404(request.user, seat_id)
    found = access.get_document_to_judge_or_404(seat, document_id)
    context = {"seat": seat, "moot": seat.pairing.round.moot, "document": found}
    return render(request, "moots/document.html", context)


@login_required
def case_file(request, seat_id, document_id, file_id):
    """A file of the case."""
    seat = access.get_seat_or_404(request.user, seat_id)
    return send(access.get_case_file_to_judge_or_404(seat, document_id, file_id))


@login_required
def hearing(request, seat_id):
    """The order of speaking with its timer, for the bench."""
    seat = access.get_seat_or_404(request.user, seat_id)
    if seat.pairing.round.is_written:
        raise Http404
    hidden = names_are_hidden(seat.pairing.round.moot)
    context = {
        "seat": seat,
        "moot": seat.pairing.round.moot,
        "hearing": hearing_shown(seat.pairing, hidden=hidden),
    }
    return render(request, "moots/hearing.html", context)
