"""The register of a session, for whoever teaches it: on a phone, also with the connection gone."""

import json
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timetable.access import can_teach
from timetable.attendance import access, services
from timetable.attendance.earlier import earlier_register
from timetable.attendance.forms import RegisterForm
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.registers import nonce_of, register_of
from timetable.attendance.rules import register_opens_at, rules_of
from timetable.models import Road, Status

KEEPER = "js/register-keeper.js"


@login_required
@never_cache
def register(request, key):
    """Everybody expected, present unless tapped; one save."""
    session = access.get_register_or_404(request.user, key)
    nonce = nonce_of(request.user, session.key)
    if request.method != "POST":
        return _fresh_page(request, session)
    # A page of somebody who was signed in here before must not record in the name of whoever is now.
    if request.POST.get("register", nonce) != nonce:
        raise Http404
    form = RegisterForm(request.POST, session=session)
    if not form.is_valid():
        return register_page(request, session, _typed(session, form), form=form, status=422)
    road = form.cleaned_data["road"] or Road.REGISTER
    try:
        saved = services.save_register(
            session,
            list(form.marks.values()),
            request.user,
            key=form.cleaned_data["key"],
            taken_at=form.cleaned_data["taken"],
            road=Road(road),
        )
    except AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return register_page(request, session, _typed(session, form), form=form, status=409)
    shown = register_of(session, conflicts=saved.conflicts)
    said = said_of(shown, saved)
    if is_script(request) or saved.conflicts:
        return register_page(request, session, shown, said=said, saved=saved)
    messages.success(request, said)
    return redirect(request.path)


def _fresh_page(request, session):
    """The register as recorded. Where nothing is, that of the session before is offered; ?as=earlier takes it over."""
    register = register_of(session)
    earlier = (
        None
        if register.is_taken or is_script(request)
        else earlier_register(register, partial(can_teach, request.user))
    )
    if earlier and request.GET.get("as") == "earlier":
        typed = register_of(session, typed={mark.enrolment_id: mark for mark in earlier.marks})
        return register_page(request, session, typed, said=_("Look it over and save."))
    fields = json.dumps(earlier.fields) if earlier else ""
    return register_page(request, session, register, earlier=earlier, earlier_fields=fields)


def is_script(request):
    """Whether the page itself sends the register and wants only what became of it."""
    return request.headers.get("X-Register") == "1"


def said_of(register, saved):
    """What was saved and when, in one sentence."""
    counts = register.counts
    words = {
        "time": date_format(timezone.localtime(), "H:i"),
        "present": counts[Status.PRESENT],
        "late": counts[Status.LATE],
        "excused": counts[Status.EXCUSED],
        "absent": counts[Status.ABSENT],
    }
    return (
        _("Saved %(time)s. Present: %(present)s, late: %(late)s, excused: %(excused)s, absent: %(absent)s.")
        % words
    )


def _typed(session, form):
    """The register as it was typed, with what is wrong at its lines."""
    typed = register_of(session, typed=form.marks)
    return typed.with_problems(form.problems)


def register_page(request, session, register, *, status=200, **context):
    """The register on its page, or as an answer to its script."""
    rules = rules_of(session.edition_id)
    opens_at = register_opens_at(session, rules)
    shown = {
        "session": session,
        "register": register,
        "said_when": _("Saved %(time)s.") % {"time": date_format(timezone.localtime(), "H:i")},
        "key": uuid4(),
        "nonce": nonce_of(request.user, session.key),
        "opens_at": opens_at,
        "is_open": timezone.now() >= opens_at and not session.is_cancelled,
        "cancelled": Refusal.CANCELLED.label if session.is_cancelled else "",
        "statuses": Status.choices,
        "most_minutes": session.minutes - 1,
        "crumbs": [
            {"title": _("My timetable"), "url": reverse("timetable:timetable")},
            {"title": _("Register"), "url": ""},
        ],
        **context,
    }
    template = "_answer.html" if is_script(request) else "register.html"
    return render(request, f"timetable/attendance/{template}", shown, status=status)


@require_safe
def keeper(request):
    """The script that keeps registers for when there is no connection; its address is the part of the site it sees."""
    path = finders.find(KEEPER) or staticfiles_storage.path(KEEPER)
    response = FileResponse(open(path, "rb"), content_type="text/javascript; charset=utf-8")  # noqa: PTH123, SIM115
    response["Cache-Control"] = "no-cache"
    return response
