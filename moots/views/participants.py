"""What participants see and do: their court, their rounds, the memorial, the order of speaking, the results."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.file_types import UploadRefused
from assessments.rubrics import rubric_shown
from moots import access, services
from moots.coming import coming_for
from moots.facts import rules_of, standings_of
from moots.forms.participants import MemorialForm, SpeakersForm
from moots.hearings import hearing_shown
from moots.models import Reasons
from moots.pages import round_shown, rounds_shown
from moots.refusals import MootRefused
from moots.views.place import page


@login_required
def own(request):
    """The courts one takes part in and the benches one sits on."""
    moots = list(access.own_moots(request.user))
    coming = coming_for(request.user, moots) if moots else {}
    context = {
        "moots": [(moot, coming.get(moot.pk)) for moot in moots],
        "seats": access.own_seats(request.user),
    }
    return render(request, "moots/own.html", context | {"current_section": "learning"})


@login_required
def moot(request, code):
    """The court for one who takes part: what is next, rounds, case file, team, rules."""
    part = access.get_participation_or_404(request.user, code)
    context = page(part)
    rubrics = [part.moot.written_rubric, part.moot.oral_rubric]
    members = part.team.members.current().select_related("enrolment__person") if part.team else []
    context |= {
        "rounds": rounds_shown(part.moot, part.team, hidden=context["hidden"]),
        "documents": access.documents_for(part),
        "members": members,
        "rules": rules_of(part.moot),
        "rubrics": [rubric_shown(one.content, get_language()) for one in rubrics if one],
        "hearings": access.hearings_of(part.moot),
        "release": part.moot.releases.order_by("number").last(),
        "has_archive": access.open_archive_for(part).exists(),
    }
    return render(request, "moots/moot.html", context)


def _appearance_page(request, part, found, status=200, **context):
    step = found.round.name
    shown = page(part, step=step)
    shown |= {
        "appearance": found,
        "shown": round_shown(found, hidden=shown["hidden"]),
        "memorials": found.memorials.select_related("uploaded_by").order_by("-number"),
        "form": MemorialForm(),
        "speakers_form": None if found.round.is_written else SpeakersForm(appearance=found),
        **context,
    }
    return render(request, "moots/appearance.html", shown, status=status)


@login_required
def appearance(request, code, appearance_id):
    """One round of one's own team: memorial and exchange, or speakers and hearing."""
    part = access.get_participation_or_404(request.user, code)
    return _appearance_page(request, part, access.get_appearance_or_404(part, appearance_id))


@login_required
@require_POST
def hand_in_memorial(request, code, appearance_id):
    """Hand in a memorial; what was refused is said with the rule, and nothing is changed."""
    part = access.get_participation_or_404(request.user, code)
    found = access.get_appearance_or_404(part, appearance_id)
    form = MemorialForm(request.POST, request.FILES)
    if not form.is_valid():
        return _appearance_page(request, part, found, 422, form=form)
    try:
        memorial = services.hand_in_memorial(found, form.cleaned_data["memorial"], by=request.user)
    except (UploadRefused, MootRefused) as refusal:
        form.add_error(None, str(refusal))
        return _appearance_page(request, part, found, 422, form=form)
    messages.success(
        request, _("Your memorial is handed in. Receipt: %(receipt)s.") % {"receipt": memorial.receipt}
    )
    return redirect("moots:appearance", code, appearance_id)


@login_required
@require_POST
def name_speakers(request, code, appearance_id):
    """Say who of the team speaks in which turn."""
    part = access.get_participation_or_404(request.user, code)
    found = access.get_appearance_or_404(part, appearance_id)
    form = SpeakersForm(request.POST, appearance=found)
    if not form.is_valid():
        return _appearance_page(request, part, found, 422, speakers_form=form)
    try:
        services.name_speakers(found, form.speakers)
    except MootRefused as refusal:
        form.add_error(None, str(refusal))
        return _appearance_page(request, part, found, 422, speakers_form=form)
    messages.success(request, _("The speakers are saved."))
    return redirect("moots:appearance", code, appearance_id)


@login_required
def hearing(request, code, pairing_id):
    """The order of speaking with its timer."""
    part = access.get_participation_or_404(request.user, code)
    pairing = access.get_hearing_or_404(part, pairing_id)
    context = page(part, step=_("Order of speaking"))
    shown = hearing_shown(pairing, hidden=context["hidden"], own_team=part.team)
    return render(request, "moots/hearing.html", context | {"hearing": shown})


@login_required
def results(request, code):
    """Places, how one's own result comes about, and the reasons of the bench; once released."""
    part = access.get_participation_or_404(request.user, code)
    release = part.moot.releases.order_by("number").last()
    if release is None:
        raise Http404
    standings = standings_of(part.moot, at=release.released_at)
    told = release.results.filter(member=part.member).first() if part.member else None
    reasons = Reasons.objects.filter(
        appearance__pairing__appearances__team=part.team, written_at__lte=release.released_at
    ).select_related("appearance__team", "appearance__round")
    newest = {one.appearance_id: one for one in reasons.order_by("appearance__round__number", "number")}
    context = page(part, step=_("Results"))
    context |= {
        "release": release,
        "standings": standings,
        "own": standings.team(part.team.pk) if part.team else None,
        "speaker": standings.speaker(part.member.pk) if part.member else None,
        "told": told,
        "told_line": standings.member_line(part.team.pk, part.member.pk) if told else None,
        "reasons": [one for one in newest.values() if one.text],
    }
    return render(request, "moots/results.html", context)
