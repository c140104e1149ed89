"""Work on accounts that runs by the clock."""

from accounts import services
from foundation import jobs


@jobs.every(days=1, retries=3)
def match_staff_group():
    """Roles begin and end by their dates: open and close the CMS accordingly."""
    services.match_staff_group()
