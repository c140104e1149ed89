"""What the cells of a table mean, and what entering its lines would do: days, languages, names, previews."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from portfolio.models.named import folded

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
F = TypeVar("F")
T = TypeVar("T")


@dataclass(frozen=True)
class Examined(Generic[F]):
    """One line: what it says, what is wrong, what is to be looked at, and whether it is there already."""

    line: int
    cells: dict[str, str]
    facts: F | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_known: bool = False

    @property
    def is_new(self) -> bool:
        """Whether confirming would enter it."""
        return self.facts is not None and not self.problems and not self.is_known


@dataclass(frozen=True)
class Preview(Generic[F]):
    """Every line of a file."""

    lines: tuple[Examined[F], ...]

    @property
    def new(self) -> list[Examined[F]]:
        """Those that would be entered."""
        return [line for line in self.lines if line.is_new]

    @property
    def refused(self) -> list[Examined[F]]:
        """Those with something wrong."""
        return [line for line in self.lines if line.problems]

    @property
    def known(self) -> list[Examined[F]]:
        """Those that are there already."""
        return [line for line in self.lines if line.is_known and not line.problems]

    @property
    def noted(self) -> list[Examined[F]]:
        """Those to look at twice."""
        return [line for line in self.lines if line.notes and not line.problems]


class WrongCell(Exception):
    """A cell that cannot be understood; `str()` says why."""


def take(problems: list[str], understand: Callable[..., T], *given) -> T | None:
    """What a cell says, or None and a sentence among the problems."""
    try:
        return understand(*given)
    except WrongCell as wrong:
        problems.append(str(wrong))
        return None


def day_of(typed: str) -> date:
    """A day written as 2012-04-30 or 30.4.2012. Raises WrongCell: 04/03/2012 can be two days."""
    found = DAY.fullmatch(typed)
    if not found:
        raise WrongCell(_("“%(day)s” is no day. Write it as 2012-04-30.") % {"day": typed})
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as impossible:
        raise WrongCell(_("“%(day)s” is no day of the calendar.") % {"day": typed}) from impossible


def languages_by_name() -> dict[str, str]:
    """Codes of languages by how people write them."""
    found = {}
    for code, label in settings.LANGUAGES:
        info = get_language_info(code)
        for name in (code, str(label), info["name"], info["name_local"], info["name_translated"]):
            found[name.casefold()] = code
    return found


def language_of(typed: str, languages: dict[str, str]) -> str:
    """The code of a language that somebody named; English where nothing stands. Raises WrongCell."""
    if not typed:
        return "en"
    code = languages.get(typed.casefold())
    if code is None:
        codes = ", ".join(code for code, _label in settings.LANGUAGES)
        raise WrongCell(
            _("“%(language)s” is no language of this site. Write one of: %(codes)s.")
            % {"language": typed, "codes": codes}
        )
    return code


def words_of(name: str) -> set[str]:
    """The parts of a name by which two ways of writing it are compared: no initials, no accents.

    One sign is a whole part in scripts without capitals.
    """
    parts = re.split(r"[\s\-.,’']+", folded(name))
    return {part for part in parts if len(part) > 1 or part.upper() == part != ""}
