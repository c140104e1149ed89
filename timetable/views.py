"""A person's own timetable, and the calendar feed of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from timetable import access, services
from timetable.calendars import TYPE, calendar
from timetable.feeds import event_of, feed_of, feed_url, webcal_url
from timetable.shown import sessions_shown, week_shown
from timetable.weeks import week_named


@login_required
def timetable(request):
    """One week of the person's sessions, and the address of the feed."""
    week = week_named(request.GET.get("week", ""))
    feed = access.own_feed(request.user)
    context = {
        "shown": week_shown(
            access.own_sessions(request.user), week, reader=request.user, language=get_language()
        ),
        "zone": timezone.get_current_timezone_name().replace("_", " "),
        "feed_url": feed_url(feed) if feed else "",
        "webcal_url": webcal_url(feed) if feed else "",
        "crumbs": _crumbs((_("My timetable"), "")),
        "current_section": "learning",
    }
    return render(request, "timetable/timetable.html", context)


def _crumbs(*steps):
    trail = [(_("My learning"), reverse("learning:my_learning")), *steps]
    return [{"title": title, "url": url} for title, url in trail]


@login_required
def session_file(request, key):
    """One session as a calendar file."""
    session = access.get_own_session_or_404(request.user, key)
    [shown] = sessions_shown([session], reader=request.user, language=get_language())
    response = HttpResponse(calendar([event_of(shown)]), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="session-{session.on.isoformat()}.ics"'
    return response


@login_required
@require_POST
def make_feed(request):
    """Give the person an address for their calendar."""
    services.make_feed(request.user)
    return redirect(reverse("timetable:timetable") + "#calendar")


@login_required
def renew_feed(request):
    """Ask, then give another address."""
    if request.method != "POST":
        here = (_("My timetable"), reverse("timetable:timetable")), (_("Address of your calendar"), "")
        context = {"crumbs": _crumbs(*here), "current_section": "learning"}
        return render(request, "timetable/renew_feed.html", context)
    services.renew_feed(request.user)
    messages.success(
        request, _("Your calendar has a new address. Give it to the calendars that you want to keep.")
    )
    return redirect(reverse("timetable:timetable") + "#calendar")


@login_required
def end_feed(request):
    """Let nobody read the timetable without signing in any more."""
    if request.method != "POST":
        return redirect("timetable:timetable")
    services.end_feed(request.user)
    messages.success(request, _("The address of your calendar leads nowhere any more."))
    return redirect("timetable:timetable")


@require_safe
@cache_control(private=True, max_age=300)
def timetable_feed(request, token):
    """The calendar of whoever the token belongs to."""
    person = access.get_feed_owner_or_404(token)
    response = HttpResponse(feed_of(person, access.own_sessions(person)), content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="timetable.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
