"""Columns of the staff's lists."""

import datetime

from django.utils import timezone
from wagtail.admin.ui.tables import Column

from cms.templatetags.components import day


class DayColumn(Column):
    """A day, written out: lists of what is to come cannot be read from "3 weeks ago"."""

    def get_value(self, instance):
        """The day in the reader's zone."""
        value = super().get_value(instance)
        if isinstance(value, datetime.datetime):
            value = timezone.localtime(value)
        return day(value)
