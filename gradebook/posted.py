"""The grid as a browser without JavaScript sends it back: which cells were touched, and what they had shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

CELL = re.compile(r"c-(\d{1,18})-(\d{1,18})")
ROW = re.compile(r"seen-(\d{1,18})")
SHOWN = re.compile(r"(\d{1,18}):(\d{1,18}):([^;]*)")


@dataclass(frozen=True)
class Touched:
    """A cell whose text is not what it was."""

    enrolment: int
    item: int
    value: str
    seen: int

    @property
    def name(self) -> str:
        """Its field."""
        return f"c-{self.enrolment}-{self.item}"


def touched_cells(posted: Mapping[str, str]) -> list[Touched]:
    """The cells somebody typed in. What is not of our making is passed over."""
    shown = dict(_shown(posted))
    found = []
    for name, value in posted.items():
        if cell := CELL.fullmatch(name):
            entry, text = shown.get(name, (0, ""))
            if value.strip() != text:
                found.append(Touched(int(cell[1]), int(cell[2]), value.strip(), entry))
    return found


def _shown(posted) -> Iterator[tuple[str, tuple[int, str]]]:
    for name, value in posted.items():
        if row := ROW.fullmatch(name):
            for part in SHOWN.finditer(value):
                yield f"c-{row[1]}-{part[1]}", (int(part[2]), part[3])
