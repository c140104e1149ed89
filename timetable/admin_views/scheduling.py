"""New sessions and series, moving and calling off: one form each, one service each."""

import datetime

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.access import get_managed_edition_or_404, managed_editions
from enrolments.admin_views.asking import ask_and_do
from timetable import access, services
from timetable.admin_views.forms import (
    CancelForm,
    EditionForm,
    MoveForm,
    SeriesForm,
    SessionForm,
    SourceForm,
)
from timetable.admin_views.frame import MOST_CONCERNS, concerns_of, note_refusal, timetable_screen, trail
from timetable.clashes import problems_of
from timetable.models import Session
from timetable.plans import plans_of
from timetable.refusals import TimetableRefused
from timetable.taking_over import weeks_between
from timetable.weeks import week_of


def open_editions(user):
    """The editions whose timetable the person may change."""
    return managed_editions(user).filter(cancelled_at=None)


def week_url(day, edition):
    """The week with this day, for this edition."""
    return f"{reverse('timetable_week:index')}?week={week_of(day).name}&edition={edition.pk}"


@require_admin_access
def choose_edition(request):
    """Of which edition the new session is."""
    access.must_schedule(request.user)
    form = EditionForm(request.GET or None, editions=open_editions(request.user))
    if form.is_valid():
        name = "sessions:add_series" if "series" in request.GET else "sessions:add_to"
        return redirect(name, form.cleaned_data["edition"].pk)
    return timetable_screen(request, "choose_edition.html", title=_("New session"), icon="plus", form=form)


@require_admin_access
def add(request, pk):
    """One new session."""
    edition = get_managed_edition_or_404(request.user, pk)
    form = SessionForm(
        request.POST or None, edition=edition, initial=request.GET.dict() | _like(request, edition)
    )

    def do():
        session = services.schedule(form.plan(), by=request.user, announce=form.cleaned_data["announce"])
        messages.success(request, _("“%(session)s” has been scheduled.") % {"session": session.title})
        return redirect(week_url(session.on, edition))

    return _ask(request, form, do, lambda: [form.plan()], title=_("New session"), edition=edition)


def _like(request, edition):
    """The fields of ?like=, a session of the edition this one was copied from, moved as its timetable was.

    Links and notes are for whoever manages that edition too.
    """
    pk = request.GET.get("like", "")
    if not pk.isdecimal() or edition.copied_from_id is None:
        return {}
    session = Session.objects.select_related("edition__course").filter(pk=pk, edition=edition.copied_from_id)
    if (source := session.first()) is None:
        return {}
    weeks = datetime.timedelta(weeks=weeks_between(source.edition, edition))
    said = {
        "title": source.title,
        "on": source.on + weeks,
        "starts": source.starts,
        "ends": source.ends,
    }
    if not access.can_schedule(request.user, source):
        return said
    return said | {"online_link": source.online_link, "notes": source.notes}


@require_admin_access
def add_series(request, pk):
    """Sessions by a weekly pattern. Days that clash can be left out with one button."""
    edition = get_managed_edition_or_404(request.user, pk)
    form = SeriesForm(_without_clashes(request, edition), edition=edition)

    def plans():
        return plans_of(form.plan(), form.pattern())

    def do():
        announce = form.cleaned_data["announce"]
        series = services.schedule_series(form.plan(), form.pattern(), by=request.user, announce=announce)
        count = series.sessions.count()
        said = ngettext(
            "One session has been scheduled.", "%(count)s sessions have been scheduled.", count
        ) % {"count": count}
        messages.success(request, said)
        return redirect(week_url(series.first_on, edition))

    return _ask(request, form, do, plans, title=_("New series of sessions"), edition=edition, is_series=True)


def _without_clashes(request, edition):
    """What was sent; where asked for, with the days that clash among those left out."""
    if request.method != "POST":
        return None
    form = SeriesForm(request.POST, edition=edition)
    if "leave_out" not in request.POST or not form.is_valid():
        return request.POST
    try:
        found = problems_of(plans_of(form.plan(), form.pattern()))
    except TimetableRefused:
        return request.POST
    days = {problem.on for problems in found for problem in problems} | form.cleaned_data["without"]
    data = QueryDict(mutable=True)
    data.update(request.POST)
    data["without"] = "\n".join(day.isoformat() for day in sorted(days))
    return data


@require_admin_access
def move(request, pk):
    """Another time, place, lecturer or title."""
    session = access.get_managed_session_or_404(request.user, pk)
    form = MoveForm(request.POST or None, session=session)

    def do():
        data = form.cleaned_data
        services.move(session, form.plan(), by=request.user, reason=data["reason"], seen=data["seen"])
        messages.success(request, _("“%(session)s” has been changed.") % {"session": data["title"]})
        return redirect(week_url(data["on"], session.edition))

    return _ask(
        request,
        form,
        do,
        lambda: [form.plan()],
        ignoring=[session],
        title=session.title,
        edition=session.edition,
        session=session,
    )


def _ask(request, form, do, plans, *, title, edition, ignoring=(), **context):
    """Show the form; do it once it is valid, nothing is in the way, and every concern was read."""
    concerns, digest, clashing = [], "", False
    if request.method == "POST" and form.is_valid():
        try:
            if not any(problems_of(plans(), ignoring=ignoring)):
                concerns, digest = concerns_of(plans(), ignoring)
            if not concerns or request.POST.get("despite") == digest:
                return do()
        except TimetableRefused as refused:
            clashing = len({problem.on for problem in refused.problems}) > 1 or "weekdays" in form.fields
            note_refusal(form, refused, request.user)
    response = timetable_screen(
        request,
        "session_form.html",
        title=title,
        icon="calendar-alt",
        form=form,
        edition=edition,
        concerns=concerns,
        digest=digest,
        clashing=clashing,
        **context,
    )
    response.status_code = 422 if concerns else response.status_code
    return response


@require_admin_access
def copy(request, pk):
    """Take over the timetable of another edition, as far as nothing is in the way."""
    edition = get_managed_edition_or_404(request.user, pk)
    others = managed_editions(request.user).filter(sessions__isnull=False).exclude(pk=pk).distinct()
    form = SourceForm(request.POST or None, editions=others, initial={"edition": edition.copied_from_id})
    if request.method == "POST" and form.is_valid():
        copied = services.copy_timetable(form.cleaned_data["edition"], edition, by=request.user)
        [problems] = access.said_to(request.user, [copied.problems[:MOST_CONCERNS]])
        for problem in problems:
            messages.warning(request, f"{date_format(problem.on, 'j F Y')}: {problem.sentence}")
        said = _("%(made)s sessions have been scheduled, %(left)s were left out.")
        words = {"made": len(copied.sessions), "left": len(copied.problems)}
        messages.success(request, said % words)
        day = copied.sessions[0].on if copied.sessions else edition.starts_on
        return redirect(week_url(day, edition))
    return timetable_screen(
        request, "copy.html", title=_("Take over a timetable"), icon="copy", form=form, edition=edition
    )


@require_admin_access
def cancel(request, pk):
    """Call a session off, or all that are left of its series."""
    session = access.get_managed_session_or_404(request.user, pk)
    later = _later(session)
    form = CancelForm(request.POST or None, later=len(later))

    def do(data):
        sessions = [session, *(later if data.get("following") else [])]
        services.cancel_all(sessions, by=request.user, reason=data["reason"])

    return ask_and_do(
        request,
        form,
        do=do,
        done=_("It is cancelled. Everybody concerned is told by e-mail."),
        back=week_url(session.on, session.edition),
        refused=TimetableRefused,
        title=_("Cancel the session"),
        icon="cross",
        trail=trail(
            (reverse("sessions:edit", args=[session.pk]), session.title), last=_("Cancel the session")
        ),
        lead=_(
            "“%(session)s” will not take place. It stays in the timetable as cancelled, and its room and lecturers are "
            "free again."
        )
        % {"session": session.title},
    )


def _later(session):
    if session.series_id is None:
        return []
    later = session.series.sessions.standing().filter(starts_at__gt=session.starts_at)
    return list(later.filter(starts_at__gt=timezone.now()))
