"""Django permissions that come with a site role, for screens of apps that know no roles."""

from django.contrib.auth.backends import BaseBackend

from accounts.access import site_roles
from accounts.models import Role

PERMISSIONS = {
    Role.REGISTRAR: {"audit.view_entry"},
    Role.ADMINISTRATOR: {"audit.view_entry", "jobs.manage_work"},
}


class SiteRoleBackend(BaseBackend):
    """Answers whether somebody may; signs nobody in."""

    def get_user_permissions(self, user_obj, obj=None):
        """What the roles that are in force today bring with them."""
        if obj is not None:
            return set()
        return set().union(*(PERMISSIONS.get(role, set()) for role in site_roles(user_obj)))
