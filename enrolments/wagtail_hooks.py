"""Editions and places in the CMS: screens, addresses, and the words of what was done."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from enrolments.admin_views import EditionPolicy, EditionViewSet, places
from enrolments.models import Edition
from foundation.audit.actions import register_action

register_permission_policy(Edition, EditionPolicy(Edition))

register_action("enrolments.add_edition", _("Edition opened"))
register_action("enrolments.change_edition", _("Edition changed"))
register_action("enrolments.copy_edition", _("Edition copied"))
register_action("enrolments.cancel_edition", _("Edition cancelled"))
register_action("enrolments.set_dates", _("Dates of activities changed"))
register_action("enrolments.grant_accommodation", _("Accommodation granted"))
register_action("enrolments.end_accommodation", _("Accommodation ended"))
register_action("enrolments.export_accommodations", _("Accommodations exported"))
register_action("enrolments.make_cohort", _("Cohort made"))
register_action("enrolments.rename_cohort", _("Cohort renamed"))
register_action("enrolments.close_cohort", _("Cohort dissolved"))
register_action("enrolments.add_members", _("Put into a cohort"))
register_action("enrolments.remove_member", _("Taken out of a cohort"))
register_action("enrolments.split_at_random", _("Shared out among work groups"))
register_action("enrolments.enrol", _("Enrolled by staff"))
register_action("enrolments.withdraw", _("Withdrawn by staff"))
register_action("enrolments.invite", _("Invited to make an account"))


@hooks.register("register_admin_viewset")
def editions():
    """Editions of courses."""
    return EditionViewSet("editions", url_prefix="editions")


@hooks.register("register_admin_urls")
def places_urls():
    """Giving a place and taking it back."""
    return [
        path("enrolments/enrol/", places.enrol_person, name="enrol_person"),
        path("enrolments/<int:pk>/withdraw/", places.withdraw_person, name="withdraw_person"),
    ]
