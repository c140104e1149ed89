"""Looking that takes too long for a page."""

from foundation import jobs
from reports.broken import look_for_broken_courses


@jobs.every(minutes=30)
def look_through_live_courses() -> None:
    """Remember for the staff home which live courses lack something."""
    look_for_broken_courses()
