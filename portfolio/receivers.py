"""Fills the tables after they were made or emptied, so that every database of ours has its reference data."""

from django.apps import apps as installed
from django.db import router

from portfolio import services
from portfolio.models import Country, Framework, Office, Profession, Region, SustainableGoal, Theme

FILLED = [Country, Framework, Office, Profession, Region, SustainableGoal, Theme]


def load_reference_data(sender, using, apps=installed, **kwargs):
    """Answer `post_migrate`, unless it came from another database or an older state of our tables."""
    if router.allow_migrate_model(using, Country) and all(has_columns(apps, model) for model in FILLED):
        services.load_reference_data()


def has_columns(apps, model) -> bool:
    """Whether the state that was migrated to has this model as the code knows it."""
    try:
        state = apps.get_model(model._meta.label)
    except LookupError:
        return False
    return {field.column for field in state._meta.concrete_fields} == {
        field.column for field in model._meta.concrete_fields
    }
