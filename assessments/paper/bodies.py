"""What a learner answers in each kind of question, ready to be shown."""

from collections.abc import Callable
from typing import Any

from assessments.paper.arrangements import matching, ordering
from assessments.paper.choices import choice, hotspot
from assessments.paper.material import Material
from assessments.paper.typed import essay, gaps, numeric, short_answer

BODIES: dict[str, Callable[[Material], Any]] = {
    "single": choice,
    "multiple": choice,
    "true_false": choice,
    "matching": matching,
    "ordering": ordering,
    "short_answer": short_answer,
    "numeric": numeric,
    "gaps": gaps,
    "hotspot": hotspot,
    "essay": essay,
}
