"""What the screens of a selection have in common: the way here, the tabs, and sending a file."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.assignments.admin_views.papers import SHOWN_INLINE
from assessments.assignments.sending import send
from assessments.file_types import FILE_TYPES
from enrolments.admin_views.asking import crumbs, screen
from programmes.applications.refusals import ApplicationRefused
from programmes.applications.services import open_letter, open_version
from programmes.models import RefereeLetter


def tabs_of(call, current):
    """The screens of one call's selection: label, address, whether it is this one."""
    found = [
        ("committee", _("Ranking and decisions")),
        ("letters", _("Letters")),
        ("places", _("Places and conditions")),
        ("assessors", _("Assessors")),
        ("interviews", _("Interviews")),
        ("setup", _("Criteria and rules")),
    ]
    return [(label, address(name, call), name == current) for name, label in found]


def address(name, call, *args):
    """The address of one of the screens."""
    space = "interviewing" if name == "interviews" else "selecting"
    return reverse(f"{space}:{name}", args=[call.pk, *args])


def trail(call, *steps):
    """The way here through the list of selections."""
    way = [(reverse("selecting:index"), _("Selection"))]
    if not steps:
        return crumbs(*way, last=str(call))
    return crumbs(*way, (address("committee", call), str(call)), *steps[:-1], last=steps[-1])


def selection_screen(request, template, call, *, title, tab, icon="group", form=None, **context):
    """One screen of a call's selection."""
    return screen(
        request,
        f"programmes/selection/staff/{template}.html",
        title=title,
        icon=icon,
        trail=trail(call, title),
        form=form,
        call=call,
        tabs=tabs_of(call, tab),
        **context,
    )


def kept_file(kept, *, inline):
    """A PDF or a picture is shown, anything else is saved; nothing of it runs."""
    if not inline or kept.kind not in SHOWN_INLINE:
        return send(kept)
    try:
        content = default_storage.open(kept.file.name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, filename=kept.name, content_type=FILE_TYPES[kept.kind].media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def opened(request, kept):
    """A file for whoever may see it; that it was looked at is kept."""
    if kept is None:
        raise Http404
    note = open_letter if isinstance(kept, RefereeLetter) else open_version
    try:
        note(kept, by=request.user)
    except ApplicationRefused as refusal:
        raise Http404(str(refusal)) from None
    return kept_file(kept, inline="save" not in request.GET)


def is_shown_inline(kept) -> bool:
    """Whether a browser shows the file beside the page."""
    return kept.kind in SHOWN_INLINE
