"""Who did what?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who did what?"""

    name = "foundation.audit"
    verbose_name = _("Audit")
