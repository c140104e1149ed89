"""What the screens share: the way here, and the activity if it is this person's business."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.access import can_see
from h5p.admin_views import screens
from learning.models import H5PActivity

TEMPLATES = "learning/interactive/staff"


def screen(request, template, title, *steps, form=None, icon="h5p", **context):
    """One screen in the frame of the CMS. A step is an address and a label."""
    trail = [(reverse("wagtailadmin_home"), _("Home")), *steps, ("", title)]
    context["media"] = form.media if form is not None else None
    return screens.screen(
        request,
        f"{TEMPLATES}/{template}.html",
        title=title,
        icon=icon,
        trail=[{"url": url, "label": str(label)} for url, label in trail],
        form=form,
        **context,
    )


def all_activities():
    """The step of the way here that every screen has."""
    return reverse("interactive_activities:index"), _("Interactive activities")


def step_of(activity, title):
    """The step to the screen of one."""
    return reverse("interactive_activities:edit", args=[activity.pk]), title


def get_activity_or_404(user, pk, right=can_see):
    """The activity, if the person holds the right on its course."""
    found = (
        H5PActivity.objects.select_related("course__source_locale", "course__locale", "latest_revision")
        .filter(pk=pk)
        .first()
    )
    if found is None or not right(user, found.course):
        raise Http404
    return found
