"""The scales a new installation is offered, from gradebook/data. What staff have is never touched."""

from pathlib import Path

import yaml

from gradebook.models import GradeBand, GradeScale
from portfolio.reference import names_of

DATA = Path(__file__).parent / "data" / "scales.yaml"
FIELDS = ("slug", "kind", "maximum", "pass_from")


def load_scales() -> None:
    """Add the scales that are missing, each with its bands. Safe to repeat."""
    known = set(GradeScale.objects.values_list("slug", flat=True))
    for entry in yaml.safe_load(DATA.read_text(encoding="utf-8")):
        if entry["slug"] not in known:
            fields = {field: entry[field] for field in FIELDS if field in entry}
            scale = GradeScale.objects.create(**fields, **names_of(entry))
            GradeBand.objects.bulk_create(_band(scale, band) for band in entry.get("bands", []))


def _band(scale, entry):
    scores = {field: entry[field] for field in ("from_score", "counts_as") if field in entry}
    return GradeBand(scale=scale, **scores, **names_of(entry))
