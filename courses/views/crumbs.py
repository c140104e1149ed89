"""Breadcrumbs of the course screens."""

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(*steps, course=None):
    """From the list of courses down to this screen; the last step has no address."""
    trail = [{"url": reverse("courses:index"), "label": _("Courses")}]
    if course:
        trail.append(
            {"url": reverse("courses:outline", args=[course.pk]), "label": course.get_latest_title()}
        )
    trail += [{"url": "", "label": step} for step in steps]
    if not steps:
        trail[-1]["url"] = ""
    return trail
