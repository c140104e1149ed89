"""Tables: heads repeated on each page, groups of rows below titles, totals that stand out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from certificates.paper.documents.content import Row, RowGroup, Table, plain
from certificates.paper.documents.setting import Look, Scribe
from certificates.paper.documents.strips import MEASURE, Ink, Place, Strip
from certificates.paper.elements import COLOURS
from certificates.paper.ornament import level_rule
from certificates.paper.sheet import Sheet, fill
from certificates.paper.structure import Element

PRIMARY, HAIRLINE, PALE = "#0B3A5B", "#D5DEE5", "#F1F5F8"
FIGURES = ("lnum", "tnum")
CELL = Look(9.8, features=FIGURES)
HEAD = Look(8.8, PRIMARY, "semibold")
TITLE = Look(10, PRIMARY, "semibold")
TOTAL = Look(9.8, weight="semibold", features=FIGURES)
GUTTER, APART, ABOVE, BELOW = 5.0, 9.0, 2.6, 2.9


@dataclass(frozen=True)
class TableSetter:
    """Makes the strips of one table."""

    table: Table
    scribe: Scribe
    place: Place

    def strips(self, element: Element) -> list[Strip]:
        """The table as strips; its structure is added to the element."""
        element.summary = self.table.summary
        cells = [column.title for column in self.table.columns]
        heads = element.add(Element("THead")).add(Element("TR"))
        elements = [heads.add(Element("TH", scope="Column")) for _column in cells]
        head = self._head(cells, elements)
        again = self._head(cells, [None] * len(cells))
        strips = [head]
        for group in self.table.groups:
            strips += self._group(group, element.add(Element("TBody")))
        above = (replace(again, before=0),)
        *rows, last = [head, *(replace(strip, above=above) for strip in strips[1:])]
        closing = Ink(None, self._rule(last.height, PRIMARY, 0.9))
        return [*rows, replace(last, inks=(*last.inks, closing))]

    def _head(self, cells, elements) -> Strip:
        strip = self._cells(cells, elements, HEAD, bottom=True)
        rules = (Ink(None, self._rule(0, PRIMARY, 0.9)), Ink(None, self._rule(strip.height, PRIMARY, 0.5)))
        return replace(strip, before=7, keeps_next=True, inks=(*strip.inks, *rules))

    def _group(self, group: RowGroup, body: Element) -> list[Strip]:
        strips = [self._title(group, body)] if plain(group.title) else []
        for number, row in enumerate(group.rows):
            follows_total = number + 1 < len(group.rows) and group.rows[number + 1].total
            strip = self._row(row, body.add(Element("TR")))
            strips.append(replace(strip, keeps_next=follows_total))
        return strips

    def _title(self, group: RowGroup, body: Element) -> Strip:
        """The title of a group, across the table."""
        head = body.add(Element("TR")).add(Element("TH", scope="Column", columns=len(self.table.columns)))
        setting = self.scribe.set(group.title, TITLE, MEASURE - 2 * GUTTER)
        height = setting.height + ABOVE + BELOW + 2

        def tint(sheet: Sheet, top: float) -> None:
            left, right = self.place.sides(0, MEASURE)
            sheet.code(f"{fill(PALE)} {left:.2f} {top - height:.2f} {right - left:.2f} {height:.2f} re f")

        said = self.place.text(head, setting, (GUTTER, MEASURE - 2 * GUTTER), drop=ABOVE + 1)
        return Strip(height, (Ink(None, tint), said), keeps_next=True, says=plain(group.title))

    def _row(self, row: Row, element: Element) -> Strip:
        elements = [
            element.add(Element("TH", scope="Row") if column.names_row else Element("TD"))
            for column in self.table.columns
        ]
        strip = self._cells(row.cells, elements, TOTAL if row.total else CELL)
        rule = (0, COLOURS["ink"], 0.6) if row.total else (strip.height, HAIRLINE, 0.4)
        return replace(strip, inks=(*strip.inks, Ink(None, self._rule(*rule))))

    def _cells(self, cells, elements, look: Look, bottom: bool = False) -> Strip:
        """Cells side by side: their first lines level, or for heads their last ones."""
        rooms = list(self._rooms())
        settings = [
            self.scribe.set(words, look, width) for words, (_start, width) in zip(cells, rooms, strict=True)
        ]
        first = max(setting.first for setting in settings)
        tallest = max(first - setting.first + setting.height for setting in settings)
        inks = []
        for setting, element, column, at in zip(settings, elements, self.table.columns, rooms, strict=True):
            drop = tallest - setting.height if bottom else first - setting.first
            inks.append(self.place.text(element, setting, at, column.align, ABOVE + drop))
        return Strip(tallest + ABOVE + BELOW, tuple(inks), says=_longest(cells))

    def _rooms(self) -> Iterator[tuple[float, float]]:
        """Where the words of each column begin and how wide they may be; words keep away from figures beside them."""
        before = ""
        for column, (start, width) in zip(self.table.columns, self._widths(), strict=True):
            apart = (
                APART if before == "figures" and column.align == "start" and not self.place.mirrored else 0
            )
            yield start + GUTTER + apart, width - 2 * GUTTER - apart
            before = column.align

    def _widths(self) -> list[tuple[float, float]]:
        """Where each column begins and how wide it is."""
        whole = sum(column.width for column in self.table.columns)
        shares = accumulate((column.width / whole * MEASURE for column in self.table.columns), initial=0.0)
        return [(start, end - start) for start, end in pairwise(shares)]

    def _rule(self, drop: float, colour: str, line: float):
        left, right = self.place.sides(0, MEASURE)
        return lambda sheet, top: sheet.code(level_rule(left, right, top - drop, colour, line))


def _longest(cells) -> str:
    return max((plain(words) for words in cells), key=len)
