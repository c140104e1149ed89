"""A timetable from a spreadsheet: read, shown line by line with what is in the way, then scheduled as shown."""

from django import forms
from django.core import signing
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.spreadsheets import spreadsheet
from timetable import access, services
from timetable.admin_views.frame import timetable_screen
from timetable.admin_views.scheduling import open_editions
from timetable.reading import new_plans, read
from timetable.refusals import TimetableRefused
from timetable.sheets import COLUMNS, NotATimetable, Row, rows_of

MOST_BYTES = 5 * 1024 * 1024
A_DAY = 24 * 60 * 60


class FileForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Excel file (XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("At most 5 MB."),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )

    def clean_file(self):
        """Not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. Copy the timetable alone into a new one.")
            )
        return file


class ConfirmForm(forms.Form):
    """What a preview showed, to be scheduled."""

    payload = forms.CharField(widget=forms.HiddenInput)
    announce = forms.BooleanField(label=gettext_lazy("Tell learners and lecturers by e-mail"), required=False)


@require_admin_access
def upload(request):
    """Choose the file; a readable one leads to the preview."""
    access.must_schedule(request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = rows_of(form.cleaned_data["file"])
        except NotATimetable as problem:
            form.add_error("file", str(problem))
        else:
            return _preview(request, _read(request.user, rows))
    return timetable_screen(
        request, "upload.html", title=_("Read from a spreadsheet"), icon="upload", form=form
    )


def _read(user, rows):
    editions = open_editions(user).select_related("course")
    return read(rows, {edition.code: edition for edition in editions})


def _preview(request, lines, *, notice="", status=200):
    rows = [[line.row.number, dict(line.row.texts)] for line in lines if line.is_new]
    payload = signing.dumps(rows, salt=_salt(request.user), compress=True)
    response = timetable_screen(
        request,
        "preview.html",
        title=_("What would be scheduled"),
        icon="view",
        steps=((reverse("sessions:upload"), _("Read from a spreadsheet")),),
        lines=lines,
        new=[line for line in lines if line.is_new],
        there=sum(line.is_there for line in lines),
        refused=[line for line in lines if line.problems],
        confirm=ConfirmForm(initial={"payload": payload}),
        notice=notice,
    )
    response.status_code = status
    return response


def _salt(user):
    return f"timetable.preview.{user.pk}"


@require_admin_access
@require_POST
def confirm(request):
    """Schedule what the preview showed: all of it, or nothing where something has come in between."""
    access.must_schedule(request.user)
    try:
        packed = signing.loads(request.POST.get("payload", ""), salt=_salt(request.user), max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("This preview can no longer be used. Choose the file again."))
        return redirect("sessions:upload")
    lines = _read(request.user, [Row(number, texts) for number, texts in packed])
    changed = _("Meanwhile something has come in between. Nothing has been scheduled: look at it again.")
    if not all(line.is_new for line in lines):
        return _preview(request, lines, notice=changed, status=409)
    try:
        sessions = services.schedule_all(
            new_plans(lines), by=request.user, announce="announce" in request.POST
        )
    except TimetableRefused:
        return _preview(
            request, _read(request.user, [line.row for line in lines]), notice=changed, status=409
        )
    said = ngettext(
        "One session has been scheduled.", "%(count)s sessions have been scheduled.", len(sessions)
    )
    messages.success(request, said % {"count": len(sessions)})
    return redirect("sessions:index")


@require_admin_access
def template(request):
    """An empty timetable with its columns."""
    return spreadsheet([], COLUMNS.values(), name="timetable")
