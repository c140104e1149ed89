"""Fields of the authoring forms: words in the CMS's editor, shares typed in per cent, numbers kept as text."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from assessments.kinds.base import says_something
from assessments.kinds.numbers import typed_number
from assessments.models import OPTION_FEATURES, STEM_FEATURES


class RichTextField(forms.CharField):
    """Words with emphasis, lists and pictures, in the CMS's own editor."""

    features = STEM_FEATURES

    def __init__(self, **kwargs):
        super().__init__(widget=get_rich_text_editor_widget(features=self.features), **kwargs)

    def get_bound_field(self, form, field_name):
        """Name the editor for those who do not see its label."""
        self.widget.options = self.widget.options | {"ariaLabel": str(self.label)}
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        """An editor that holds no word and no picture holds nothing."""
        value = super().to_python(value)
        return value if says_something(value) else ""


class LineField(RichTextField):
    """A line or a few in the editor: an option, feedback."""

    features = OPTION_FEATURES


class PlainField(forms.CharField):
    """Plain words in the direction of their own script."""

    def __init__(self, *, rows=1, max_length=500, **kwargs):
        attrs = {"dir": "auto"} | ({"rows": rows} if rows > 1 else {})
        widget = forms.Textarea(attrs=attrs) if rows > 1 else forms.TextInput(attrs=attrs)
        super().__init__(widget=widget, max_length=max_length, **kwargs)


class NumberField(forms.CharField):
    """A number typed as people type numbers; becomes the text that content keeps."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "size": 10})
        super().__init__(widget=widget, max_length=40, **kwargs)

    def clean(self, value):
        """The number in plain digits; empty stays empty."""
        value = super().clean(value)
        if not value:
            return ""
        number = typed_number(value)
        if number is None:
            raise forms.ValidationError(_("“%(value)s” is not a number."), params={"value": value})
        return as_text(number)


class ShareField(forms.DecimalField):
    """A share typed in per cent; becomes a share of 1 as content keeps it, "" where nothing was typed."""

    def __init__(self, *, least=0, **kwargs):
        widget = forms.NumberInput(attrs={"step": "any"})
        super().__init__(min_value=least, max_value=100, decimal_places=3, widget=widget, **kwargs)

    def clean(self, value):
        """The text of the share."""
        value = super().clean(value)
        return "" if value is None else as_text(value / 100)


def as_text(number: Decimal) -> str:
    """A number as content keeps it: no exponent, no zeros at the end."""
    return f"{number.normalize():f}"


def per_cent(share: str | None) -> str:
    """A share as content keeps it, as it is typed."""
    return as_text(Decimal(share) * 100) if share not in (None, "") else ""
