"""Another version of content that an activity has: into its draft, before the reviewers, or live at once."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from courses.access import can_author, can_publish, can_translate
from h5p.access import get_content_or_404
from h5p.admin_views.screens import ask_and_do, crumbs
from h5p.forms import ReasonForm, typed_number
from h5p.models import ContentVersion
from learning.interactive.admin_views.screens import get_activity_or_404
from learning.interactive.placed import placed, under_way
from learning.interactive.services import authoring as services
from learning.interactive.services.authoring import underway_sentence


@require_admin_access
@require_POST
def take(request, pk):
    """Let the draft of an activity have a version of its content."""
    found = get_activity_or_404(request.user, pk, can_translate)
    typed = request.POST.get("version", "")
    version = get_object_or_404(ContentVersion, pk=typed_number(typed))
    try:
        services.take_version(found, version, user=request.user)
    except services.DraftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The version is in the draft of the activity."))
    return redirect("interactive_activities:edit", found.pk)


@require_admin_access
@require_POST
def review(request, pk):
    """Put a version into the drafts of the activities that play its content, and go on to submitting them."""
    content = get_content_or_404(request.user, pk)
    number = request.POST.get("number", "")
    version = get_object_or_404(content.versions, number=typed_number(number))
    live = (one.activity for one in placed([content.pk]) if one.is_live)
    activities = [activity for activity in live if can_translate(request.user, activity.course)]
    if not activities:
        raise Http404
    try:
        for activity in activities:
            services.take_version(activity, version, user=request.user)
    except services.DraftRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("h5p_staff:content", content.pk)
    courses = {activity.course_id: activity.course for activity in activities}
    own = [course for course in courses.values() if can_author(request.user, course)]
    if len(courses) == 1 and own:
        return redirect(address_of_submitting(own[0], activities))
    said = _("The version is in the drafts of: %(courses)s. An author of each course submits it.")
    messages.success(request, said % {"courses": ", ".join(course.title for course in courses.values())})
    return redirect("h5p_staff:content", content.pk)


def address_of_submitting(course, activities):
    """The lesson alone, as with any small correction, where one lesson has them all; else the course."""
    url = reverse("courses:submit", args=[course.pk])
    lessons = {place.lesson_id for activity in activities for place in activity.placements.placed()}
    return f"{url}?page={lessons.pop()}" if len(lessons) == 1 else url


@require_admin_access
def publish_in_place(request, pk):
    """Publish a version where learners meet the content, without a review and with a reason."""
    content = get_content_or_404(request.user, pk)
    if not can_publish(request.user):
        raise Http404
    number = request.GET.get("number", "")
    version = get_object_or_404(content.versions, number=typed_number(number))
    here = reverse("h5p_staff:content", args=[content.pk])
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.publish_in_place(version, by=request.user, reason=data["reason"]),
        done=_("Version %(number)s is played from now on.") % {"number": number},
        back=here,
        refused=services.DraftRefused,
        title=_("Publish without a review"),
        button=_("Publish"),
        trail=crumbs((here, content.title), last=_("Publish without a review")),
        lead=" ".join(
            [
                _("Learners get version %(number)s of “%(title)s” at once.")
                % {"number": number, "title": version.title},
                underway_sentence(under_way(content)),
                _("Finished attempts keep the version they were made with."),
            ]
        ),
    )
