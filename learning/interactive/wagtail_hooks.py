"""Interactive activities in the CMS: addresses, and what the screens of their content ask."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder

from courses.access import can_publish, can_see, can_translate
from foundation.audit.actions import register_action
from h5p.uses import PUBLISHING, RECORDS, USES, Road, Use
from learning.interactive.admin_views import authoring, reports, versions
from learning.interactive.placed import placed, under_way, was_ever_placed
from learning.interactive.services.authoring import in_place_refusal, underway_sentence
from learning.models import H5PActivity

register_action(
    "learning.publish_content_in_place", gettext_lazy("Published interactive content without a review")
)

register_action("learning.export_reports", gettext_lazy("Reported answers exported"))

report_urls = [
    path("attempts/<int:pk>/", reports.attempt, name="attempt"),
    path("<int:edition_id>/<int:activity_id>/", reports.attempts, name="attempts"),
    path("<int:edition_id>/<int:activity_id>/export/", reports.export, name="export"),
]
activity_urls = [
    path("", authoring.InteractiveIndexView.as_view(), name="index"),
    path("results/", authoring.InteractiveIndexView.as_view(results_only=True), name="index_results"),
    path("new/", authoring.begin, name="begin"),
    path("<int:pk>/", authoring.edit, name="edit"),
    path("<int:pk>/version/", versions.take, name="take"),
    path("<int:pk>/words/<slug:language>/", authoring.words, name="words"),
    path("<int:pk>/words/<slug:language>/copy/", authoring.copy_words, name="copy_words"),
    path("content/<int:pk>/review/", versions.review, name="review"),
    path("content/<int:pk>/publish/", versions.publish_in_place, name="publish_in_place"),
]


@hooks.register("register_admin_urls")
def interactive_activity_urls():
    """Our screens, under the CMS."""
    return [
        path("interactive-activities/", include((activity_urls, "interactive_activities"))),
        path("interactive-results/", include((report_urls, "interactive_results"))),
    ]


class InteractiveActivityURLFinder:
    """Where Wagtail's own lists, and problems of a course, lead when they name an interactive activity."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, activity):
        """The screen of the activity; it says itself what this person may change."""
        if self.user is not None and not can_see(self.user, activity.course):
            return None
        return reverse("interactive_activities:edit", args=[activity.pk])


register_admin_url_finder(H5PActivity, InteractiveActivityURLFinder)


@hooks.register(USES)
def activities_with_content(pks):
    """The activities that play it, live or in a draft."""
    for one in placed(pks):
        url = reverse("interactive_activities:edit", args=[one.activity.pk])
        yield one.content_id, Use(one.activity.title, url, one.activity.course.title, one.is_live)


@hooks.register(RECORDS)
def activities_keep_content(content):
    """What stands in an activity, or stood in one that may be brought back, stays."""
    if was_ever_placed(content):
        yield _(
            "“%(title)s” stands in an activity, or stood in one whose earlier versions are kept. It stays."
        ) % {"title": content.title}


@hooks.register(PUBLISHING)
def road_through_courses(content, user):
    """Where learners meet content, a new version goes the way of a small correction: by a review of its lesson."""
    live = [one.activity for one in placed([content.pk]) if one.is_live]
    if not live:
        return None
    courses = {activity.course_id: activity.course for activity in live}
    names = ", ".join(sorted(course.title for course in courses.values()))
    met = _("Learners meet this content in: %(courses)s.") % {"courses": names}
    said = [met, underway_sentence(under_way(content))]
    may_send = any(can_translate(user, course) for course in courses.values())
    review_url = reverse("interactive_activities:review", args=[content.pk]) if may_send else ""
    if can_publish(user) and not (refusal := in_place_refusal(content, user)):
        url = reverse("interactive_activities:publish_in_place", args=[content.pk])
        return Road(" ".join(said), False, url, review_url)
    if can_publish(user):
        said.append(refusal)
    elif may_send:
        said.append(_("A new version goes live with its course, after a review."))
    else:
        said.append(_("Ask an administrator to publish a new version, or make a copy and change that."))
    return Road(" ".join(said), False, "", review_url)
