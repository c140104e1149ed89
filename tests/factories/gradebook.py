"""Gradebooks and what staff entered, written directly; tests of entering call the services."""

from itertools import count

from django.utils import timezone

from gradebook.models import GradeBand, GradeCategory, GradeEntry, GradeItem, GradeScale, GradeScheme
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_tutored_edition

_numbers = count(1)


def make_scale(*bands, **fields):
    """A scale with bands given as (least share, name)."""
    number = next(_numbers)
    defaults = {"name": f"Scale {number}", "slug": f"scale-{number}"}
    scale = GradeScale.objects.create(**defaults | fields)
    for least, name in bands:
        GradeBand.objects.create(scale=scale, from_score=least, name=name)
    return scale


def make_scheme(edition=None, **fields):
    """A gradebook without categories."""
    return GradeScheme.objects.create(edition=edition or make_tutored_edition(), **fields)


def make_category(scheme=None, **fields):
    """A category that weighs 100."""
    return GradeCategory.objects.create(
        scheme=scheme or make_scheme(), **{"name": f"Category {next(_numbers)}"} | fields
    )


def make_item(category=None, activity=None, *, released=True, **fields):
    """An item of 100 points, released; graded by hand unless an activity is given."""
    category = category or make_category()
    name = "" if activity else f"Item {next(_numbers)}"
    return GradeItem.objects.create(
        scheme=category.scheme,
        category=category,
        activity=activity,
        released_at=timezone.now() if released else None,
        **{"name": name} | fields,
    )


def make_entry(item, enrolment, score=None, *, kind="score", **fields):
    """Something entered by hand, on top of what was entered before."""
    current = GradeEntry.objects.newest().filter(item=item, enrolment=enrolment).first()
    defaults = {"by": make_person(), "replaces": current}
    return GradeEntry.objects.create(
        item=item, enrolment=enrolment, kind=kind, score=score, **defaults | fields
    )
