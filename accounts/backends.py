"""Django's permissions as role rows grant them, so that whoever asks `has_perm` meets the same answer."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Permission

from accounts.access import has_site_role
from accounts.models import Role


class RoleBackend(BaseBackend):
    """Administrators of the site hold every permission. All other rights are asked of role rows, scope by scope."""

    def has_perm(self, user_obj, perm, obj=None):
        """Whether the person is an administrator today."""
        return user_obj.is_active and has_site_role(user_obj, Role.ADMINISTRATOR)

    def has_module_perms(self, user_obj, app_label):
        """The same for a whole app."""
        return self.has_perm(user_obj, app_label)

    def get_all_permissions(self, user_obj, obj=None):
        """Every permission there is, or none."""
        if obj is not None or not self.has_perm(user_obj, ""):
            return set()
        pairs = Permission.objects.values_list("content_type__app_label", "codename").order_by()
        return {f"{app}.{codename}" for app, codename in pairs}
