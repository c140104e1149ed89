"""Which day it is where a programme is taught: "until" days end there."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from programmes.models import ProgrammeEdition


def today_in(programme_edition: ProgrammeEdition) -> datetime.date:
    """The date there."""
    return timezone.now().astimezone(ZoneInfo(programme_edition.time_zone)).date()
