"""The list of sessions, narrowed down and exported, and what stands under the timetable's entry of the menu."""

from django.db.models import Case, Q, When
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from enrolments.admin_views.columns import DayColumn
from timetable import access
from timetable.admin_views import importing, scheduling
from timetable.admin_views.exporting import export_sessions
from timetable.admin_views.filters import SessionFilterSet, state_of
from timetable.admin_views.rooms import CampusViewSet, RoomViewSet
from timetable.admin_views.week import WeekViewSet
from timetable.models import Session


class SessionPolicy(ModelPermissionPolicy):
    """Whoever manages an edition schedules its sessions. Nobody deletes one: it is cancelled."""

    def user_has_permission(self, user, action):
        """Whether the person may do this to some session."""
        return action in ("add", "change", "view") and access.can_schedule_any(user)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the person may do this to this session."""
        return self.user_has_permission(user, action) and access.can_schedule(user, instance)


def hours_of(session):
    """From when to when, by its own clock."""
    return f"{session.starts:%H:%M}–{session.ends:%H:%M}"


def place_of(session):
    """The room, or that it is online."""
    where = [str(session.room)] if session.room else []
    return ", ".join([*where, *([_("online")] if session.online_link else [])])


def lecturers_of(session):
    """Who teaches."""
    return ", ".join(str(lecturer.person) for lecturer in session.lecturers.all())


class SessionIndex(IndexView):
    """The sessions a person may change, in order."""

    any_permission_required = ["add", "change", "view"]
    default_ordering = "starts_at"
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name="sessions:edit", sort_key="title"),
        DayColumn("on", label=gettext_lazy("Day"), sort_key="starts_at"),
        Column("hours", label=gettext_lazy("Time"), accessor=hours_of),
        Column("edition", label=gettext_lazy("Edition"), sort_key="edition__course__title"),
        Column("place", label=gettext_lazy("Place"), accessor=place_of),
        Column("lecturers", label=gettext_lazy("Lecturers"), accessor=lecturers_of),
        Column("state", label=gettext_lazy("State"), accessor=lambda session: state_of(session).label),
    ]

    def get_base_queryset(self):
        """With what the columns show."""
        sessions = access.managed_sessions(self.request.user)
        related = sessions.select_related("edition__course", "cohort", "room__campus")
        return related.prefetch_related("lecturers__person")

    def search_queryset(self, queryset):
        """By title, lecturer or the course's title."""
        for word in self.search_query.split()[:6] if self.is_searching else ():
            lecturer = Q(lecturers__person__last_name__icontains=word)
            found = Q(title__icontains=word) | Q(edition__course__title__icontains=word) | lecturer
            queryset = queryset.filter(found)
        return queryset.distinct()

    def order_queryset(self, queryset):
        """Unless somebody sorts it: what is to come, the next one first, then what is over."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        is_over = Case(When(ends_at__lte=timezone.now(), then=1), default=0)
        return queryset.order_by(is_over, "starts_at", "pk")

    def get_add_url(self):
        """The buttons are ours."""

    @cached_property
    def header_buttons(self):
        """New sessions, one or many."""
        edition = self.request.GET.get("edition", "")
        asked = f"?edition={edition}" if edition.isdigit() else ""
        add = reverse("sessions:add") + asked
        return [
            HeaderButton(_("New session"), url=add, icon_name="plus"),
            HeaderButton(_("New series"), url=f"{add}{'&' if asked else '?'}series=1", icon_name="repeat"),
        ]

    @cached_property
    def header_more_buttons(self):
        """The week, spreadsheets in and out."""
        query = self.request.GET.urlencode()
        return [
            Button(_("Week"), url=reverse("timetable_week:index"), icon_name="calendar-alt", priority=10),
            Button(
                _("Read from a spreadsheet"), url=reverse("sessions:upload"), icon_name="upload", priority=20
            ),
            Button(
                _("Download (XLSX)"),
                url=f"{reverse('sessions:export')}?{query}",
                icon_name="download",
                priority=30,
            ),
        ]


class SessionViewSet(ModelViewSet):
    """Sessions."""

    model = Session
    icon = "list-ul"
    menu_label = gettext_lazy("Sessions")
    menu_name = "sessions"
    index_view_class = SessionIndex
    filterset_class = SessionFilterSet
    copy_view_enabled = False
    search_fields = ["title"]
    search_backend_name = None

    @property
    def permission_policy(self):
        """Ours."""
        return SessionPolicy(Session)

    def get_form_class(self, for_update=False):
        """Our own views have their own."""

    def get_index_view_kwargs(self, **kwargs):
        """The columns are the view's own."""
        kwargs = super().get_index_view_kwargs(**kwargs)
        for own in ("list_display", "list_export", "export_headings"):
            kwargs.pop(own, None)
        return kwargs

    def get_urlpatterns(self):
        """Our own screens. There is no address for deleting."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("history/<str:pk>/", self.history_view, name="history"),
            path("history-results/<str:pk>/", self.history_results_view, name="history_results"),
            path("new/", scheduling.choose_edition, name="add"),
            path("new/<int:pk>/", scheduling.add, name="add_to"),
            path("new/<int:pk>/series/", scheduling.add_series, name="add_series"),
            path("new/<int:pk>/copy/", scheduling.copy, name="copy_timetable"),
            path("edit/<int:pk>/", scheduling.move, name="edit"),
            path("cancel/<int:pk>/", scheduling.cancel, name="cancel"),
            path("spreadsheet/", importing.upload, name="upload"),
            path("spreadsheet/confirm/", importing.confirm, name="confirm"),
            path("spreadsheet/template/", importing.template, name="template"),
            path("export/", export_sessions, name="export"),
        ]


class TimetableGroup(ViewSetGroup):
    """The timetable under one entry of the menu."""

    menu_label = gettext_lazy("Timetable")
    menu_name = "timetable"
    menu_icon = "calendar-alt"
    menu_order = 125
    submenu_hook = "register_timetable_menu_item"
    items = (
        WeekViewSet("timetable_week", url_prefix="timetable/week"),
        SessionViewSet("sessions", url_prefix="timetable/sessions"),
        RoomViewSet("rooms", url_prefix="timetable/rooms"),
        CampusViewSet("campuses", url_prefix="timetable/campuses"),
    )
