"""Academic records in the CMS: addresses, and the words of what was done."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from foundation.audit.actions import register_action

register_action("programmes.open_case", _("Case opened"))
register_action("programmes.decide_case", _("Case decided"))
register_action("programmes.take_back_case", _("Case taken back"))
register_action("programmes.record_resit", _("Result of a re-sit recorded"))
register_action("programmes.end_leave", _("Back from leave"))
register_action("programmes.open_board", _("Examination board convened"))
register_action("programmes.prepare_agenda", _("Agenda prepared"))
register_action("programmes.decide_point", _("Point decided by a board"))
register_action("programmes.decide_as_proposed", _("Points decided as proposed"))
register_action("programmes.close_board", _("Examination board closed"))
register_action("programmes.set_rules", _("Academic rules changed"))
register_action("programmes.export_records", _("Results exported"))
register_action("programmes.collect_papers", _("Papers of an edition downloaded"))
register_action("programmes.refuse_paper", _("Paper not issued"))


@hooks.register("register_admin_urls")
def records_urls():
    """Results, boards and cases of an edition."""
    return [path("programme-records/<slug:code>/", include("programmes.records.admin_urls"))]
