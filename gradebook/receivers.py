"""What the gradebook does when others say that something happened."""

from django.apps import apps as installed
from django.db import router

from gradebook.models import GradeBand, GradeScale
from gradebook.scales import load_scales as load
from portfolio.receivers import has_columns


def load_scales(sender, using, apps=installed, **kwargs):
    """Answer `post_migrate`, unless it came from another database or an older state of our tables."""
    if router.allow_migrate_model(using, GradeScale) and all(
        has_columns(apps, model) for model in (GradeScale, GradeBand)
    ):
        load()
