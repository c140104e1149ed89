"""What the CMS shows on every screen."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def staff_styles():
    """The site's mark in the sidebar."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/staff.css"))
