"""Django's permissions as site roles bring them, so that whoever asks `has_perm` meets the same answer."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Permission

from accounts.access import site_roles
from accounts.models import Role

# Administrators hold every permission. All other rights are asked of role rows, scope by scope.
VOCABULARY = (
    "country",
    "donor",
    "framework",
    "office",
    "partner",
    "profession",
    "project",
    "sustainablegoal",
    "theme",
)
LOOK_AT_PORTFOLIO = {f"portfolio.view_{model}" for model in VOCABULARY}
# Whom one teaches with and with whose money; what the institute aims at is the administrators' to change.
KEEP_PROJECTS = {
    f"portfolio.{verb}_{model}" for verb in ("add", "change") for model in ("donor", "partner", "project")
}

PERMISSIONS = {
    Role.AUTHOR: {f"cms.{verb}_glossaryterm" for verb in ("view", "add", "change")},
    Role.COORDINATOR: LOOK_AT_PORTFOLIO | KEEP_PROJECTS,
    Role.REGISTRAR: {"audit.view_entry"} | LOOK_AT_PORTFOLIO | KEEP_PROJECTS,
    Role.EVALUATOR: LOOK_AT_PORTFOLIO,
}


class SiteRoleBackend(BaseBackend):
    """Answers whether somebody may; signs nobody in."""

    def has_perm(self, user_obj, perm, obj=None):
        """What the roles that are in force today bring with them. One query a request, whatever is asked."""
        roles = site_roles(user_obj)
        return Role.ADMINISTRATOR in roles or any(perm in PERMISSIONS.get(role, ()) for role in roles)

    def has_module_perms(self, user_obj, app_label):
        """Whether any of them is of this app."""
        return Role.ADMINISTRATOR in site_roles(user_obj)

    def get_all_permissions(self, user_obj, obj=None):
        """Everything they bring."""
        if obj is not None:
            return set()
        roles = site_roles(user_obj)
        if Role.ADMINISTRATOR in roles:
            pairs = Permission.objects.values_list("content_type__app_label", "codename").order_by()
            return {f"{app}.{codename}" for app, codename in pairs}
        return set().union(*(PERMISSIONS.get(role, set()) for role in roles))
