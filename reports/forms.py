"""What a report is asked for."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from reports.reach import By


class ReachForm(forms.Form):
    """The period, and what to count by. Empty means this year, by country."""

    first = forms.DateField(label=_("From"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=_("Until (that day included)"), required=False, widget=AdminDateInput)
    by = forms.ChoiceField(label=_("Count by"), required=False, choices=By.choices)

    def clean(self):
        """A period has a beginning before its end."""
        cleaned = super().clean()
        today = timezone.localdate()
        cleaned["last"] = cleaned.get("last") or today
        cleaned["first"] = cleaned.get("first") or datetime.date(cleaned["last"].year, 1, 1)
        cleaned["by"] = By(cleaned.get("by") or By.COUNTRY)
        if not self.errors and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last day is before the first. Choose a later day."))
        return cleaned
