"""What the pages of an application have in common."""

from django.shortcuts import render
from django.urls import reverse

from assessments.file_types import UploadRefused
from programmes.applications.completeness import completeness
from programmes.applications.refusals import ApplicationRefused
from programmes.applications.steps import next_step, steps_of
from programmes.applications.window import deadline_of, in_words_for

REFUSED = (ApplicationRefused, UploadRefused)


def page(application, step, *, title="", **context):
    """What every page of an application shows."""
    call = application.call
    found = completeness(application)
    steps = steps_of(application, found, step)
    own = next((one["label"] for one in steps if one["key"] == step), "")
    shown = {
        "call": call,
        "application": application,
        "completeness": found,
        "steps": [] if application.submitted_at else steps,
        "title": title or own,
        "deadline": in_words_for(application.person, deadline_of(call, application), call),
        "next": next_step(steps, step) if own else "",
        "crumbs": crumbs(call, title or own),
    }
    return shown | context


def crumbs(call, title=""):
    """The programme, the call, the page."""
    programme = call.programme_edition.page.localized
    start = reverse("applications:start", args=[call.code]) if title else ""
    found = [{"title": programme.title, "url": programme.get_url()}, {"title": call.label, "url": start}]
    return [*found, {"title": title, "url": ""}] if title else found


def show(request, name, context, *, status=200):
    """Draw one of our pages; nothing of it is kept on the way."""
    response = render(request, f"programmes/applications/{name}.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
