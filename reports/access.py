"""Who reads the reports: totals only, never names."""

from accounts.access import has_site_role
from accounts.models import User
from enrolments.access import READERS


def can_read_reports(user: User) -> bool:
    """Coordinators, registrars, evaluators and administrators of the whole site."""
    return has_site_role(user, *READERS)
