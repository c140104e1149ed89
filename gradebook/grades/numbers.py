"""Rounding, and numbers as people write them. Every number that is printed is the number that is worked on with."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from django.utils.formats import get_format

# Percentages on the way to the total are printed, and worked on, with this many decimals at most.
DECIMALS = 2
HUNDREDTH = Decimal(1).scaleb(-DECIMALS)


def rounded(value: Fraction | Decimal, decimals: int = DECIMALS, *, down: bool = False) -> Decimal:
    """The value with that many decimals: the nearest (halves go up), or the one below."""
    scale = 10**decimals
    whole = floor(Fraction(value) * scale + (0 if down else Fraction(1, 2)))
    return Decimal(whole).scaleb(-decimals)


def as_percent(score: Decimal) -> Decimal:
    """A share between 0 and 1 as a percentage, as it is printed. Asked for every cell, so without fractions."""
    return (score * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """The number without idle zeros, with the decimal separator of the reader's language: 72.5."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", get_format("DECIMAL_SEPARATOR"))
