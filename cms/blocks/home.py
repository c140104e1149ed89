"""Blocks of the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class RouteBlock(blocks.StructBlock):
    """One way into the site: a heading, what is there, and where it leads."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)
    page = blocks.PageChooserBlock(label=_("Leads to"))
    query = blocks.CharBlock(
        label=_("Filter"),
        required=False,
        help_text=_("Optional end of the address, for example ?route=academic"),
    )

    class Meta:
        icon = "link"
        label = _("Route")
        template = "cms/blocks/route.html"


def route_blocks():
    """The blocks that the home page's routes are made of."""
    return [("route", RouteBlock())]
