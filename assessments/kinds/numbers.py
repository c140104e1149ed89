"""Numbers as people type them, in any of the house's scripts."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

LONGEST = 60
SIGNS = str.maketrans("٬’،，．＋－−–‑", "'',,.+----")
POWER = re.compile(r"\s*[×*·x]\s*10\s*\^\s*")
PARTS = re.compile(r"([+-]?)\s*([\d.,٫' ]*)(?:[eE]([+-]?\d{1,3}))?")
# The Arabic sign is always a decimal sign; a point or a comma may be either.
DECIMAL_SIGNS = "٫.,"
GROUPED = {
    sign: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{2,3}})*{re.escape(sign)}\d{{3}}")
    for sign in " '.,"
}
TYPED = (
    r"[+\-−–‑－＋]?\s*[\d.,٫٬،，．'’\s]*\d[.,٫]?"
    r"(?:[eE][+\-−]?\d{1,3}|\s*[×*·x]\s*10\s*\^\s*[+\-−]?\d{1,3})?"
)
NUMBER_FIRST = re.compile(rf"({TYPED})(.*)", re.DOTALL)
NUMBER_LAST = re.compile(rf"([^\d+\-−–.,]+?)({TYPED})")


def readings(text: str) -> list[Decimal]:
    """Every number that what was typed may mean, the likeliest first; none when it is no number.

    A comma or a point is read as the decimal sign, and where it may just as well part thousands ("1,000"), as that too.
    """
    parts = PARTS.fullmatch(_in_ascii(text))
    if not parts or len(text) > LONGEST:
        return []
    sign, digits, power = parts.groups(default="")
    found = (f"{sign}{read}e{power or 0}" for read in _read(digits.strip()))
    return [Decimal(one) for one in dict.fromkeys(found)]


def typed_number(text: str) -> Decimal | None:
    """The number somebody typed, in its likeliest reading; or None."""
    return next(iter(readings(text)), None)


def split_unit(text: str) -> tuple[str, str]:
    """A number and the unit typed behind or before it: "12,5 km" is "12,5" and "km". Without a number, no unit."""
    text = visible(text).strip()
    if found := NUMBER_FIRST.fullmatch(text):
        return found[1].strip(), found[2].strip()
    if found := NUMBER_LAST.fullmatch(text):
        return found[2].strip(), found[1].strip()
    return text, ""


def visible(text: str) -> str:
    """The text without what only steers how it is shown, such as marks of direction."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def _in_ascii(text):
    return " ".join(POWER.sub("e", ascii_digits(visible(text)).translate(SIGNS)).split())


def _read(digits: str) -> Iterator[str]:
    for sign in DECIMAL_SIGNS:
        whole, found, part = digits.partition(sign)
        if found and (whole or part) and (not part or part.isdigit()) and _is_whole(whole, sign):
            yield f"{_bare(whole) or 0}.{part or 0}"
    if digits and _is_whole(digits):
        yield _bare(digits)


def _is_whole(digits: str, decimal_sign: str = "") -> bool:
    """Whether it is a whole number, plain or in groups that are not parted by the decimal sign."""
    if not digits or digits.isdigit():
        return True
    return any(sign != decimal_sign and groups.fullmatch(digits) for sign, groups in GROUPED.items())


def _bare(digits: str) -> str:
    return re.sub(r"\D", "", digits)
