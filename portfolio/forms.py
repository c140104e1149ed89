"""Forms of the staff screens: a name in every language, and choices in the order people read them."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portfolio.models import Donor, ExpectedResult, Named, Partner
from portfolio.usage import deletion_refusal

# From language to form field. English is the model's own `name`.
NAME_FIELDS = {
    code: f"name_{code.replace('-', '_')}" for code, _label in settings.LANGUAGES if not code.startswith("en")
}


def name_inputs() -> dict[str, forms.Field]:
    """One optional input per language."""
    labels = dict(settings.LANGUAGES)
    return {
        field: forms.CharField(
            label=format_lazy("{name} ({language})", name=_("Name"), language=labels[code]),
            required=False,
            max_length=Named._meta.get_field("name").max_length,
            widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
        )
        for code, field in NAME_FIELDS.items()
    }


NameInputs = type(WagtailAdminModelForm)("NameInputs", (WagtailAdminModelForm,), name_inputs())


class NamedForm(NameInputs):
    """Edits the names in other languages beside the other fields, and puts choices into their order."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, field in NAME_FIELDS.items():
            self.initial.setdefault(field, self.instance.names.get(code, ""))
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, Named):
                field.queryset = field.queryset.in_order()

    def clean(self):
        """Keep the names that were given."""
        cleaned = super().clean()
        given = {code: cleaned.get(field, "") for code, field in NAME_FIELDS.items()}
        self.instance.names = {code: name for code, name in given.items() if name}
        return cleaned


class ProfessionForm(NamedForm):
    """Keeps professions two levels deep."""

    def clean_parent(self):
        """A group that has professions stays a group, and a profession lies in a group."""
        parent = self.cleaned_data["parent"]
        if parent and (parent == self.instance or (self.instance.pk and self.instance.professions.exists())):
            raise ValidationError(
                _("This group has professions of its own and cannot become part of another.")
            )
        return parent


class ResultChoices(forms.ModelMultipleChoiceField):
    """Expected results under the reference that reports cite."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        """Reference and name."""
        return f"{obj.reference} {obj.label}"


class ProjectForm(NamedForm):
    """Donors, partners and expected results are ticked."""

    donors = forms.ModelMultipleChoiceField(
        Donor.objects.all(), label=_("donors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.all(), label=_("partners"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expected_results = ResultChoices(
        ExpectedResult.objects.select_related("priority__framework"),
        label=_("expected results"),
        required=False,
    )


class FrameworkForm(NamedForm):
    """A framework with its priorities and their expected results."""

    def clean(self):
        """Refuse to remove a priority or an expected result that is in use."""
        cleaned = super().clean()
        for removed in removed_parts(self):
            refusal = deletion_refusal(removed)
            if refusal:
                self.add_error(None, refusal)
        return cleaned


def removed_parts(form) -> list:
    """Saved rows that this form, or a form inside it, is asked to delete."""
    removed = []
    for formset in form.formsets.values():
        for part in formset.forms:
            if part.instance.pk and part[DELETION_FIELD_NAME].data:
                removed.append(part.instance)
            removed += removed_parts(part)
    return removed
