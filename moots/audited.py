"""What the audit log calls the changes made here."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

for _verb, _label in {
    "make_moot": _("Moot court made"),
    "change_rules": _("Rules of a moot court changed"),
    "open_moot": _("Moot court opened to participants"),
    "copy_moot": _("Moot court copied"),
    "open_archive": _("Archive of memorials opened to later participants"),
    "close_archive": _("Archive of memorials closed to later participants"),
    "add_round": _("Round added"),
    "change_round": _("Round changed"),
    "remove_round": _("Round removed"),
    "save_document": _("Part of a case file saved"),
    "withdraw_document": _("Part of a case file withdrawn"),
    "make_team": _("Team made"),
    "rename_team": _("Team renamed"),
    "join_team": _("Members joined a team"),
    "leave_team": _("Member left a team"),
    "dissolve_team": _("Team dissolved"),
    "pair": _("Teams paired"),
    "clear_pairings": _("Pairings of a round cleared"),
    "change_pairing": _("Time or place of a pairing changed"),
    "grant_extension": _("Later deadline for a memorial"),
    "exchange": _("Memorials exchanged"),
    "seat_judge": _("Judge seated on a bench"),
    "relieve_judge": _("Judge relieved"),
    "reopen_scores": _("Scores of a judge reopened"),
    "open_scores": _("Scores opened to the bench"),
    "release": _("Results of a moot court released"),
    "export_results": _("Results of a moot court exported"),
}.items():
    register_action(f"moots.{_verb}", _label)
