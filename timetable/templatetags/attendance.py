"""Times and marks of attendance in words."""

from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.components import number, percent
from timetable.models import Status

register = template.Library()


@register.filter
def time_of_day(moment):
    """The time by the reader's clock; with the day when that is another."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return date_format(local, "H:i")
    return date_format(local, "j F, H:i")


@register.filter
def share(value):
    """A share as a percentage, with a decimal where it has one: 80 %, 74.5 %."""
    return percent(value, 0 if value is None or value * 100 % 1 == 0 else 1)


@register.filter
def hours_plain(value):
    """Hours without noughts at the end: 6, 1.2."""
    return "" if value is None else number(Decimal(f"{value.normalize():f}"))


@register.filter
def mark_words(mark):
    """What a mark says: late, 20 minutes."""
    label = Status(mark.status).label
    if mark.status == Status.LATE:
        return _("%(status)s, %(minutes)s min") % {"status": label, "minutes": mark.minutes_late}
    return str(label)


@register.simple_tag
def conflict_words(conflict):
    """Who recorded what, and what was on this screen."""
    return _("%(name)s recorded “%(theirs)s” (%(time)s); here it was “%(mine)s”.") % {
        "name": conflict.kept.recorded_by,
        "theirs": mark_words(conflict.kept),
        "time": time_of_day(conflict.kept.taken_at),
        "mine": mark_words(conflict.mine),
    }
