"""Django's entry for the app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    """Countries, strategic frameworks, themes, professions, donors, partners, offices and projects."""

    name = "portfolio"
    verbose_name = _("Portfolio")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Load the reference data after every migration."""
        from portfolio import receivers

        post_migrate.connect(receivers.load_reference_data, sender=self)
