"""How does a message leave?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """How does a message leave?"""

    name = "foundation.outbox"
    verbose_name = _("Messages")
