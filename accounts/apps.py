"""Who is this?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Who is this?"""

    default = True
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        """Make the staff group after migrating."""
        from accounts import receivers  # noqa: F401


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with ours in their place."""

    user_viewset = "accounts.viewsets.PersonViewSet"
