"""What the CMS shows on every screen."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.rich_text import PicturesTogether


@hooks.register("insert_global_admin_css")
def staff_styles():
    """The site's mark in the sidebar."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/staff.css"))


@hooks.register("register_rich_text_features", order=100)
def pictures_together(features):
    """Write the pictures of rich text out in as many queries as one of them."""
    features.register_embed_type(PicturesTogether)
