"""Who is this?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who is this?"""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        """Make the staff group after migrating."""
        from accounts import receivers  # noqa: F401
