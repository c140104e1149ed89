"""Enrolments, progress and tutoring in the CMS: screens, addresses, menus."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from enrolments.access import tutored_editions
from enrolments.models import Enrolment
from foundation.audit.actions import register_action
from learning.admin_views import EnrolmentPolicy, EnrolmentViewSet, progress, tutoring
from learning.interactive import wagtail_hooks as of_interactive  # noqa: F401
from learning.interactive.access import may_load
from learning.records import records_on

hooks.register("h5p_holder_may_load", may_load)
register_permission_policy(Enrolment, EnrolmentPolicy(Enrolment))
register_action("learning.export_enrolments", _("Enrolments exported"))

progress_urls = [
    path("editions/<int:pk>/", progress.edition_progress, name="edition"),
    path("learners/<int:pk>/", progress.learner_progress, name="learner"),
]
tutoring_urls = [
    path("", tutoring.desk, name="index"),
    path("questions/", tutoring.questions, name="questions"),
    path("threads/<int:pk>/", tutoring.thread, name="thread"),
]


@hooks.register("learner_records")
def learner_records(pages, activities):
    """Say what keeps these from being deleted or moved."""
    return records_on(pages, activities)


@hooks.register("register_admin_viewset")
def enrolments():
    """Who is in which edition."""
    return EnrolmentViewSet("enrolment_list", url_prefix="enrolments")


@hooks.register("register_admin_urls")
def learning_urls():
    """Progress and tutoring."""
    return [
        path("progress/", include((progress_urls, "learner_progress"))),
        path("tutoring/", include((tutoring_urls, "tutoring"))),
    ]


class TutoringMenuItem(MenuItem):
    """Shown to tutors."""

    def is_shown(self, request):
        """Whether the person tutors any edition that was not cancelled."""
        return request.user.is_active and tutored_editions(request.user).filter(cancelled_at=None).exists()


@hooks.register("register_admin_menu_item")
def tutoring_menu_item():
    """The way to the tutor's desk."""
    return TutoringMenuItem(
        _("Tutoring"), reverse("tutoring:index"), name="tutoring", icon_name="help", order=130
    )
