"""Results before and after their release, as a screen and as a spreadsheet."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit
from moots import access, services
from moots.admin_views.screens import attempted, done, screen, staffed
from moots.facts import standings_of, what_is_missing
from moots.forms.staff import ReleaseForm
from moots.models import TeamMember

WITHHELD = gettext_lazy(
    "You sit on a bench of this court. What others have scored is shown once you have handed in your own scores "
    "or been relieved."
)


@staffed
def results(request, moot):
    """Places by what is handed in now, what is missing, and the button that releases them."""
    is_withheld = access.has_to_score(request.user, moot)
    form = ReleaseForm(request.POST or None)
    if attempted(form, lambda data: services.release_results(moot, by=request.user, **data)):
        return done(request, _("The results are released to everybody."), "results", moot.pk)
    return screen(
        request,
        "results",
        moot,
        _("Results"),
        form=form,
        withheld=WITHHELD if is_withheld else "",
        standings=None if is_withheld else standings_of(moot),
        missing=what_is_missing(moot),
        refusal=services.release_refusal(moot),
        releases=moot.releases.select_related("released_by").order_by("-number"),
    )


@staffed
def export(request, moot):
    """Every member's result with place, written, oral and final part of the team."""
    if access.has_to_score(request.user, moot):
        messages.warning(request, WITHHELD)
        return redirect("moot_courts:results", moot.pk)
    standings = standings_of(moot)
    headings = [
        _("Place"),
        _("Team"),
        _("Written"),
        _("Oral"),
        _("Final"),
        _("Total"),
        _("Member"),
        _("Result"),
    ]
    members = TeamMember.objects.current().filter(moot=moot).select_related("enrolment__person")
    of_team: dict = {}
    for member in members:
        of_team.setdefault(member.team_id, []).append(member)
    rows = [
        [
            *(team.rank, team.name, team.written, team.oral, team.final, team.total),
            *(member.enrolment.person.full_name, standings.member_score(team.key, member.pk)),
        ]
        for team in standings.teams
        for member in of_team.get(team.key, [])
    ]
    audit.record(request.user, "moots.export_results", moot)
    return spreadsheet(rows, headings, name=f"{moot.code}-{timezone.localdate():%Y-%m-%d}")
