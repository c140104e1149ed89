"""Forms of sessions. They check shape and turn what was typed into plans; rules sit in the services."""

import datetime
import re

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from accounts.forms import time_zone_choices
from accounts.models import User
from enrolments.admin_views.forms import reason_field
from enrolments.models import Edition
from timetable.lecturers import known_lecturers
from timetable.models import Campus, Room
from timetable.patterns import Pattern
from timetable.plans import Plan

# 1 January 2024 was a Monday.
WEEKDAYS = [(number, datetime.date(2024, 1, number)) for number in range(1, 8)]


def weekday_choices():
    """Monday to Sunday, as ISO 8601 numbers them."""
    return [(number, date_format(day, "l")) for number, day in WEEKDAYS]


class EditionForm(forms.Form):
    """Of which edition."""

    edition = forms.ModelChoiceField(label=gettext_lazy("Edition"), queryset=Edition.objects.none())

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions.select_related("course").order_by("-starts_on", "code")


class SourceForm(EditionForm):
    """From which edition the timetable is taken over."""

    edition = forms.ModelChoiceField(
        label=gettext_lazy("Take over from"),
        queryset=Edition.objects.none(),
        help_text=gettext_lazy("Sessions move by whole weeks, so that each stays on its day of the week."),
    )


class RoomField(forms.ModelChoiceField):
    """A room, with how many find a seat there; rooms stand under their campus."""

    def label_from_instance(self, room):
        """The room and its seats."""
        if room.seats is None:
            return str(room)
        return _("%(room)s (%(seats)s seats)") % {"room": room, "seats": room.seats}


class AddressesField(forms.CharField):
    """People with an account, by their addresses: one in each line, or with commas between them."""

    widget = forms.Textarea(attrs={"rows": 2, "dir": "ltr"})

    def clean(self, value):
        """The people; an address that nobody has is named."""
        addresses = [part for part in re.split(r"[\s,;]+", super().clean(value) or "") if part]
        found = {}
        for person in User.objects.filter(_any_of(addresses), is_active=True) if addresses else ():
            found[person.email.casefold()] = person
        unknown = [address for address in addresses if address.casefold() not in found]
        if unknown:
            raise forms.ValidationError(
                _("Nobody has an account with this address: %(addresses)s. Add the person first.")
                % {"addresses": ", ".join(unknown)}
            )
        return list(found.values())


def _any_of(addresses):
    named = Q()
    for address in addresses:
        named |= Q(email__iexact=address)
    return named


class SessionForm(forms.Form):
    """A session: what, when, where, with whom."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Cohort"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("All learners of the edition"),
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateInput)
    starts = forms.TimeField(label=gettext_lazy("Begins at"), widget=AdminTimeInput)
    ends = forms.TimeField(label=gettext_lazy("Ends at"), widget=AdminTimeInput)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("Empty: the clock of the campus; of the edition where there is no room."),
    )
    room = RoomField(label=gettext_lazy("Room"), queryset=Room.objects.none(), required=False)
    online_link = forms.URLField(
        label=gettext_lazy("Online link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    lecturers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Lecturers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = AddressesField(
        label=gettext_lazy("Other lecturers"),
        required=False,
        help_text=gettext_lazy("E-mail addresses of people who have an account, one in each line."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Capacity"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Only where fewer can come than are expected."),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes for learners"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    announce = forms.BooleanField(label=gettext_lazy("Tell learners and lecturers by e-mail"), required=False)

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["cohort"].queryset = edition.cohorts.open()
        if not edition.cohorts.open().exists():
            del self.fields["cohort"]
        rooms = Room.objects.open() | Room.objects.filter(pk=self.initial.get("room"))
        self.fields["room"].queryset = rooms.select_related("campus")
        self.fields["lecturers"].queryset = known_lecturers([edition])
        self.fields["time_zone"].choices = [("", "–"), *time_zone_choices()]
        if not self.fields["lecturers"].queryset:
            del self.fields["lecturers"]

    def clean(self):
        """A session ends after it begins."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It would end before it begins. One over midnight is scheduled as two."))
        return cleaned

    def plan(self, on=None):
        """The plan that was typed."""
        data = self.cleaned_data
        return Plan(
            edition=self.edition,
            title=data["title"],
            on=on or data["on"],
            starts=data["starts"],
            minutes=_minutes(data["starts"], data["ends"]),
            room=data["room"],
            online_link=data["online_link"],
            lecturers=tuple({*data.get("lecturers", ()), *data["others"]}),
            cohort=data.get("cohort"),
            capacity=data["capacity"],
            notes=data["notes"],
            time_zone=data["time_zone"],
        )


def _minutes(starts, ends):
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


class DaysField(forms.CharField):
    """Days, one in each line, in the form 2027-04-05."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "ltr"})

    def clean(self, value):
        """The days; what is none is named."""
        days = set()
        for part in re.split(r"[\s,;]+", super().clean(value) or ""):
            try:
                days |= {datetime.date.fromisoformat(part)} if part else set()
            except ValueError as error:
                raise forms.ValidationError(
                    _("“%(text)s” is no day. Write it like 2027-04-05.") % {"text": part}
                ) from error
        return frozenset(days)


class SeriesForm(SessionForm):
    """Sessions on the same days of every week, or of every few."""

    on = None
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        choices=weekday_choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    first_on = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput)
    last_on = forms.DateField(label=gettext_lazy("Until (that day included)"), widget=AdminDateInput)
    every_weeks = forms.IntegerField(
        label=gettext_lazy("Every … weeks"),
        initial=1,
        min_value=1,
        max_value=12,
        help_text=gettext_lazy(
            "1: every week. 2: every second week, beginning with the week of the first day."
        ),
    )
    without = DaysField(
        label=gettext_lazy("Except on"),
        required=False,
        help_text=gettext_lazy("Holidays and the like, one in each line: 2027-04-05."),
    )
    field_order = [
        *("title", "cohort", "weekdays", "first_on", "last_on", "every_weeks", "without"),
        *("starts", "ends", "time_zone", "room", "online_link", "lecturers", "others"),
    ]

    def clean(self):
        """It ends after it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Choose a later day."))
        return cleaned

    def pattern(self):
        """The days that were typed."""
        data = self.cleaned_data
        return Pattern(
            frozenset(data["weekdays"]),
            data["first_on"],
            data["last_on"],
            data["every_weeks"],
            data["without"],
        )

    def plan(self, on=None):
        """The plan of its first day."""
        return super().plan(on or self.cleaned_data["first_on"])


class MoveForm(SessionForm):
    """Another time, place, lecturer or title, with the reason."""

    announce = None
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field(
        help_text=gettext_lazy("Learners and lecturers read it, and the audit log keeps it.")
    )

    def __init__(self, *args, session, **kwargs):
        begins, ends = session.starts, session.ends
        people = [lecturer.person for lecturer in session.lecturers.all()]
        initial = {
            "title": session.title,
            "on": session.on,
            "starts": begins,
            "ends": ends,
            "time_zone": session.time_zone,
            "room": session.room_id,
            "online_link": session.online_link,
            "lecturers": people,
            "capacity": session.capacity,
            "notes": session.notes,
            "seen": session.sequence,
        }
        super().__init__(*args, edition=session.edition, initial=initial, **kwargs)
        self.fields.pop("cohort", None)


class CancelForm(forms.Form):
    """This session alone, or it and all later ones of its series."""

    following = forms.ChoiceField(
        label=gettext_lazy("What is cancelled"),
        choices=[
            ("", gettext_lazy("Only this session")),
            ("following", gettext_lazy("This session and all later ones of its series")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = reason_field(
        help_text=gettext_lazy("Learners and lecturers read it, and the audit log keeps it.")
    )

    def __init__(self, *args, later=0, **kwargs):
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["following"]


class WeekForm(forms.Form):
    """What the week is narrowed down by."""

    edition = forms.ModelChoiceField(
        label=gettext_lazy("Edition"), queryset=Edition.objects.none(), required=False
    )
    campus = forms.ModelChoiceField(
        label=gettext_lazy("Campus"), queryset=Campus.objects.all(), required=False
    )
    room = forms.ModelChoiceField(
        label=gettext_lazy("Room"), queryset=Room.objects.select_related("campus"), required=False
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions.select_related("course").order_by("-starts_on", "code")
