"""What a programme's tutors look at first: questions that wait, and who has gone quiet."""

from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import crumbs, screen
from learning.last_seen import QUIET_AFTER
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.tutoring import gone_quiet_in, questions_of

SHOWN = 50


@require_admin_access
def tutoring(request, pk):
    """The group across all modules; a cohort narrows it down."""
    edition = access.get_managed_or_404(request.user, pk, access.can_tutor)
    cohorts = access.cohorts_of(edition)
    chosen = next((name for name in cohorts if name == request.GET.get("group")), "")
    students = list(access.students_in(edition, chosen))
    title = _("Tutoring")
    trail = edition_crumbs(edition, title)
    if not access.can_manage(request.user, edition):
        trail = crumbs(last=f"{title} · {edition}")
    return screen(
        request,
        "programmes/staff/tutoring.html",
        title=title,
        icon="help",
        trail=trail,
        edition=edition,
        cohorts=cohorts,
        chosen=chosen,
        students=len(students),
        unanswered=questions_of(students)[:SHOWN],
        quiet=gone_quiet_in(students),
        days=QUIET_AFTER.days,
    )
