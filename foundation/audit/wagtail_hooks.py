"""The log's place in the Wagtail admin, and its words in Wagtail's own histories."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from foundation.audit import urls
from foundation.audit.actions import action_label
from foundation.audit.services import WAGTAIL_ACTION
from foundation.audit.views import VIEW_PERMISSION


@hooks.register("register_admin_urls")
def audit_urls():
    """Serve the log among the reports."""
    return [path("reports/audit/", include(urls))]


class AuditMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request):
        """Ask for the permission."""
        return request.user.has_perm(VIEW_PERMISSION)


@hooks.register("register_reports_menu_item")
def audit_menu_item():
    """Put the log into the reports menu."""
    return AuditMenuItem(
        _("Audit log"), reverse("audit:entries"), name="audit-log", icon_name="history", order=990
    )


@hooks.register("register_permissions")
def audit_permissions():
    """Let groups be given the right to read the log."""
    return Permission.objects.filter(content_type__app_label="audit", codename="view_entry")


@hooks.register("register_log_actions")
def audit_log_action(actions):
    """Say in Wagtail's histories what was done and why."""

    @actions.register_action(WAGTAIL_ACTION)
    class RecordedAction(LogFormatter):
        label = _("Recorded by the audit log")

        def format_message(self, log_entry):
            return action_label(log_entry.data.get("action", ""))

        def format_comment(self, log_entry):
            return log_entry.data.get("reason", "")
