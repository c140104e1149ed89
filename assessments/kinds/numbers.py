"""Numbers as people type them, in any of the house's scripts."""

import re
from decimal import Decimal, InvalidOperation

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−–", "01234567890123456789.,--")
LONGEST = 40
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d{1,3}(?:\.\d{3}){2,}")


def typed_number(text: str) -> Decimal | None:
    """The number somebody typed, or None. A comma or a point is the decimal sign; spaces and groups are understood."""
    text = re.sub(r"[\s'’]", "", text.translate(DIGITS))[:LONGEST]
    if "," in text and "." in text:
        grouping = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(grouping, "").replace(",", ".")
    elif text.count(",") > 1 or text.count(".") > 1:
        if not THOUSANDS.fullmatch(text):
            return None
        text = text.replace(",", "").replace(".", "")
    text = text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def split_unit(text: str) -> tuple[str, str]:
    """A number and the unit typed behind it: "12,5 km" is "12,5" and "km"."""
    text = text.strip()
    found = re.match(r"[+\-−–]?[\d٠-٩۰-۹.,٫٬'’\s]*(?:[eE][+-]?\d{1,3})?", text)
    value = found[0] if found else ""
    return value.strip(), text[len(value) :].strip()
