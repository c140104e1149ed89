"""The portfolio in the Wagtail admin. Who may do what there is said by Django's permissions on our models."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from portfolio.admin_views import PortfolioGroup, ReadOnlyPolicy
from portfolio.models import Country, SustainableGoal

register_permission_policy(Country, ReadOnlyPolicy(Country))
register_permission_policy(SustainableGoal, ReadOnlyPolicy(SustainableGoal))


@hooks.register("register_admin_viewset")
def portfolio_screens():
    """Everything under one menu entry."""
    return PortfolioGroup()
