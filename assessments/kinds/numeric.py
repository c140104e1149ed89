"""A number is typed, with a tolerance and, where the author asks for one, a unit."""

import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, mapped, number, share, typed
from assessments.kinds.numbers import readings, split_unit, visible

LONGEST, LONGEST_UNIT = 40, 20


class Numeric(Kind):
    """The accepted value that earns most counts; a wrong or missing unit costs what the author set."""

    name = "numeric"
    label = gettext_lazy("Number")
    description = gettext_lazy("A number is typed, with a tolerance and perhaps a unit.")
    empty = dict

    def clean(self, content, response):
        """What was typed, number and unit apart."""
        given = mapped(response)
        value, unit = typed(given.get("value"), LONGEST), typed(given.get("unit"), LONGEST_UNIT)
        if self.asks_unit(content):
            bare, beside = split_unit(value)
            if beside and (not unit or unit_name(beside).casefold() == unit_name(unit).casefold()):
                value, unit = bare, typed(beside, LONGEST_UNIT)
        return {"value": value, "unit": unit} if value or unit else {}

    def from_post(self, content, posted):
        """A field for the number and one for the unit."""
        return self.clean(content, {name: next(iter(posted.get(name, ())), "") for name in ("value", "unit")})

    def asks_unit(self, content: dict) -> bool:
        """Whether a unit may be typed."""
        return content.get("settings", {}).get("unit", "none") != "none"

    def _factor(self, content, unit):
        """What one of the typed unit is in the base unit, or None where it is not known."""
        units = content.get("settings", {}).get("units", ())
        name = unit_name(unit)
        exact = [entry for entry in units if unit_name(entry["symbol"]) == name]
        alike = [entry for entry in units if unit_name(entry["symbol"]).casefold() == name.casefold()]
        found = exact or (alike if len(alike) == 1 else [])
        return number(found[0].get("factor"), ONE) if found else None

    def _unit_of(self, content, response) -> tuple[Decimal, Decimal]:
        """What to multiply the typed number by, and what a wrong or missing unit costs."""
        if not self.asks_unit(content):
            return ONE, ZERO
        unit = response.get("unit", "")
        factor = self._factor(content, unit) if unit else None
        if factor is not None:
            return factor, ZERO
        needed = content["settings"]["unit"] == "required" or unit
        return ONE, number(content["settings"].get("unit_penalty")) if needed else ZERO

    def matched(self, content: dict, response: dict) -> dict | None:
        """The accepted value that earns most for what was typed, or None."""
        factor, _penalty = self._unit_of(content, response)
        values = [value * factor for value in readings(response.get("value", ""))]
        found = [option for option in content["options"] if any(accepts(option, value) for value in values)]
        return max(found, key=_weight, default=None)

    def score(self, content, response):
        """The best accepted value within its tolerance, less what a wrong unit costs."""
        option = self.matched(content, response)
        _factor, penalty = self._unit_of(content, response)
        return share(_weight(option) - max(penalty, ZERO)) if option else ZERO

    def right_response(self, content, language):
        """The value that earns most, in the base unit."""
        best = max(content["options"], key=_weight, default=None)
        units = content.get("settings", {}).get("units", ())
        unit = units[0]["symbol"] if units and self.asks_unit(content) else ""
        return {"value": best.get("value", ""), "unit": unit} if best else {}

    def words_wanted(self, content):
        """None: numbers have no words."""
        return []

    def structure_problems(self, content):
        """One value must earn everything; a unit that is asked for must be known."""
        problems = []
        if not any(_weight(option) == 1 for option in content["options"]):
            problems.append(_("No accepted number earns everything."))
        if not all(is_number(option) for option in content["options"]):
            problems.append(_("An accepted answer is not a number."))
        if self.asks_unit(content) and not content["settings"].get("units"):
            problems.append(_("It asks for a unit but names none."))
        return problems

    def response_text(self, content, words, response):
        """Number and unit."""
        return f"{response.get('value', '')} {response.get('unit', '')}".strip()


def is_number(option: dict) -> bool:
    """Whether an accepted value is a number at all."""
    return not number(option.get("value"), Decimal("NaN")).is_nan()


def accepts(option: dict, value: Decimal) -> bool:
    """Whether a number lies within the tolerance of an accepted value, its edges included."""
    off = abs(value - number(option.get("value")))
    return is_number(option) and off <= number(option.get("tolerance"))


def unit_name(symbol: str) -> str:
    """A unit as it is compared: m² is m2, and spaces and a full stop say nothing."""
    return "".join(visible(unicodedata.normalize("NFKC", symbol)).split()).rstrip(".")


def _weight(option):
    return number(option.get("weight"), ONE)
