"""Teams: made by hand or of cohorts, filled, renamed, dissolved."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from moots import services
from moots.admin_views.screens import ask, attempted, done, screen, staffed
from moots.forms.staff import CohortsForm, JoinForm, NameForm, ReasonForm, TeamForm, free_learners
from moots.models import TeamMember


@staffed
def teams(request, moot):
    """The teams with their members and codes, and the ways of making some."""
    making = TeamForm(request.POST if "make" in request.POST else None, prefix="make", moot=moot)
    taking = CohortsForm(request.POST if "take" in request.POST else None, prefix="take", moot=moot)
    by = request.user
    if attempted(
        making,
        lambda data: services.make_team(moot, data["name"], enrolments=list(data["members"]), by=by),
    ):
        return done(request, _("The team is made."), "teams", moot.pk)
    if attempted(taking, lambda data: services.make_teams_of_cohorts(moot, data["cohorts"], by=by)):
        return done(request, _("The cohorts are teams now."), "teams", moot.pk)
    members = TeamMember.objects.current().select_related("enrolment__person")
    found = moot.teams.standing().prefetch_related(Prefetch("members", members, to_attr="here"))
    refused = making.errors or taking.errors
    return screen(
        request,
        "teams",
        moot,
        _("Teams"),
        teams=found,
        free=free_learners(moot).count(),
        making=making,
        taking=taking,
        status=422 if refused else None,
    )


@staffed
def team(request, moot, team_id):
    """One team: who is in it, who joins, what it is called."""
    found = get_object_or_404(moot.teams.standing(), pk=team_id)
    joining = JoinForm(request.POST if "join" in request.POST else None, moot=moot)
    renaming = NameForm(
        request.POST if "rename" in request.POST else None, prefix="rename", initial={"name": found.name}
    )
    by = request.user
    if attempted(joining, lambda data: services.join_team(found, list(data["members"]), by=by)):
        return done(request, _("They are in the team now."), "team", moot.pk, found.pk)
    if attempted(renaming, lambda data: services.rename_team(found, data["name"], by=by)):
        return done(request, _("The team has its new name."), "team", moot.pk, found.pk)
    refused = joining.errors or renaming.errors
    return screen(
        request,
        "team",
        moot,
        found.name,
        steps=[(reverse("moot_courts:teams", args=[moot.pk]), _("Teams"))],
        team=found,
        members=found.members.current().select_related("enrolment__person"),
        joining=joining,
        renaming=renaming,
        status=422 if refused else None,
    )


@staffed
def leave_team(request, moot, member_id):
    """Take somebody out of a team."""
    member = get_object_or_404(
        TeamMember.objects.current().select_related("team", "enrolment__person"), pk=member_id, moot=moot
    )
    return ask(
        request,
        moot,
        ReasonForm(request.POST or None),
        do=lambda data: services.leave_team(member, by=request.user, **data),
        sentence=_("The member has left the team."),
        title=_("Take %(person)s out of %(team)s") % {"person": member, "team": member.team},
        lead=_("What was handed in and scored stays with the team."),
        back=reverse("moot_courts:team", args=[moot.pk, member.team_id]),
    )


@staffed
def dissolve_team(request, moot, team_id):
    """Dissolve a team that is paired nowhere."""
    found = get_object_or_404(moot.teams.standing(), pk=team_id)
    return ask(
        request,
        moot,
        ReasonForm(request.POST or None),
        do=lambda data: services.dissolve_team(found, by=request.user, **data),
        sentence=_("The team is dissolved."),
        title=_("Dissolve %(team)s") % {"team": found},
        lead=_("Its members can join other teams."),
        back=reverse("moot_courts:teams", args=[moot.pk]),
    )
