"""Sessions under way and who was there, written directly; tests of recording call the services."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests.factories.accounts import make_person
from tests.factories.timetable import make_session
from timetable.models import AttendanceMark, AttendanceRules, Road, Status


def make_session_at(edition=None, *, begins=None, **fields):
    """A session of three hours that began half an hour ago, unless `begins` (a timedelta from now) says otherwise."""
    zone = ZoneInfo(fields.setdefault("time_zone", "Europe/Rome"))
    moment = timezone.now() + (datetime.timedelta(minutes=-30) if begins is None else begins)
    start = moment.astimezone(zone).replace(second=0, microsecond=0)
    return make_session(edition, on=start.date(), starts=start.time(), **fields)


def make_mark(session, enrolment, status=Status.PRESENT, **fields):
    """A mark that follows those there are."""
    defaults = {
        "number": session.attendance_marks.filter(enrolment=enrolment).count() + 1,
        "road": Road.REGISTER,
        "recorded_by": fields.pop("by", None) or make_person(),
        "taken_at": timezone.now(),
    }
    return AttendanceMark.objects.create(
        session=session, enrolment=enrolment, status=status, **defaults | fields
    )


def make_rules(edition=None, **fields):
    """Rules of an edition, or of all."""
    return AttendanceRules.objects.create(edition=edition, **fields)
