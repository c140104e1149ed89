"""How times of sessions are written: with the day of the week, from when to when, and by which clock."""

from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.components import NO_BREAK_SPACE, zone_name

register = template.Library()


def written(start, end):
    """Write a length of time: Monday, 15 March 2027, 09:00–12:00 CET. Both carry the zone they are written in."""
    words = {
        "weekday": date_format(start, "l"),
        "day": date_format(start, "j F Y").replace(" ", NO_BREAK_SPACE),
        "start": date_format(start, "H:i"),
        "end": date_format(end, "H:i"),
        "zone": zone_name(start),
    }
    return _("%(weekday)s, %(day)s, %(start)s–%(end)s %(zone)s") % words


@register.filter
def session_time(session):
    """Write when a session is, by its own clock."""
    return written(session.starts_locally, session.ends_locally)


@register.filter
def former_time(changed):
    """Write when a changed session was, by the clock it then had."""
    zone = ZoneInfo(changed.time_zone)
    return written(changed.started_at.astimezone(zone), changed.ended_at.astimezone(zone))


@register.filter
def own_time(session):
    """Write when a session is by the reader's clock, or nothing where it shows the same."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if start.utcoffset() == session.starts_locally.utcoffset():
        return ""
    return written(start, end)


@register.filter
def there(session):
    """Write the hours of a session by its own clock, with its zone, or nothing where the reader's shows the same."""
    start, end = session.starts_locally, session.ends_locally
    if timezone.localtime(start).utcoffset() == start.utcoffset():
        return ""
    day = "" if timezone.localtime(session.starts_at).date() == start.date() else date_format(start, "l")
    words = {"start": date_format(start, "H:i"), "end": date_format(end, "H:i"), "zone": zone_name(start)}
    hours = _("%(start)s–%(end)s %(zone)s") % words
    return _("%(weekday)s, %(hours)s") % {"weekday": day, "hours": hours} if day else hours
