"""The form of one activity's dates: for each moment first how it is told, then the moment or the days."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from enrolments.models import ActivitySchedule
from enrolments.models.schedules import FIELDS, MOMENTS

LABELS = {
    "opens": _("Opens"),
    "due": _("Due"),
    "closes": _("Closes (cut-off)"),
    "review": _("Review from"),
}
HELP = {
    "due": _("Later counts as late."),
    "closes": _("Nothing is taken in any more."),
    "review": _("Marks and right answers may be looked at, where the activity shows them later."),
}
NO_DATE, AT, AFTER_DAYS = "", "at", "after_days"
WAYS = [(NO_DATE, _("No date")), (AT, _("On a day")), (AFTER_DAYS, _("Days after enrolment"))]


class ScheduleForm(forms.ModelForm):
    """When one activity opens, is due, closes and is reviewed, and its password; all empty means no dates."""

    class Meta:
        model = ActivitySchedule
        fields = FIELDS
        widgets = {f"{moment}_at": AdminDateTimeInput for moment in MOMENTS}
        labels = dict.fromkeys([f"{moment}_at" for moment in MOMENTS], _("Day and time")) | dict.fromkeys(
            [f"{moment}_after_days" for moment in MOMENTS], _("Days after enrolment")
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for moment in MOMENTS:
            self.fields[f"{moment}_by"] = forms.ChoiceField(
                label=LABELS[moment],
                choices=WAYS,
                required=False,
                initial=self._way_kept(moment),
                help_text=HELP.get(moment, ""),
            )

    def _way_kept(self, moment):
        if getattr(self.instance, f"{moment}_at") is not None:
            return AT
        return NO_DATE if getattr(self.instance, f"{moment}_after_days") is None else AFTER_DAYS

    @property
    def moments(self):
        """The fields of each moment together, as the screen shows them."""
        return [
            {"way": self[f"{moment}_by"], "at": self[f"{moment}_at"], "days": self[f"{moment}_after_days"]}
            for moment in MOMENTS
        ]

    def clean(self):
        """Keep of each moment what its choice says; what stands in a field that is put away is forgotten."""
        cleaned = super().clean()
        for moment in MOMENTS:
            way = cleaned.get(f"{moment}_by") or self._way_typed(moment, cleaned)
            for kind in (AT, AFTER_DAYS):
                field = f"{moment}_{kind}"
                if kind != way:
                    self.errors.pop(field, None)
                    cleaned[field] = None
                elif cleaned.get(field) is None and field not in self.errors:
                    self.add_error(field, _("Give it, or choose “No date”."))
        return cleaned

    def _way_typed(self, moment, cleaned):
        """What was typed without choosing, where a browser shows all fields at once."""
        for kind in (AT, AFTER_DAYS):
            field = f"{moment}_{kind}"
            if field in self.changed_data and cleaned.get(field) is not None:
                return kind
        return NO_DATE
