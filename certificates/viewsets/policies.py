"""Who may do what with certificates in the Wagtail admin, answered from role rows."""

from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.access import has_site_role
from accounts.models import SiteRole, User
from certificates import access
from enrolments.access import READERS


class RolePolicy(ModelPermissionPolicy):
    """Asks `may(user, action)`; Django's permissions play no part."""

    roles = ()

    def user_has_permission(self, user, action):
        """Whether the person may do this to some row."""
        return user.is_active and self.may(user, action)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the person may do this to this row."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """Whether the person may do any of these to this row."""
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        """The rows to which the person may do one of these."""
        allowed = self.user_has_any_permission(user, actions)
        return self.rows(user) if allowed else self.model._default_manager.none()

    def rows(self, user):
        """The rows the person may look at."""
        return self.model._default_manager.all()

    def users_with_any_permission(self, actions):
        """People who may do one of these to some row."""
        holders = SiteRole.objects.current().filter(role__in=self.roles).values("person")
        return User.objects.filter(Q(pk__in=holders) | Q(is_superuser=True), is_active=True)


class DefinitionPolicy(RolePolicy):
    """Award types and signatories: registrars and administrators write them, managers look. Nobody deletes."""

    roles = access.DECIDERS

    def may(self, user, action):
        """Adding and changing, or looking."""
        if action in ("add", "change"):
            return access.can_decide(user)
        return action == "view" and access.can_look_at_definitions(user)


class AwardPolicy(RolePolicy):
    """Awards are facts: staff look at them; replacing and revoking are buttons that call services."""

    roles = READERS

    def may(self, user, action):
        """Looking alone, for whoever has any award to look at."""
        if action != "view":
            return False
        return has_site_role(user, *READERS) or access.managed_editions(user).exists()

    def rows(self, user):
        """Those of the editions the person manages."""
        return access.registered_awards(user)
