"""The roles type plays on a paper, and the measures every name is checked against."""

from __future__ import annotations

from certificates.paper.text import Style

COLUMN, NAME_SIZE, NAME_SMALLEST = 640.0, 46.0, 14.0

ROLES = {
    "capitals": Style("medium", ("smcp", "lnum"), 95),
    "regular": Style("regular", ("lnum",)),
    "italic": Style("italic", ("lnum",)),
    "medium": Style("medium"),
    "semibold": Style("semibold"),
    "serial": Style("regular", ("lnum", "tnum"), 40),
}
