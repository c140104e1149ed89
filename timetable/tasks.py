"""Work on the timetable that runs later."""

from foundation import jobs
from timetable import emails
from timetable.concerned import concerned_by
from timetable.models import Change


@jobs.task(retries=3)
def announce(change_id: int) -> None:
    """Write to everybody a change concerns, one message each; whoever was written to already is not again."""
    change = Change.objects.get(pk=change_id)
    for person, sessions in concerned_by(change).items():
        emails.send_change(person, change, sessions)
