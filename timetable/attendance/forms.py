"""What registers and corrections send, read once. Whether it may be recorded is for the services to say."""

from dataclasses import replace
from datetime import UTC, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timetable.attendance.marks import NewMark
from timetable.models import AttendanceMark, Road, Session, Status

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


class SheetForm(forms.Form):
    """Numbers of a sign-in sheet: who did not sign, who came late by how much, who was excused."""

    absent = forms.CharField(
        label=_("Did not sign"), required=False, help_text=_("Numbers, for example 3, 17, 21-23")
    )
    late = forms.CharField(
        label=_("Came late"), required=False, help_text=_("Number:minutes, for example 5:20, 9:35")
    )
    excused = forms.CharField(label=Status.EXCUSED.label, required=False, help_text=_("Numbers, as above"))

    def __init__(self, *args, register, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = dict(enumerate(register.lines, start=1))
        self.most = register.session.minutes - 1
        self.marks: dict[int, NewMark] = {}

    def clean_absent(self):
        """Who did not sign."""
        return self._take("absent", Status.ABSENT)

    def clean_excused(self):
        """Who was excused."""
        return self._take("excused", Status.EXCUSED)

    def clean_late(self):
        """Who came late, and by how much."""
        text = self.cleaned_data["late"]
        for part in _parts(text):
            number, _colon, minutes = part.partition(":")
            late = _whole(minutes) or 0
            if not 1 <= late <= self.most:
                raise forms.ValidationError(
                    _("Write the number, a colon and the minutes: 5:20. At most %(most)s minutes.")
                    % {"most": self.most}
                )
            self._mark(number, Status.LATE, late)
        return text

    def clean(self):
        """Everybody else signed."""
        for line in self.lines.values():
            present = NewMark(line.enrolment.pk, Status.PRESENT, base=line.base)
            self.marks.setdefault(line.enrolment.pk, present)
        return super().clean()

    def _take(self, name, status):
        text = self.cleaned_data[name]
        for part in _parts(text):
            first, _dash, last = part.partition("-")
            low, high = _whole(first), _whole(last or first)
            if low is None or high is None or high - low > len(self.lines):
                raise forms.ValidationError(_("“%(part)s” is no number of the sheet.") % {"part": part})
            for number in range(low, high + 1):
                self._mark(str(number), status)
        return text

    def _mark(self, number, status, minutes=0):
        line = self.lines.get(_whole(number))
        if line is None:
            raise forms.ValidationError(_("“%(part)s” is no number of the sheet.") % {"part": number})
        pk = line.enrolment.pk
        if pk in self.marks:
            raise forms.ValidationError(
                _("%(number)s (%(name)s) is named twice.") % {"number": number, "name": line.name}
            )
        self.marks[pk] = NewMark(pk, status, base=line.base, minutes_late=minutes)


def _parts(text):
    return [part.strip() for part in text.replace("،", ",").replace(";", ",").split(",") if part.strip()]


class CorrectionForm(forms.Form):
    """The next mark of one person in one session."""

    status = forms.ChoiceField(label=_("Attendance"), choices=Status.choices, widget=forms.RadioSelect)
    minutes_late = forms.IntegerField(
        label=_("Minutes late"), required=False, min_value=1, help_text=_("Only for somebody who came late.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the mark. The learner reads it.")
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_(
            "Only for an excuse: a PDF or a picture of at most 10 MB, seen by the learner and who keeps the register."
        ),
    )
    # The number of the mark that stood on the page.
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, session: Session, newest: AttendanceMark | None, **kwargs):
        initial: dict[str, object] = {"base": newest.number if newest else 0}
        if newest:
            initial |= {"status": newest.status, "minutes_late": newest.minutes_late or None}
        super().__init__(*args, initial=initial, **kwargs)
        self.session = session

    def clean(self):
        """Being late has a length."""
        asked = super().clean()
        late = asked.get("minutes_late") or 0
        if asked.get("status") == Status.LATE and not 1 <= late < self.session.minutes:
            words = {"most": self.session.minutes - 1}
            self.add_error("minutes_late", _("Say how many minutes late: from 1 to %(most)s.") % words)
        return asked
