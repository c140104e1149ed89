"""What staff choose and type about applications."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.models import Gender
from programmes.applications.listing import Lacking
from programmes.models import ApplicationState, Mode

ANY = [("", _("All"))]
ACTIONS = [
    ("remind", _("Remind of what is missing")),
    ("complete", _("Mark as complete")),
    ("export", _("Export to a spreadsheet")),
]


class ApplicationFilterForm(forms.Form):
    """What the list can be narrowed down by."""

    q = forms.CharField(label=_("Number, name or e-mail address"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=ANY + ApplicationState.choices, required=False)
    lacking = forms.ChoiceField(label=_("Completeness"), choices=ANY + Lacking.choices, required=False)
    country = forms.ChoiceField(label=_("Country of nationality"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=ANY + Gender.choices, required=False)
    mode = forms.ChoiceField(label=_("Mode"), choices=ANY + Mode.choices, required=False)
    partner = forms.ChoiceField(label=_("Nominated by"), required=False)

    def __init__(self, *args, pool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = ANY + pool.countries()
        self.fields["profession"].choices = ANY + pool.professions()
        if partners := pool.partners():
            self.fields["partner"].choices = ANY + partners
        else:
            del self.fields["partner"]

    def wanted(self):
        """What was chosen; what cannot be read does not narrow."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})


class BulkForm(forms.Form):
    """What is done with the applications ticked."""

    action = forms.ChoiceField(choices=ACTIONS)
    application = forms.MultipleChoiceField(
        error_messages={"required": _("Tick at least one application first.")}
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        ticked = [pk for pk in self.data.getlist("application") if pk.isdecimal() and len(pk) < 19]
        found = call.applications.filter(pk__in=ticked).values_list("pk", flat=True)
        self.fields["application"].choices = [(str(pk), str(pk)) for pk in found]


class VerdictForm(forms.Form):
    """Accepting a document, or returning it with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why it goes back (the applicant reads this)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class NoteForm(forms.Form):
    """A note for other staff."""

    text = forms.CharField(
        label=_("Note (only staff read it)"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class StaffMessageForm(forms.Form):
    """A message to the applicant."""

    text = forms.CharField(
        label=_("Message (sent by e-mail and kept here)"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class LateForm(forms.Form):
    """Until when one applicant may still submit, and why."""

    until = forms.DateTimeField(label=_("May submit until"), widget=AdminDateTimeInput)
    reason = forms.CharField(
        label=_("Reason (kept in the audit log)"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
