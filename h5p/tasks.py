"""Work that runs by the clock."""

from foundation import jobs
from h5p import pending


@jobs.every(days=1)
def forget_old_uploads():
    """Uploads that were looked over and never imported."""
    pending.forget_old()
