"""The frame of the staff's screens of applications."""

from django.urls import reverse
from django.utils.translation import gettext as _

from enrolments.admin_views import asking


def trail(*steps, last):
    """The way here from the list of calls."""
    return asking.crumbs((reverse("application_calls:index"), _("Calls for applications")), *steps, last=last)


def call_step(call):
    """The list of a call's applications, as a step of the way."""
    return (reverse("application_calls:applications", args=[call.pk]), f"{call.label} ({call.code})")


def dossier_step(application):
    """The dossier of an application, as a step of the way."""
    return (reverse("application_calls:dossier", args=[application.pk]), application.full_name)


def screen(request, name, **context):
    """One of our screens."""
    return asking.screen(request, f"programmes/staff/{name}.html", icon="clipboard-list", **context)
