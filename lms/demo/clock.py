"""Lets the demo do today what its people did months ago: everything that asks Django for the time gets another one."""

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def at(moment: datetime):
    """For as long as this lasts, now is `moment` (with its zone)."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield
