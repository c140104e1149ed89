"""Forms of the gradebook. They check shape; what may change and with which reason is for the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from enrolments.admin_views.forms import ReasonForm, reason_field
from gradebook.models import GradeCategory, GradeItem, GradeScale, GradeScheme
from portfolio.forms import NamedForm

MOST_PASTED = 200_000  # letters: a thousand learners and a handful of items
MOST_BYTES = 5 * 1024 * 1024


class LearnersForm(forms.Form):
    """Which learners the grid shows."""

    q = forms.CharField(label=_("Name"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All who hold a place")),
            ("missing", _("Something is missing")),
            ("waiting", _("Something waits for marking")),
            ("failing", _("Not passing")),
            ("hidden", _("Results not released")),
            ("gone", _("Withdrawn")),
        ],
    )


class CellForm(forms.Form):
    """One cell as the grid sends it."""

    enrolment = forms.IntegerField()
    item = forms.IntegerField()
    value = forms.CharField(required=False, max_length=100, strip=True)
    seen = forms.IntegerField(required=False, min_value=0)
    reason = forms.CharField(required=False, max_length=250)


class EntryForm(forms.Form):
    """The result of one item on the learner's page, with a comment."""

    value = forms.CharField(
        label=_("Result"),
        required=False,
        max_length=100,
        help_text=_("Points, a percentage, “excused” or “missing”. Empty: what the activity gave."),
    )
    comment = forms.CharField(
        label=_("Comment for the learner"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The learner reads it once the item is released."),
    )
    reason = reason_field(required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SchemeForm(forms.ModelForm):
    """How totals are made and shown."""

    class Meta:
        model = GradeScheme
        fields = ["scale", "decimals", "rounding", "missing", "new_results"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        scale = self.fields["scale"]
        usable = GradeScale.objects.in_use() | GradeScale.objects.filter(pk=self.instance.scale_id)
        scale.queryset = usable.in_order()


class CategoryForm(NamedForm):
    """One category."""

    class Meta:
        model = GradeCategory
        fields = ["name", "weight", "drop_lowest", "sort_order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_formative:
            self.fields["weight"].help_text = _(
                "Reported by the learner’s browser: formative unless you give it a weight."
            )


class ItemForm(NamedForm):
    """One item: an activity, or something graded by hand."""

    class Meta:
        model = GradeItem
        fields = ["name", "category", "points", "weight", "extra_credit", "due_at", "sort_order"]
        widgets = {"due_at": AdminDateTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = GradeCategory.objects.filter(scheme=self.instance.scheme_id)
        if self.instance.activity_id:
            del self.fields["due_at"]
            self.fields["name"].widget.attrs["placeholder"] = self.instance.activity.title
        else:
            self.fields["name"].required = True
            self.fields["name"].help_text = ""


class ManualItemForm(ItemForm):
    """Something new that is graded by hand."""

    shown = forms.BooleanField(
        label=_("Learners see its results as soon as they are entered"), required=False
    )

    class Meta(ItemForm.Meta):
        fields = ["name", "category", "points", "weight", "extra_credit", "due_at"]


class ReleaseForm(forms.Form):
    """Which items, and why they are hidden again."""

    items = forms.ModelMultipleChoiceField(
        GradeItem.objects.none(), label=_("Items"), widget=forms.CheckboxSelectMultiple
    )
    reason = reason_field(
        required=False, help_text=_("Needed to hide what learners have seen. Kept in the audit log.")
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items


class PasteForm(forms.Form):
    """Lines from a spreadsheet."""

    item = forms.ModelChoiceField(
        GradeItem.objects.none(),
        label=_("Item"),
        required=False,
        empty_label=_("The first line names the items"),
    )
    text = forms.CharField(
        label=_("Lines"),
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "One learner a line: e-mail address or enrolment number first, then the result. Copy the columns from a "
            "spreadsheet, or separate them by a semicolon."
        ),
        error_messages={"required": _("Paste at least one line.")},
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items


class FileForm(forms.Form):
    """A workbook that came from the export."""

    file = forms.FileField(
        label=_("Excel file (XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("The file of the export with your changes, at most 5 MB."),
        error_messages={"required": _("Choose the file.")},
    )

    def clean_file(self):
        """Not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. The export of a gradebook is smaller: choose that file.")
            )
        return file


class ConfirmForm(forms.Form):
    """What a preview showed, to be saved."""

    payload = forms.CharField(widget=forms.HiddenInput)
    reason = reason_field(required=False)


class ExportForm(ReasonForm):
    """Why names and results leave the site."""
