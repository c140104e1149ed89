"""Texts of the sample pages. They show how words sit on the page, and are not part of the interface."""

from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@cache
def samples(language):
    """Return the texts in a language, or in English where there are none."""
    file = FOLDER / f"samples.{language}.yaml"
    if not file.exists():
        return samples("en")
    texts = yaml.safe_load(file.read_text(encoding="utf-8"))
    texts["plain_units"] = [
        unit | {"lessons": [stateless(lesson) for lesson in unit["lessons"]]} for unit in texts["units"]
    ]
    return texts


def stateless(lesson):
    """Return a lesson as somebody sees it who is not learning."""
    return {"title": lesson["title"], "minutes": lesson["minutes"]}
