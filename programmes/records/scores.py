"""Results as staff type them, in per cent, and as they are stored, from 0 to 1."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _


def percent_field(**options) -> forms.DecimalField:
    """A field for a result in per cent."""
    defaults = {
        "label": _("Result, %"),
        "min_value": 0,
        "max_value": 100,
        "decimal_places": 2,
        "max_digits": 5,
        "localize": True,
    }
    return forms.DecimalField(**defaults | options)


def as_share(percent: Decimal | None) -> Decimal | None:
    """What was typed, as it is stored."""
    return None if percent is None else percent / 100


def as_typed(share: Decimal | None) -> Decimal | None:
    """What is stored, as it is typed."""
    return None if share is None else (share * 100).quantize(Decimal("0.01")).normalize() + 0
