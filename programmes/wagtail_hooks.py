"""Programmes in the CMS: one entry of the menu, under which each part puts its own screens."""

from django.template.defaultfilters import striptags
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from cms.templatetags.components import day
from learning.places import PLACES, LearningPlace
from programmes import access
from programmes.admin_views import ProgrammeEditionPolicy, ProgrammeEditionViewSet
from programmes.applications import wagtail_hooks as of_applications  # noqa: F401
from programmes.models import ProgrammeEdition
from programmes.nominations import wagtail_hooks as of_nominations  # noqa: F401
from programmes.projects import wagtail_hooks as of_projects  # noqa: F401
from programmes.records import wagtail_hooks as of_records  # noqa: F401
from programmes.selection import wagtail_hooks as of_selection  # noqa: F401

register_permission_policy(ProgrammeEdition, ProgrammeEditionPolicy(ProgrammeEdition))

editions = ProgrammeEditionViewSet("programme_editions", url_prefix="programmes")
# Parts of the app register items with the hook of this name.
programmes_menu = Menu(register_hook_name="register_programmes_menu_item")


@hooks.register("register_admin_viewset")
def programme_editions():
    """Editions of programmes."""
    return editions


@hooks.register("register_programmes_menu_item")
def editions_item():
    """The editions come first."""
    return editions.get_menu_item()


class TutoringItem(MenuItem):
    """The way to the students of the programme one tutors; of the latest where there are several."""

    def is_shown(self, request):
        """For tutors."""
        return access.tutored_programme_editions(request.user).exists()

    def render_component(self, request):
        """With the address of their own programme."""
        edition = access.tutored_programme_editions(request.user).first()
        self.url = reverse("programme_editions:tutoring", args=[edition.pk])
        return super().render_component(request)


@hooks.register("register_programmes_menu_item")
def tutoring_item():
    """Tutors find their group."""
    return TutoringItem(
        _("Tutoring of programmes"), "", name="programme_tutoring", icon_name="help", order=90
    )


@hooks.register("register_admin_menu_item")
def programmes_item():
    """The entry itself; it hides where nothing under it is open to the person."""
    return SubmenuMenuItem(
        _("Programmes"), programmes_menu, name="programmes", icon_name="folder-open-inverse", order=115
    )


@hooks.register(PLACES)
def programmes_of(user):
    """The programmes in which the person holds a place, on My learning."""
    for student in access.own_studentships(user):
        edition = student.programme_edition
        until = gettext("until %(day)s") % {"day": striptags(day(edition.ends_on))}
        yield LearningPlace(edition.name, reverse("programmes:place", args=[edition.code]), until)
