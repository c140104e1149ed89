"""A week at a glance: what is held where and by whom, by the clocks of the sessions."""

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from enrolments.access import managed_editions, manages_any
from timetable import access
from timetable.admin_views.forms import WeekForm
from timetable.admin_views.frame import timetable_screen
from timetable.weeks import week_named


@require_admin_access
def week(request):
    """The sessions of a week in the editions the person manages, day by day."""
    access.must_schedule(request.user)
    shown = week_named(request.GET.get("week", ""))
    form = WeekForm(request.GET, editions=managed_editions(request.user))
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    sessions = list(_sessions(request.user, shown, chosen))
    query = "".join(f"&{name}={value.pk}" for name, value in chosen.items())
    return timetable_screen(
        request,
        "week.html",
        title=_("Timetable"),
        week=shown,
        days=[(day, [one for one in sessions if one.on == day]) for day in shown.days],
        several_zones=len({one.time_zone for one in sessions}) > 1,
        filters=form,
        query=query,
        edition=chosen.get("edition"),
        count=len(sessions),
    )


def _sessions(user, shown, chosen):
    sessions = access.managed_sessions(user).filter(on__range=(shown.monday, shown.sunday))
    names = {"edition": "edition", "room": "room", "campus": "room__campus"}
    narrowed = sessions.filter(**{names[name]: value for name, value in chosen.items()})
    related = narrowed.select_related("edition__course", "cohort", "room__campus")
    return related.prefetch_related("lecturers__person").order_by("on", "starts_at", "title", "pk")


class WeekMenuItem(MenuItem):
    """Seen by whoever manages an edition."""

    def is_shown(self, request):
        """Asked once per request."""
        return manages_any(request.user)


class WeekViewSet(ViewSet):
    """The week, as an entry of the menu."""

    icon = "calendar-alt"
    menu_label = gettext_lazy("Week")
    menu_name = "timetable_week"
    menu_order = 10

    menu_item_class = WeekMenuItem

    def get_urlpatterns(self):
        """One screen."""
        return [path("", week, name="index")]
