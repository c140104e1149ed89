"""Forms of accommodations: what is shown, and what is granted to whom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from courses.models import Activity
from enrolments.admin_views.forms import reason_field
from enrolments.models import Accommodation, Cohort
from enrolments.models.accommodations import ALLOWANCES, TERMS

# Browsers offer the addresses while one types; of more people than this they would have to load too much.
MOST_OFFERED = 500


class EmailOffered(forms.EmailInput):
    """An address that the browser completes from those in the edition."""

    template_name = "enrolments/staff/email_offered.html"

    def __init__(self, offered):
        super().__init__(attrs={"autocomplete": "off"})
        self.offered = offered

    def get_context(self, name, value, attrs):
        """With the people offered."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-offered"
        context["widget"]["attrs"]["list"] = list_id
        return context | {"offered": self.offered, "list_id": list_id}


class AccommodationFilterForm(forms.Form):
    """Which accommodations are shown."""

    HOLDING, ENDED, ALL = "", "ended", "all"
    q = forms.CharField(label=_("Person or cohort"), required=False)
    activity = forms.ModelChoiceField(
        label=_("Activity"), queryset=Activity.objects.none(), required=False, empty_label=_("Any")
    )
    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[(HOLDING, _("Those that hold")), (ENDED, _("Those that ended")), (ALL, _("All"))],
    )

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities


class GrantForm(forms.ModelForm):
    """Who is granted what, and why. Whether it can be granted, the service says."""

    email = forms.EmailField(label=_("E-mail address of the learner"), required=False)
    reason = reason_field(
        max_length=500, help_text=_("Kept in the audit log. Staff read it: leave medical details out.")
    )

    class Meta:
        model = Accommodation
        fields = ["cohort", "activity", *TERMS]
        widgets = dict.fromkeys(["opens_at", "due_at", "closes_at"], AdminDateTimeInput)
        labels = {
            "cohort": _("or a cohort"),
            "opens_at": _("Opens"),
            "due_at": _("Due"),
            "closes_at": _("Closes (cut-off)"),
        }

    def __init__(self, *args, edition, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        people = edition.enrolments.active().select_related("person").order_by("person__last_name", "pk")
        self.fields["email"].widget = EmailOffered([row.person for row in people[:MOST_OFFERED]])
        self.fields["cohort"].queryset = Cohort.objects.open().filter(edition=edition)
        self.fields["cohort"].empty_label = _("Nobody: one person alone")
        self.fields["activity"].queryset = activities
        self.fields["activity"].empty_label = _("Every activity")

    def clean_email(self):
        """Find the learner."""
        typed = self.cleaned_data["email"]
        if not typed:
            return typed
        learners = self.edition.enrolments.active().select_related("person")
        self.cleaned_data["enrolment"] = learners.filter(person__email__iexact=typed).first()
        if self.cleaned_data["enrolment"] is None:
            raise forms.ValidationError(
                _("Nobody with this address holds a place in this edition. Choose from the list.")
            )
        return typed

    def clean(self):
        """Numbers stay within reason."""
        cleaned = super().clean()
        for name in ALLOWANCES:
            try:
                Accommodation._meta.get_field(name).clean(cleaned.get(name), None)
            except forms.ValidationError as problem:
                self.add_error(name, problem)
        return cleaned

    def _post_clean(self):
        """The service makes the row; its rules would be told twice here."""

    @property
    def wanted(self):
        """What the service is asked for."""
        names = ("enrolment", "cohort", "activity", "reason", *TERMS)
        return {name: self.cleaned_data.get(name) for name in names}
