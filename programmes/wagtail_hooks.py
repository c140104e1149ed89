"""Programmes in the CMS: one entry of the menu, which every feature adds its screens to."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from programmes.applications import wagtail_hooks as of_applications  # noqa: F401

programmes_menu = Menu(register_hook_name="register_programmes_menu_item")


@hooks.register("register_admin_menu_item")
def programmes_menu_item():
    """The menu of programmes; empty menus are not shown."""
    return SubmenuMenuItem(_("Programmes"), programmes_menu, name="programmes", icon_name="group", order=120)
"""Programmes in the CMS."""

from programmes.records import wagtail_hooks as of_records  # noqa: F401
