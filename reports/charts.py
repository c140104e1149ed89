"""Bars, drawn as SVG on the server. The table behind them says the same in figures."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
LABELS = 250
NUMBERS = 60
LINE = 34
MOST = 15


@dataclass(frozen=True)
class Bar:
    """One line of the chart: two bars, one above the other, and where they stand."""

    label: str
    first: int
    second: int
    y: int
    first_width: int
    second_width: int

    @property
    def text_y(self) -> int:
        """Where the words stand."""
        return self.y + 16

    @property
    def second_y(self) -> int:
        """Where the second bar stands."""
        return self.y + 13


@dataclass(frozen=True)
class Chart:
    """The bars and the size of the drawing."""

    bars: tuple[Bar, ...]
    left_out: int
    width: int = WIDTH
    labels: int = LABELS

    @property
    def height(self) -> int:
        """As high as its lines."""
        return len(self.bars) * LINE + 8


def bar_chart(values: Sequence[tuple[str, int, int]]) -> Chart:
    """A chart of label, first and second number; the largest fifteen when there are more, in their given order."""
    shown = sorted(sorted(range(len(values)), key=lambda n: -values[n][1])[:MOST])
    longest = max((max(first, second) for _label, first, second in values), default=0) or 1
    room = WIDTH - LABELS - NUMBERS
    bars = []
    for line, number in enumerate(shown):
        label, first, second = values[number]
        bars.append(
            Bar(
                _short(label),
                first,
                second,
                4 + line * LINE,
                room * first // longest,
                room * second // longest,
            )
        )
    return Chart(tuple(bars), len(values) - len(shown))


def _short(label, most=36):
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
