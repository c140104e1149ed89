"""Projects in the CMS: addresses, and the words of what was done."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from foundation.audit.actions import register_action

register_action("programmes.approve_topic", _("Topic of a project approved"))
register_action("programmes.return_topic", _("Topic of a project returned"))
register_action("programmes.appoint_examiners", _("Examiners of a project named"))
register_action("programmes.book_viva", _("Viva booked"))
register_action("programmes.decide_project", _("Result of a project decided"))
register_action("programmes.accept_corrections", _("Corrections of a project accepted"))
register_action("programmes.set_project_rules", _("Rules of a project changed"))


@hooks.register("register_admin_urls")
def projects_urls():
    """Projects of an edition."""
    return [path("programme-projects/<slug:code>/", include("programmes.projects.admin_urls"))]
