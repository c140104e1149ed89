"""Campuses and rooms, edited by site coordinators. Nobody deletes one: a room that is no longer used is closed."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.forms import time_zone_choices
from foundation.audit.viewsets import RecordedAdd, RecordedEdit
from portfolio.models import Country
from timetable import access
from timetable.models import Campus, Room, Session


class PlacePolicy(ModelPermissionPolicy):
    """Site coordinators add and change places; whoever schedules looks at them. Nobody deletes."""

    def user_has_permission(self, user, action):
        """Adding and changing, or looking."""
        if action in ("add", "change"):
            return access.can_edit_rooms(user)
        return action == "view" and access.can_schedule_any(user)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """The same for every place."""
        return self.user_has_permission(user, action)


class CampusForm(WagtailAdminModelForm):
    """A campus and its clock."""

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=time_zone_choices, initial="Europe/Rome"
    )

    class Meta:
        widgets = {"country": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.in_order()


class RoomForm(WagtailAdminModelForm):
    """A room. It is not closed while sessions are to be held in it."""

    is_closed = forms.BooleanField(
        label=gettext_lazy("No longer in use"),
        required=False,
        help_text=gettext_lazy("No further session can be held in it. What was held there stays."),
    )

    class Meta:
        widgets = {"campus": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_closed", bool(self.instance.closed_at))

    def clean(self):
        """Sessions to come are moved first."""
        cleaned = super().clean()
        closed = cleaned.get("is_closed")
        if closed and not self.instance.closed_at and self.instance.pk:
            coming = Session.objects.standing().filter(room=self.instance, ends_at__gt=timezone.now()).count()
            if coming:
                sentence = _("%(count)s sessions are still to be held here. Move them to another room first.")
                self.add_error("is_closed", sentence % {"count": coming})
        self.instance.closed_at = (self.instance.closed_at or timezone.now()) if closed else None
        return cleaned


class PlaceViewSet(ModelViewSet):
    """What campuses and rooms have in common."""

    copy_view_enabled = False
    add_view_class = RecordedAdd
    edit_view_class = RecordedEdit
    search_backend_name = None

    @property
    def permission_policy(self):
        """Ours."""
        return PlacePolicy(self.model)

    def get_urlpatterns(self):
        """There is no address for deleting."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]


class CampusViewSet(PlaceViewSet):
    """Campuses."""

    model = Campus
    icon = "site"
    menu_label = gettext_lazy("Campuses")
    menu_name = "campuses"
    list_display = ["name", "country", "time_zone"]
    search_fields = ["name"]

    def get_edit_handler(self):
        """Name, address, clock."""
        return ObjectList(
            [
                FieldPanel("name"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("country", widget=forms.Select), FieldPanel("time_zone")]),
            ],
            base_form_class=CampusForm,
        ).bind_to_model(Campus)


class RoomViewSet(PlaceViewSet):
    """Rooms."""

    model = Room
    icon = "home"
    menu_label = gettext_lazy("Rooms")
    menu_name = "rooms"
    list_display = [
        "name",
        "campus",
        "seats",
        Column(
            "in_use",
            label=gettext_lazy("In use"),
            accessor=lambda room: _("no") if room.closed_at else _("yes"),
        ),
    ]
    list_filter = ["campus"]
    search_fields = ["name", "campus__name"]

    def get_edit_handler(self):
        """Where it is and how many sit in it."""
        return ObjectList(
            [
                FieldPanel("campus", widget=forms.Select),
                FieldRowPanel([FieldPanel("name"), FieldPanel("seats")]),
                FieldPanel("directions"),
                FieldPanel("is_closed"),
            ],
            base_form_class=RoomForm,
        ).bind_to_model(Room)
