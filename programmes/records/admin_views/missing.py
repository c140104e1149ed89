"""What stands between an edition and its next examination board."""

from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from programmes.records import access
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.admin_views.sheet import modules_of
from programmes.records.missing import missing_in
from programmes.today import today_in


@require_admin_access
def missing(request, code):
    """Who has no result yet, module by module; which cases wait; who could be awarded the degree."""
    edition = access.get_registered_edition_or_404(request.user, code)
    today = today_in(edition)
    return records_screen(
        request,
        "missing.html",
        edition,
        "programme_records:missing",
        title=_("What is missing"),
        icon="warning",
        trail=trail_of(edition, last=_("What is missing")),
        missing=missing_in(edition, modules_of(edition), today),
        boards=edition.examination_boards.filter(closed_at=None),
        today=today,
    )
