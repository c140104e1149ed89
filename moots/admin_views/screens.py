"""The frame of our screens in the CMS: whose court it is, its tabs, times in the zone of its edition."""

from functools import wraps
from zoneinfo import ZoneInfo

from django.forms import BaseForm, Media
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments.file_types import UploadRefused
from enrolments.admin_views import asking
from moots import access
from moots.refusals import MootRefused

ICON = "group"
REFUSED = (MootRefused, UploadRefused)


def staffed(view):
    """Give the view the court instead of its number, to those who manage its edition, in the edition's time zone."""

    @require_admin_access
    @wraps(view)
    def wrapped(request, moot_id, *args, **kwargs):
        moot = access.get_staffed_moot_or_404(request.user, moot_id)
        with timezone.override(ZoneInfo(moot.edition.time_zone)):
            response = view(request, moot, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    return wrapped


def tabs(moot):
    """The screens of a court."""
    names = {
        "moot": _("Overview"),
        "rules": _("Rules"),
        "case_file": _("Case file"),
        "teams": _("Teams"),
        "rounds": _("Rounds and benches"),
        "results": _("Results"),
        "archive": _("Archive"),
    }
    return [(reverse(f"moot_courts:{name}", args=[moot.pk]), label) for name, label in names.items()]


def trail_of(moot, *steps, last):
    """The way here through the list of courts and this one."""
    above = [(reverse("moot_courts:index"), _("Moot courts"))]
    if moot:
        above.append((reverse("moot_courts:moot", args=[moot.pk]), moot.title))
    return asking.crumbs(*above, *steps, last=last)


def screen(request, name, moot, title, *, steps=(), status=None, **context):
    """A screen of a court; 422 where one of its forms was refused."""
    trail = trail_of(moot, *steps, last=title)
    here = request.path
    forms = [value for value in context.values() if isinstance(value, BaseForm)]
    context["media"] = sum((form.media for form in forms), Media())
    context |= {"moot": moot, "tabs": [(url, label, url == here) for url, label in tabs(moot)]}
    response = asking.screen(
        request, f"moots/staff/{name}.html", title=f"{moot.title}: {title}", icon=ICON, trail=trail, **context
    )
    response.status_code = status or response.status_code
    return response


def attempted(form, do):
    """Whether the form was sent, is valid and the service agreed; what it refuses stays on the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        do(form.cleaned_data)
    except REFUSED as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def done(request, sentence, name, *args):
    """Say what was done and go back to a screen."""
    messages.success(request, sentence)
    return redirect(f"moot_courts:{name}", *args)


def ask(request, moot, form, *, do, sentence, title, lead, back, steps=(), multipart=False):
    """A screen that asks for something before it is done."""
    return asking.ask_and_do(
        request,
        form,
        do=do,
        done=sentence,
        back=back,
        refused=REFUSED,
        template="moots/staff/ask.html",
        title=title,
        icon=ICON,
        trail=trail_of(moot, *steps, last=title),
        lead=lead,
        multipart=multipart,
    )


def tried(request, do, sentence, name, *args):
    """Do something that asks nothing; say what was done, or why not."""
    try:
        do()
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(f"moot_courts:{name}", *args)
