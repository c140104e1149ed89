"""The designs that come with the system, as data beside this module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from certificates.paper.design import Design, read

NAMES = ("completion", "participation", "diploma")


@cache
def text_of(name: str) -> str:
    """A shipped design as it stands in its file."""
    return (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")


@cache
def shipped(name: str) -> Design:
    """A shipped design, ready to be drawn."""
    return read(json.loads(text_of(name)))
