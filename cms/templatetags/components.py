"""What every template needs: icons, names that keep their direction, numbers, dates and sizes as people write them."""

import re
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DRAWING = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=256)
def drawing(name):
    """Return what is inside the icon's SVG, or nothing where the icons are not installed."""
    if not ICON_NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"“{name}” cannot be the name of an icon.")
    if not settings.ICONS_DIR.is_dir():
        return ""
    try:
        source = (settings.ICONS_DIR / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise template.TemplateSyntaxError(f"There is no icon “{name}” in {settings.ICONS_DIR}.") from error
    return re.sub(r"\s+", " ", DRAWING.search(source)[1]).strip()


@register.simple_tag
def icon(name, label="", mirror=False):
    """Draw an icon: decoration unless it has a label, turned round in right-to-left text when `mirror`."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" {}>{}</svg>',
        " icon--mirror" if mirror else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        mark_safe(drawing(str(name))),  # noqa: S308 - a file of the icon package, by a checked name
    )


@register.filter
def bidi(value):
    """Keep a name, a code or a foreign title from disturbing the direction of the words around it."""
    if value in (None, ""):
        return ""
    return format_html("<bdi>{}</bdi>", conditional_escape(value))


@register.filter
def number(value, decimals=None):
    """Write a number as the reader's language does."""
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def percent(value, decimals=0):
    """Write a share between 0 and 1 as a percentage: 0.6 is 60 %. Rounded down: 69.9 % never reads as a pass."""
    if value is None:
        return ""
    shown = (Decimal(str(value)) * 100).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_DOWN)
    return f"{number_format(shown, decimal_pos=decimals)}{NO_BREAK_SPACE}%"


@register.filter
def filesize(size):
    """Write a number of bytes: 1.2 MB."""
    return filesizeformat(size)


@register.filter
def minutes(value):
    """Write a length of time given in minutes: 1 h 35 min."""
    hours, rest = divmod(int(value or 0), 60)
    parts = []
    if hours:
        parts.append(_("%(hours)s h") % {"hours": number(hours)})
    if rest or not hours:
        parts.append(_("%(minutes)s min") % {"minutes": rest})
    return " ".join(parts).replace(" ", NO_BREAK_SPACE)


@register.filter
def hours(value):
    """Write a workload in hours: 6 hours."""
    whole = int(value) if value == int(value) else value
    return ngettext("%(count)s hour", "%(count)s hours", int(value)) % {"count": number(whole)}


@register.filter(expects_localtime=True)
def day(value):
    """Write a day: 22 November 2026."""
    if not value:
        return ""
    shown = date_format(value, "j F Y").replace(" ", NO_BREAK_SPACE)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.filter(expects_localtime=True)
def clock(value):
    """Write a time of day: 14:02."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "H:i"))


@register.filter
def moment(value, zone=None):
    """Write a day, a time and its zone: 22 November 2026, 14:02 CET. The zone is the reader's unless one is named."""
    if not value:
        return ""
    if timezone.is_aware(value):
        value = timezone.localtime(value, ZoneInfo(str(zone)) if zone else None)
    shown = _("%(day)s, %(time)s %(zone)s") % {
        "day": date_format(value, "j F Y").replace(" ", NO_BREAK_SPACE),
        "time": date_format(value, "H:i"),
        "zone": zone_name(value),
    }
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown.strip())


def zone_name(value):
    """Return the zone as people write it: CET, or UTC+03 where it has no letters of its own."""
    name = value.tzname() or ""
    return f"UTC{name}" if name.startswith(("+", "-")) else name


@register.filter
def initials(name):
    """Return the first letters of a name, for a person without a photograph."""
    return "".join(part[0] for part in str(name).split()[:2]).upper()
