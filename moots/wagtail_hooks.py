"""Moot courts in the CMS: the menu, the addresses, and where the activity of one is edited."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from courses.access import can_see
from enrolments.access import manages_any
from learning.deadlines import DEADLINES
from moots.admin_views import activities, benches, case_file, courts, results, rounds, teams
from moots.models import MootActivity
from moots.upcoming import upcoming

MOOT = "<int:moot_id>/"

hooks.register(DEADLINES, upcoming)

moot_urls = [
    path("", courts.index, name="index"),
    path("new/", courts.new, name="new"),
    path("activities/<int:activity_id>/", activities.activity, name="activity"),
    path(MOOT, courts.moot, name="moot"),
    path(f"{MOOT}rules/", courts.rules, name="rules"),
    path(f"{MOOT}open/", courts.open_moot, name="open"),
    path(f"{MOOT}copy/", courts.copy, name="copy"),
    path(f"{MOOT}activity/", activities.begin, name="begin_activity"),
    path(f"{MOOT}archive/", courts.archive, name="archive"),
    path(f"{MOOT}archive/open/", courts.set_archive, name="set_archive"),
    path(f"{MOOT}memorials/<int:memorial_id>/", courts.memorial, name="memorial"),
    path(f"{MOOT}case-file/", case_file.case_file, name="case_file"),
    path(f"{MOOT}case-file/new/", case_file.new_document, name="new_document"),
    path(f"{MOOT}case-file/<int:document_id>/", case_file.document, name="document"),
    path(
        f"{MOOT}case-file/<int:document_id>/withdraw/", case_file.withdraw_document, name="withdraw_document"
    ),
    path(f"{MOOT}case-file/files/<int:file_id>/", case_file.file, name="case_file_file"),
    path(f"{MOOT}teams/", teams.teams, name="teams"),
    path(f"{MOOT}teams/<int:team_id>/", teams.team, name="team"),
    path(f"{MOOT}teams/<int:team_id>/dissolve/", teams.dissolve_team, name="dissolve_team"),
    path(f"{MOOT}members/<int:member_id>/leave/", teams.leave_team, name="leave_team"),
    path(f"{MOOT}rounds/", rounds.rounds, name="rounds"),
    path(f"{MOOT}rounds/new/", rounds.new_round, name="new_round"),
    path(f"{MOOT}rounds/<int:round_id>/", rounds.edit_round, name="edit_round"),
    path(f"{MOOT}rounds/<int:round_id>/remove/", rounds.remove_round, name="remove_round"),
    path(f"{MOOT}rounds/<int:round_id>/pair/", rounds.pair, name="pair"),
    path(f"{MOOT}rounds/<int:round_id>/swap/", rounds.swap_pairings, name="swap_pairings"),
    path(f"{MOOT}rounds/<int:round_id>/clear/", rounds.clear_pairings, name="clear_pairings"),
    path(f"{MOOT}pairings/<int:pairing_id>/", rounds.pairing, name="pairing"),
    path(f"{MOOT}pairings/<int:pairing_id>/exchange/", rounds.exchange, name="exchange"),
    path(f"{MOOT}pairings/<int:pairing_id>/open-scores/", benches.open_scores, name="open_scores"),
    path(f"{MOOT}appearances/<int:appearance_id>/extend/", rounds.extend, name="extend"),
    path(f"{MOOT}seats/<int:seat_id>/relieve/", benches.relieve_judge, name="relieve_judge"),
    path(f"{MOOT}seats/<int:seat_id>/reopen/", benches.reopen_scores, name="reopen_scores"),
    path(f"{MOOT}results/", results.results, name="results"),
    path(f"{MOOT}results/export/", results.export, name="export_results"),
]


@hooks.register("register_admin_urls")
def moot_court_urls():
    """Our screens, under the CMS."""
    return [path("moot-courts/", include((moot_urls, "moot_courts")))]


class MootsMenuItem(MenuItem):
    """Shown to whoever manages an edition."""

    def is_shown(self, request):
        """Whether this person may hold a court."""
        return manages_any(request.user)


@hooks.register("register_admin_menu_item")
def moots_menu_item():
    """The way to the moot courts."""
    return MootsMenuItem(
        _("Moot courts"), reverse("moot_courts:index"), name="moot-courts", icon_name="group", order=133
    )


class MootActivityURLFinder:
    """Where Wagtail's own lists, and problems of a course, lead when they name a moot court."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, activity):
        """The screen of the activity; it says itself what this person may change."""
        if self.user is not None and not can_see(self.user, activity.course):
            return None
        return reverse("moot_courts:activity", args=[activity.pk])


register_admin_url_finder(MootActivity, MootActivityURLFinder)
