"""What registers and corrections send, read once. Whether it may be recorded is for the services to say."""

from dataclasses import replace
from datetime import UTC, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timetable.attendance.marks import NewMark
from timetable.models import Road, Session, Status

LONGEST_REASON = 500


class RegisterForm(forms.Form):
    """One save of a register: the fields s-, m-, r- and b-<enrolment> of every line, and which save it is."""

    key = forms.UUIDField()
    # Seconds since 1970 by the clock of the device; what was kept without a connection says when it was taken.
    taken = forms.FloatField(required=False, min_value=0)
    road = forms.ChoiceField(choices=[(Road.REGISTER, ""), (Road.SHEET, "")], required=False)

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.marks: dict[int, NewMark] = {}
        self.problems: dict[int, str] = {}

    def clean_taken(self):
        """As a moment, never one that has not come."""
        seconds = self.cleaned_data["taken"]
        now = timezone.now()
        if seconds is None or seconds >= now.timestamp():
            return now
        return datetime.fromtimestamp(seconds, tz=UTC)

    def clean(self):
        """Read the lines."""
        for name in self.data:
            prefix, _dash, pk = name.partition("-")
            if prefix == "s" and pk.isdecimal() and self.data[name] in Status.values:
                self._read(int(pk))
        if self.problems:
            count = len(self.problems)
            self.add_error(
                None,
                ngettext(
                    "One line needs another look. Nothing was saved.",
                    "%(count)s lines need another look. Nothing was saved.",
                    count,
                )
                % {"count": count},
            )
        return super().clean()

    def _read(self, pk):
        status = Status(self.data[f"s-{pk}"])
        mark = NewMark(
            pk,
            status,
            base=_whole(self.data.get(f"b-{pk}")) or 0,
            reason=str(self.data.get(f"r-{pk}", ""))[:LONGEST_REASON],
        )
        if status == Status.LATE:
            minutes = _whole(self.data.get(f"m-{pk}")) or 0
            mark = replace(mark, minutes_late=minutes)
            if not 1 <= minutes < self.session.minutes:
                self.problems[pk] = _("Say how many minutes late: from 1 to %(most)s.") % {
                    "most": self.session.minutes - 1
                }
        self.marks[pk] = mark


def _whole(text):
    text = str(text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else None
