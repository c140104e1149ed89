"""Work on programmes that runs later."""

import datetime

from django.utils import timezone

from foundation import jobs
from programmes.applications import tasks as of_applications  # noqa: F401
from programmes.models import ProgrammeEdition
from programmes.nominations import tasks as of_nominations  # noqa: F401
from programmes.services import open_due_phases
from programmes.today import today_in


@jobs.every(hours=1)
def open_phases() -> None:
    """Open what is due in every edition under way. Hourly: days begin at different hours in different places."""
    today = timezone.localdate()
    # It may be a day earlier or later somewhere else.
    a_day = datetime.timedelta(days=1)
    near = ProgrammeEdition.objects.standing().filter(
        phases__starts_on__lte=today + a_day,
        phases__ends_on__gte=today - a_day,
    )
    for programme_edition in near.distinct().order_by("pk"):
        open_due_phases(programme_edition, today_in(programme_edition))


@jobs.task(retries=3)
def open_phases_of(programme_edition_id: int) -> None:
    """The same for one edition, when a result or a mark may have opened a gate."""
    programme_edition = ProgrammeEdition.objects.standing().filter(pk=programme_edition_id).first()
    if programme_edition:
        open_due_phases(programme_edition, today_in(programme_edition))
