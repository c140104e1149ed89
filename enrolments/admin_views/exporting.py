"""Lists that name people, as files: asked for with a reason, and written into the audit log."""

from django.utils import timezone
from django.utils.translation import gettext as _

from enrolments.admin_views.asking import screen
from enrolments.admin_views.forms import ReasonForm
from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit


def ask_and_export(request, rows, headings, *, about, action, name, title, trail, back):
    """Ask why, then send the rows. GET changes nothing, so the file comes by POST."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        after = {"rows": len(rows), "filters": request.GET.dict()}
        audit.record(request.user, action, about, reason=form.cleaned_data["reason"], after=after)
        return spreadsheet(rows, headings, name=f"{name}-{timezone.localdate():%Y-%m-%d}")
    return screen(
        request,
        "enrolments/staff/ask.html",
        title=title,
        icon="download",
        trail=trail,
        form=form,
        back=back,
        lead=_(
            "%(count)s rows. The file names people: keep it where only those who need it can read it, and delete it "
            "when it has served its purpose."
        )
        % {"count": len(rows)},
        button=_("Download"),
    ).render()
