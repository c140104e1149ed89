"""A number is typed, with a tolerance and, where the author asks for one, a unit."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import ONE, ZERO, Kind, number, share
from assessments.kinds.numbers import split_unit, typed_number


class Numeric(Kind):
    """The accepted value that earns most counts; a wrong or missing unit costs what the author set."""

    name = "numeric"
    label = gettext_lazy("Number")
    description = gettext_lazy("A number is typed, with a tolerance and perhaps a unit.")
    empty = dict

    def clean(self, content, response):
        """What was typed, number and unit apart."""
        given = response if isinstance(response, dict) else {}
        value, unit = str(given.get("value", "")).strip()[:40], str(given.get("unit", "")).strip()[:20]
        if value and not unit and self.asks_unit(content):
            value, unit = split_unit(value)
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
        known = {entry["symbol"].casefold(): number(entry.get("factor"), ONE) for entry in units}
        exact = {entry["symbol"]: number(entry.get("factor"), ONE) for entry in units}
        return exact.get(unit, known.get(unit.casefold()))

    def score(self, content, response):
        """The best accepted value within its tolerance, less what a wrong unit costs."""
        value = typed_number(response.get("value", ""))
        if value is None:
            return ZERO
        factor, penalty = ONE, ZERO
        if self.asks_unit(content):
            unit = response.get("unit", "")
            known = self._factor(content, unit) if unit else None
            needed = content["settings"]["unit"] == "required" or unit
            factor = ONE if known is None else known
            penalty = number(content["settings"].get("unit_penalty")) if known is None and needed else ZERO
        earned = max((accepted_weight(option, value * factor) for option in content["options"]), default=ZERO)
        return share(earned - penalty) if earned else ZERO

    def right_response(self, content, language):
        """The value that earns most, in the base unit."""
        best = max(content["options"], key=lambda option: number(option.get("weight"), ONE), default=None)
        units = content.get("settings", {}).get("units", ())
        unit = units[0]["symbol"] if units and self.asks_unit(content) else ""
        return {"value": best["value"], "unit": unit} if best else {}

    def words_wanted(self, content):
        """None: numbers have no words."""
        return []

    def structure_problems(self, content):
        """One value must earn everything; a unit that is asked for must be known."""
        problems = []
        if not any(number(option.get("weight"), ONE) == 1 for option in content["options"]):
            problems.append(_("No accepted number earns everything."))
        if any(number(option.get("value"), Decimal("NaN")).is_nan() for option in content["options"]):
            problems.append(_("An accepted answer is not a number."))
        if self.asks_unit(content) and not content["settings"].get("units"):
            problems.append(_("It asks for a unit but names none."))
        return problems

    def response_text(self, content, words, response):
        """Number and unit."""
        return f"{response.get('value', '')} {response.get('unit', '')}".strip()


def accepted_weight(option: dict, value: Decimal) -> Decimal:
    """What an accepted value earns for a number: its weight within the tolerance, else nothing."""
    off = abs(value - number(option.get("value")))
    return number(option.get("weight"), ONE) if off <= number(option.get("tolerance")) else ZERO
