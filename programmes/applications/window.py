"""When a call takes applications, and until when for one of them. To the second; the grace is the call's."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.models import Application, Call, Outcome

# The zone of accounts whose owners have chosen none.
NOT_SAID = "UTC"


def deadline_of(call: Call, application: Application | None = None) -> datetime.datetime:
    """Until when this application may be submitted: closing, with the grace for what was begun in time."""
    if application is None or application.begun_at > call.closes_at:
        deadline = call.closes_at
    else:
        deadline = call.closes_at + datetime.timedelta(seconds=call.grace_seconds)
    late_until = application.late_until if application else None
    return max(deadline, late_until) if late_until else deadline


def in_words(moment: datetime.datetime, call: Call) -> str:
    """A moment to the second, in the time zone of the programme, which is named."""
    return _in_zone(moment, call.programme_edition.time_zone)


def in_words_for(person: User, moment: datetime.datetime, call: Call) -> str:
    """The same, and what clocks show then where the person is, if they have said where."""
    said = in_words(moment, call)
    if person.time_zone in {call.programme_edition.time_zone, NOT_SAID}:
        return said
    return _("%(moment)s; where you are: %(own)s") % {
        "moment": said,
        "own": _in_zone(moment, person.time_zone),
    }


def _in_zone(moment: datetime.datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    day = formats.date_format(local, "j F Y")
    return _("%(day)s, %(time)s (%(zone)s)") % {"day": day, "time": f"{local:%H:%M:%S}", "zone": zone}


def window_refusal(
    call: Call, application: Application | None = None, *, at: datetime.datetime
) -> ApplicationRefused | None:
    """Why nothing can be begun, changed or submitted at a moment; None if it can."""
    if call.cancelled_at or call.programme_edition.cancelled_at:
        return ApplicationRefused(Refusal.CANCELLED)
    if call.published_at is None:
        return ApplicationRefused(Refusal.NOT_PUBLISHED)
    if at < call.opens_at:
        when = in_words(call.opens_at, call)
        return ApplicationRefused(Refusal.NOT_OPEN, _("This call opens on %(when)s.") % {"when": when})
    deadline = deadline_of(call, application)
    return _closed(call, application, deadline) if at > deadline else None


def over_refusal(application: Application, *, at: datetime.datetime) -> ApplicationRefused | None:
    """Why no file may be added any more, or None: it would be kept although the others are erased, or soon will be.

    Whoever is admitted may still bring what was returned. A draft that may be changed again takes files again.
    """
    if application.outcome == Outcome.NOT_ADMITTED:
        return ApplicationRefused(Refusal.NOT_ADMITTED)
    if application.files_erased_at is None:
        return None
    is_closed = application.submitted_at or window_refusal(application.call, application, at=at)
    return ApplicationRefused(Refusal.FILES_ERASED) if is_closed else None


def _closed(call, application, deadline):
    words = {"when": in_words(deadline, call)}
    if application is None:
        sentence = _("This call closed on %(when)s. Look at the programme for the next one.") % words
    else:
        sentence = (
            _(
                "This call took applications until %(when)s, to the second. Yours was not submitted by then. Your "
                "draft is kept as it is. If you had a serious reason, write to the coordinator, who can let you in "
                "late."
            )
            % words
        )
    return ApplicationRefused(Refusal.CLOSED, sentence)
