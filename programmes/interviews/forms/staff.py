"""Forms of interviews."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from accounts.forms import time_zone_choices
from accounts.models import User
from programmes.interviews.times import NoSuchTime, slot_starts
from programmes.models import InterviewBooking


class SlotsForm(forms.Form):
    """A row of slots on one day."""

    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    first = forms.TimeField(label=_("First one at"), widget=AdminTimeInput)
    last_end = forms.TimeField(label=_("Last one over by"), widget=AdminTimeInput)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=5, max_value=480, initial=30)
    pause = forms.IntegerField(label=_("Minutes between"), min_value=0, max_value=480, initial=0)
    capacity = forms.IntegerField(label=_("Applicants at a time"), min_value=1, max_value=100, initial=1)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link to the call"), required=False, assume_scheme="https")
    interviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Interviewers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["interviewers"].queryset = people
        if not people.exists():
            self.fields["interviewers"].help_text = _(
                "Nobody holds a role on this edition yet. Give roles in its team; slots can be offered without."
            )

    def clean(self):
        """A place or a link, and at least one slot between the times."""
        data = super().clean()
        if not data.get("place") and not data.get("link"):
            self.add_error("place", _("Say where: a place, or a link to the call."))
        if not self.errors:
            try:
                data["starts"] = slot_starts(
                    data["day"],
                    data["first"],
                    data["last_end"],
                    minutes=data["minutes"],
                    pause=data["pause"],
                    zone=data["time_zone"],
                )
            except NoSuchTime as problem:
                self.add_error("first", str(problem))
            else:
                if not data["starts"]:
                    self.add_error("last_end", _("No interview fits between these times."))
        return data


class RecordForm(forms.Form):
    """What became of an interview."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=InterviewBooking.Outcome.choices)
    notes = forms.CharField(
        label=_("Notes for the committee"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
