"""Until when a side may hand in its memorial, when memorials are exchanged, and how late something was."""

from datetime import datetime, timedelta

from django.template.defaultfilters import striptags
from django.utils.translation import ngettext

from cms.templatetags.components import moment
from moots.models import Appearance, Pairing

# What arrived in time may still be being written: memorials go out this much after the last deadline.
SETTLING = timedelta(seconds=15)


def deadline_of(appearance: Appearance) -> datetime | None:
    """The deadline that holds for this side, with the extension it was granted; None in an oral round."""
    due = appearance.round.memorials_due_at
    if due is None:
        return None
    granted = [extension.until for extension in appearance.extensions.all()][-1:]
    return max([due, *granted])


def exchange_due_at(pairing: Pairing) -> datetime | None:
    """When the memorials of a pairing go to the other sides: once nobody may hand in any more."""
    deadlines = [due for one in pairing.appearances.all() if (due := deadline_of(one))]
    return max(deadlines) + SETTLING if deadlines else None


def in_words(when: datetime, zone: str) -> str:
    """A moment in a sentence."""
    return striptags(moment(when, zone))


def lateness(late: timedelta) -> str:
    """How late in words: in seconds, minutes, hours or days, whatever is said best."""
    seconds = max(int(late.total_seconds()), 1)
    if seconds < 120:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    if seconds < 7200:
        minutes = seconds // 60
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if seconds < 172_800:
        hours = seconds // 3600
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = seconds // 86_400
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
