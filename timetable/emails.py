"""What we write to people about their timetable."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from courses.titles import titles_in
from foundation.outbox import services as outbox
from timetable.models import Change, ChangedSession

MOST_LISTED = 20


def send_change(person: User, change: Change, sessions: Sequence[ChangedSession]) -> None:
    """Say what was scheduled, changed or called off, by the session's clock and by the person's own."""
    with override(person.language):
        path = reverse("timetable:timetable")
    titles = titles_in({one.session.edition.course for one in sessions}, person.language)
    listed = [
        {
            "session": one.session,
            "was": one,
            "course": titles[one.session.edition.course_id],
            "was_moved": (one.started_at, one.ended_at) != (one.session.starts_at, one.session.ends_at),
            "was_released": person in one.released.all(),
        }
        for one in sessions[:MOST_LISTED]
    ]
    outbox.send(
        kind="timetable.changed",
        to=person,
        template=f"timetable/email/{change.kind}",
        context={
            "name": person.full_name,
            "sessions": listed,
            "only": listed[0] if len(sessions) == 1 else None,
            "more": len(sessions) - len(listed),
            "reason": change.reason,
            "path": path,
        },
        key=f"timetable.changed:{change.pk}:{person.pk}",
    )
