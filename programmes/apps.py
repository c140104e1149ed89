"""What degree does it add up to?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """What degree does it add up to?"""

    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        """Listen for what opens a gate."""
        from programmes import audited, receivers  # noqa: F401
