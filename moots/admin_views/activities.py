"""The activity of a moot court: begun for a course, its title and rules; published with the course."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from courses.access import can_author, can_see
from courses.services import create_activity
from enrolments.admin_views import asking
from moots import access, services
from moots.admin_views.screens import ICON, REFUSED, staffed
from moots.forms.staff import ActivityForm
from moots.models import MootActivity


@require_POST
@staffed
def begin(request, moot):
    """A draft of an activity for the course of this court, chosen in its rules at once."""
    course = moot.edition.course
    if not can_author(request.user, course):
        raise Http404
    made = create_activity(MootActivity.KIND, course, moot.title, user=request.user)
    services.change_rules(moot, by=request.user, activity=made)
    messages.success(
        request, _("The activity has been begun as a draft. Place it in a lesson of the course.")
    )
    return redirect("moot_courts:activity", made.pk)


@require_admin_access
def activity(request, activity_id):
    """Title and rules of an activity, as last saved."""
    found = get_object_or_404(MootActivity.objects.select_related("course__source_locale"), pk=activity_id)
    its_courts = access.staffed_moots(request.user).filter(activity=found)
    if not can_see(request.user, found.course) and not its_courts.exists():
        raise Http404
    draft = found.get_latest_revision_as_object()
    may_write = can_author(request.user, found.course)
    if request.method == "POST" and not may_write:
        raise Http404
    form = ActivityForm(request.POST or None, instance=draft)
    return asking.ask_and_do(
        request,
        form,
        do=lambda data: services.save_activity(found, user=request.user, **data),
        done=_("Saved as a draft. Learners see it once the course is published."),
        back=reverse("moot_courts:activity", args=[found.pk]),
        refused=REFUSED,
        template="moots/staff/activity.html",
        title=draft.title,
        icon=ICON,
        trail=asking.crumbs((reverse("moot_courts:index"), _("Moot courts")), last=draft.title),
        activity=found,
        may_write=may_write,
        placements=found.placements.placed().select_related("lesson"),
    )
