"""Background work's place in the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from foundation.audit.actions import register_action
from foundation.jobs import urls
from foundation.jobs.views import MANAGE_PERMISSION, TITLE

register_action("jobs.retry", _("Retry a failed task"))


@hooks.register("register_admin_urls")
def jobs_urls():
    """Serve the page inside the admin."""
    return [path("background-work/", include(urls))]


class BackgroundWorkMenuItem(MenuItem):
    """Shown to those who may manage background work."""

    def is_shown(self, request):
        """Ask for the permission."""
        return request.user.has_perm(MANAGE_PERMISSION)


@hooks.register("register_settings_menu_item")
def background_work_menu_item():
    """Put the page into the settings menu."""
    return BackgroundWorkMenuItem(
        TITLE, reverse("jobs:background_work"), name="background-work", icon_name="tasks", order=900
    )


@hooks.register("register_permissions")
def jobs_permissions():
    """Let groups be given the right to manage background work."""
    return Permission.objects.filter(content_type__app_label="jobs", codename="manage_work")
