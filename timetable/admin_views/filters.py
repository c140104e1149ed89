"""What the list of sessions and its export can be narrowed down by."""

import django_filters
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from enrolments.access import managed_editions
from timetable.models import Campus, Room, Session


class State(models.TextChoices):
    """Where a session stands now."""

    TO_COME = "to_come", gettext_lazy("To come")
    HELD = "held", gettext_lazy("Held")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


def state_of(session):
    """The state in one word."""
    if session.is_cancelled:
        return State.CANCELLED
    return State.HELD if session.ends_at <= timezone.now() else State.TO_COME


def in_state(sessions, name, value):
    """Sessions in one state."""
    if value == State.CANCELLED:
        return sessions.exclude(cancelled_at=None, edition__cancelled_at=None)
    standing = sessions.standing()
    now = timezone.now()
    return standing.filter(ends_at__lte=now) if value == State.HELD else standing.filter(ends_at__gt=now)


def editions_of(request):
    """The editions the person manages."""
    return managed_editions(request.user).select_related("course").order_by("course__title", "-starts_on")


def rooms_of(request):
    """All rooms: whoever schedules sees them."""
    return Room.objects.select_related("campus")


class SessionFilterSet(WagtailFilterSet):
    """What the list and its export can be narrowed down by."""

    edition = django_filters.ModelChoiceFilter(label=gettext_lazy("Edition"), queryset=editions_of)
    campus = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Campus"), field_name="room__campus", queryset=Campus.objects.all()
    )
    room = django_filters.ModelChoiceFilter(label=gettext_lazy("Room"), queryset=rooms_of)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method=in_state)
    on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Session
        fields = []
