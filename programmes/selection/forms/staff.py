"""Forms of assessors and of the committee. They check shape; rules sit in the services."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from enrolments.admin_views.forms import reason_field
from programmes.models import Criterion, DecisionOutcome, LetterTemplate, Mode, SelectionRules
from programmes.selection.services import Choice, Typed, WantedCondition
from programmes.selection.wording import FIELDS, unknown_fields

OTHER_LANGUAGES = (("fr", _("French")), ("ar", _("Arabic")))
CONDITIONS = 3


class CriterionForm(forms.ModelForm):
    """A criterion with its words in the languages of the screens."""

    class Meta:
        model = Criterion
        fields = ["name", "guidance", "points", "weight", "position"]
        widgets = {"guidance": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, language in OTHER_LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": language},
                max_length=300,
                required=False,
                initial=self.instance.names.get(code, ""),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields[f"guidance_{code}"] = forms.CharField(
                label=_("Guidance (%(language)s)") % {"language": language},
                required=False,
                initial=self.instance.guidances.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    def criterion(self) -> Criterion:
        """The criterion as it was typed, not saved."""
        made = self.save(commit=False)
        for field, kept in (("name", made.names), ("guidance", made.guidances)):
            for code, _language in OTHER_LANGUAGES:
                words = self.cleaned_data[f"{field}_{code}"].strip()
                kept.pop(code, None)
                if words:
                    kept[code] = words
        return made


class RulesForm(forms.ModelForm):
    """The rules of a selection."""

    reason = reason_field()

    class Meta:
        model = SelectionRules
        fields = [
            "assessors_per_application",
            "wide_spread",
            "shows_sensitive",
            "days_to_answer",
            "grace_minutes",
            "days_before_reminder",
            "moves_up_until",
            "begins_on_conditions",
        ]
        widgets = {"moves_up_until": AdminDateInput}


class ConflictForm(forms.Form):
    """Why somebody cannot assess an applicant."""

    reason = forms.CharField(
        label=_("What the conflict is"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("One sentence. Only the coordinator reads it; the application goes to somebody else."),
        error_messages={"required": _("Say in one sentence what the conflict is.")},
    )


class ScoresForm(forms.Form):
    """Points and a comment on each criterion, and a summary. Everything may be missing until it is handed in."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Summary for the committee"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, assignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.criteria = list(assignment.application.call.criteria.in_force())
        given = {score.criterion_id: score for score in assignment.scores.all()}
        self.initial |= {"seen": assignment.sequence, "comment": assignment.comment}
        for criterion in self.criteria:
            score = given.get(criterion.pk)
            self.fields[f"points_{criterion.pk}"] = forms.DecimalField(
                label=criterion.label,
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(criterion.points),
                max_digits=6,
                decimal_places=2,
                localize=False,
                initial=score.points.normalize() if score and score.points is not None else None,
                widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
                error_messages={
                    "max_value": _("This criterion has at most %(most)s points.") % {"most": criterion.points}
                },
            )
            self.fields[f"comment_{criterion.pk}"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=5_000,
                initial=score.comment if score else "",
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )

    def rows(self):
        """Each criterion with its two fields."""
        return [
            (criterion, self[f"points_{criterion.pk}"], self[f"comment_{criterion.pk}"])
            for criterion in self.criteria
        ]

    def typed(self) -> dict[int, Typed]:
        """What was typed, by criterion."""
        return {
            one.pk: Typed(self.cleaned_data[f"points_{one.pk}"], self.cleaned_data[f"comment_{one.pk}"])
            for one in self.criteria
        }


class DecideForm(forms.Form):
    """What the committee decides for those it has ticked."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=DecisionOutcome.choices, widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label=_("Mode"), choices=[("", _("As applied for")), *Mode.choices], required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Kept with the decision; not in the letter."),
        error_messages={"required": _("Say why. One short sentence is enough.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(CONDITIONS):
            self.fields[f"condition_{number}"] = forms.CharField(
                label=_("Condition %(number)s") % {"number": number + 1},
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("to be met by"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    def condition_rows(self):
        """The fields of the conditions, in pairs."""
        return [(self[f"condition_{number}"], self[f"due_{number}"]) for number in range(CONDITIONS)]

    def clean(self):
        """Each condition has its day."""
        data = super().clean()
        for number in range(CONDITIONS):
            text, due = data.get(f"condition_{number}"), data.get(f"due_{number}")
            if text and not due and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Say by when it has to be met."))
            if due and not text:
                self.add_error(f"condition_{number}", _("Say what has to be met by then."))
        if data.get("outcome") == DecisionOutcome.CONDITIONAL and not data.get("condition_0"):
            self.add_error("condition_0", _("Say which conditions have to be met, and by when."))
        return data

    def choice(self) -> Choice:
        """What was chosen."""
        data = self.cleaned_data
        return Choice(
            outcome=data["outcome"],
            reason=data["reason"],
            mode=data["mode"],
            conditions=tuple(
                WantedCondition(data[f"condition_{number}"], data[f"due_{number}"])
                for number in range(CONDITIONS)
                if data.get(f"condition_{number}")
            ),
        )


class AssignForm(forms.Form):
    """Give one application to one assessor."""

    assessor = forms.ModelChoiceField(User.objects.none(), label=_("Assessor"))

    def __init__(self, *args, assessors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors


class LetterForm(forms.ModelForm):
    """The words of a letter. A field that does not exist is refused, with those that do."""

    class Meta:
        model = LetterTemplate
        fields = ["subject", "body"]
        widgets = {
            "subject": forms.TextInput(attrs={"dir": "auto"}),
            "body": forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        }

    def clean(self):
        """Only fields that exist."""
        data = super().clean()
        for name in ("subject", "body"):
            if unknown := unknown_fields(data.get(name, "")):
                self.add_error(
                    name,
                    _("There is no field %(unknown)s. These exist: %(fields)s.")
                    % {
                        "unknown": ", ".join(f"{{{one}}}" for one in unknown),
                        "fields": ", ".join(f"{{{one}}}" for one in FIELDS),
                    },
                )
        return data


class SendLettersForm(forms.Form):
    """Send every letter that was looked at."""

    looked_at = forms.CharField(max_length=64, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = reason_field(
        label=_("What this sending rests on"),
        help_text=_("For example: meeting of the committee of 12 May. Kept in the audit log."),
    )


class MeetForm(forms.Form):
    """How a condition was met."""

    document = forms.ModelChoiceField(
        queryset=None, required=False, label=_("Document that shows it"), empty_label=_("None")
    )
    reason = reason_field(label=_("How it was met"))

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = versions
        self.fields["document"].label_from_instance = lambda one: f"{one.document.wanted.label} · {one.name}"


class MoveConditionForm(forms.Form):
    """Another day for a condition."""

    due_on = forms.DateField(label=_("To be met by"), widget=AdminDateInput)
    reason = reason_field()
