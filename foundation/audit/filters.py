"""What the audit log can be narrowed down by: who, what, when, on which object."""

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import (
    DateRangePickerWidget,
    MultipleContentTypeFilter,
    MultipleUserFilter,
    WagtailFilterSet,
)

from foundation.audit.actions import action_label
from foundation.audit.models import Entry


def people_in_log(request):
    """Everybody who appears in the log."""
    person = get_user_model()
    ids = Entry.objects.order_by().exclude(actor=None).values("actor").distinct()
    return person.objects.filter(pk__in=ids).order_by(person.USERNAME_FIELD)


def types_in_log(request):
    """Every kind of object that appears in the log."""
    ids = Entry.objects.order_by().exclude(content_type=None).values("content_type").distinct()
    return ContentType.objects.filter(pk__in=ids).order_by("model")


def actions_in_log():
    """Every action that appears in the log, with its name."""
    used = Entry.objects.order_by().values_list("action", flat=True).distinct()
    return sorted(((action, action_label(action)) for action in used), key=lambda choice: choice[1])


class EntryFilterSet(WagtailFilterSet):
    """The filters beside the log."""

    actor = MultipleUserFilter(label=_("Who"), queryset=people_in_log)
    action = django_filters.MultipleChoiceFilter(label=_("What"), choices=actions_in_log)
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    content_type = MultipleContentTypeFilter(label=_("Kind of object"), queryset=types_in_log)
    object_label = django_filters.CharFilter(label=_("Object's name contains"), lookup_expr="icontains")
    object_id = django_filters.CharFilter(label=_("Object's number"))

    class Meta:
        model = Entry
        fields: list[str] = []
