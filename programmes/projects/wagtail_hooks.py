"""Projects in the CMS: addresses, and the words of what was done."""

from django.urls import include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from foundation.audit.actions import register_action
from learning.deadlines import DEADLINES
from learning.places import PLACES, LearningPlace
from programmes.projects.access import own_places, projects_for
from programmes.projects.upcoming import upcoming

hooks.register(DEADLINES, upcoming)

register_action("programmes.approve_topic", _("Topic of a project approved"))
register_action("programmes.return_topic", _("Topic of a project returned"))
register_action("programmes.appoint_examiners", _("Examiners of a project named"))
register_action("programmes.book_viva", _("Viva booked"))
register_action("programmes.decide_project", _("Result of a project decided"))
register_action("programmes.accept_corrections", _("Corrections of a project accepted"))
register_action("programmes.set_project_rules", _("Rules of a project changed"))


@hooks.register(PLACES)
def projects_of(user):
    """One's own projects, and those one supervises or examines, on My learning."""
    for place in own_places(user):
        code = place.student.programme_edition.code
        yield LearningPlace(
            gettext("My project"), reverse("projects:project", args=[code, place.pk]), str(place.module)
        )
    if projects_for(user).exists():
        yield LearningPlace(gettext("Projects I supervise or examine"), reverse("projects:examined_list"), "")


@hooks.register("register_admin_urls")
def projects_urls():
    """Projects of an edition."""
    return [path("programme-projects/<slug:code>/", include("programmes.projects.admin_urls"))]
