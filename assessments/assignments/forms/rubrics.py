"""The grid a rubric is written in: rows and columns come and go by buttons, also where there is no JavaScript."""

import re
import uuid
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from assessments.models import Rubric

KEY = re.compile(r"[0-9a-zA-Z_-]{1,36}")
LONGEST_TITLE, LONGEST_TEXT, MOST_POINTS = 150, 1000, Decimal(1000)
MOST_LEVELS, MOST_CRITERIA = 8, 20


@dataclass
class GridCell:
    """One level of one criterion as typed."""

    level: str
    text: str = ""
    points: str = "0"
    error: str = ""


@dataclass
class GridRow:
    """One criterion as typed."""

    key: str
    title: str = ""
    description: str = ""
    cells: list[GridCell] = field(default_factory=list)


@dataclass
class GridLevel:
    """One column as typed."""

    key: str
    title: str = ""


class RubricGrid:
    """The grid of a rubric, as saved or as typed; `language` is that of its words."""

    def __init__(self, name: str, language: str, levels: list[GridLevel], rows: list[GridRow]):
        self.name, self.language, self.levels, self.rows = name, language, levels, rows
        self.errors: list[str] = []

    @classmethod
    def saved(cls, rubric: Rubric, language: str) -> "RubricGrid":
        """The grid as last saved, with the words of a language; a new one is offered with two rows and four columns."""
        text = next((text for text in rubric.texts.all() if text.language == language), None)
        titles, said = (text.levels, text.criteria) if text else ({}, {})
        levels = [GridLevel(one["key"], titles.get(one["key"], "")) for one in rubric.levels]
        rows = []
        for row in rubric.criteria:
            words = said.get(row["key"], {})
            cells = [
                GridCell(
                    level.key, words.get("cells", {}).get(level.key, ""), row["points"].get(level.key, "0")
                )
                for level in levels
            ]
            rows.append(GridRow(row["key"], words.get("title", ""), words.get("description", ""), cells))
        grid = cls(rubric.name, language, levels, rows)
        if not rubric.levels:
            grid.begin()
        return grid

    def begin(self) -> None:
        """Something to start from."""
        self.levels = [
            GridLevel(new_key(), title)
            for title in (_("Excellent"), _("Good"), _("Sufficient"), _("Insufficient"))
        ]
        for _row in range(2):
            self.add_row()
        for row in self.rows:
            for cell, points in zip(row.cells, ("4", "3", "2", "0"), strict=True):
                cell.points = points

    @classmethod
    def typed(cls, data, language: str) -> "RubricGrid":
        """The grid as the browser sent it; what is no grid is left out."""
        levels = [
            GridLevel(key, data.get(f"level-{key}", "").strip()[:LONGEST_TITLE])
            for key in _keys(data.getlist("level"))[:MOST_LEVELS]
        ]
        rows = [
            GridRow(
                key,
                data.get(f"row-{key}", "").strip()[:LONGEST_TITLE],
                data.get(f"row-{key}-description", "").strip()[:LONGEST_TEXT],
                [
                    GridCell(
                        level.key,
                        data.get(f"cell-{key}-{level.key}", "").strip()[:LONGEST_TEXT],
                        data.get(f"points-{key}-{level.key}", "").strip()[:12],
                    )
                    for level in levels
                ],
            )
            for key in _keys(data.getlist("row"))[:MOST_CRITERIA]
        ]
        return cls(data.get("name", "").strip()[:LONGEST_TITLE], language, levels, rows)

    def change(self, data) -> str | None:
        """Do what a button of the grid asks for; the id of the field to go on in, or None if none was pressed."""
        if "add-row" in data and len(self.rows) < MOST_CRITERIA:
            return f"row-{self.add_row()}"
        if "add-level" in data and len(self.levels) < MOST_LEVELS:
            return f"level-{self.add_level()}"
        if "remove-row" in data:
            self.rows = [row for row in self.rows if row.key != data["remove-row"]]
            return "add-row"
        if "remove-level" in data:
            self._remove_level(data["remove-level"])
            return "add-level"
        if "up" in data:
            return self._move_up(data["up"])
        return None

    def add_row(self) -> str:
        """A new criterion at the end."""
        row = GridRow(new_key(), cells=[GridCell(level.key) for level in self.levels])
        self.rows.append(row)
        return row.key

    def add_level(self) -> str:
        """A new level at the end."""
        level = GridLevel(new_key())
        self.levels.append(level)
        for row in self.rows:
            row.cells.append(GridCell(level.key))
        return level.key

    def _remove_level(self, key):
        self.levels = [level for level in self.levels if level.key != key]
        for row in self.rows:
            row.cells = [cell for cell in row.cells if cell.level != key]

    def _move_up(self, key):
        place = next((place for place, row in enumerate(self.rows) if row.key == key), 0)
        if place:
            self.rows[place - 1], self.rows[place] = self.rows[place], self.rows[place - 1]
        return f"row-{key}"

    def is_valid(self) -> bool:
        """Whether it can be saved; what is wrong stands in `errors` and beside the cells."""
        self.errors = []
        if not self.name:
            self.errors.append(_("Give the rubric a name."))
        for row in self.rows:
            for cell in row.cells:
                cell.error = points_error(cell.points)
        if any(cell.error for row in self.rows for cell in row.cells):
            self.errors.append(_("Some points are no numbers from 0 to 1,000."))
        return not self.errors

    def structure(self) -> dict:
        """Levels and criteria with their points, as the rubric keeps them."""
        return {
            "levels": [{"key": level.key} for level in self.levels],
            "criteria": [
                {"key": row.key, "points": {cell.level: normal(cell.points) for cell in row.cells}}
                for row in self.rows
            ],
        }

    def words(self) -> dict:
        """The words, as the rubric keeps them."""
        return {
            "language": self.language,
            "levels": {level.key: level.title for level in self.levels},
            "criteria": {
                row.key: {
                    "title": row.title,
                    "description": row.description,
                    "cells": {cell.level: cell.text for cell in row.cells},
                }
                for row in self.rows
            },
        }


def new_key() -> str:
    """A stable name for a row or a column."""
    return str(uuid.uuid4())


def _keys(sent: list[str]) -> list[str]:
    """The keys sent, each once, without what is none."""
    return list(dict.fromkeys(key for key in sent if KEY.fullmatch(key)))


def points_error(typed: str) -> str:
    """What is wrong with points as typed, or nothing."""
    try:
        value = Decimal(typed.replace(",", ".") or "0")
    except InvalidOperation:
        return _("Give a number.")
    if not value.is_finite() or not 0 <= value <= MOST_POINTS:
        return _("Give a number from 0 to 1,000.")
    return ""


def normal(typed: str) -> str:
    """Points as they are kept: 4, 2.5."""
    return f"{Decimal(typed.replace(',', '.') or '0').quantize(Decimal('0.01')).normalize():f}"
