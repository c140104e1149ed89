"""How does a message leave?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """How does a message leave?"""

    name = "foundation.outbox"
    verbose_name = _("Messages")

    def ready(self):
        """Find every app's emails.py, where kinds of message are registered."""
        from foundation.outbox import checks  # noqa: F401

        autodiscover_modules("emails")
