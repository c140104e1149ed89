"""What a person asks of the catalogue, read from the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.criteria import Criteria, Order
from catalogue.facets import FACETS


class AnyChoice(forms.MultipleChoiceField):
    """Takes whatever the address says: values that mean nothing are left out when terms are looked up."""

    def valid_value(self, value):
        """Every value passes."""
        return True


class CatalogueForm(forms.Form):
    """Words, choices, order and page. What cannot be understood is ignored: an old link still shows the catalogue."""

    q = forms.CharField(label=_("Search the catalogue"), max_length=200, required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=Order, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in FACETS.items():
            self.fields[name] = AnyChoice(label=label, required=False)

    def criteria(self):
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        return Criteria(
            words=asked.get("q", ""),
            order=Order(asked["sort"]) if asked.get("sort") else None,
            chosen={name: tuple(asked[name]) for name in FACETS if asked.get(name)},
        )
