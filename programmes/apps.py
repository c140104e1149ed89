"""What degree does it add up to?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """What degree does it add up to?"""

    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        """Name what is recorded in the audit log, and listen for what opens a gate."""
        from programmes import audited, receivers  # noqa: F401
        from programmes.applications import audited as of_applications  # noqa: F401
        from programmes.interviews import tasks as of_interviews  # noqa: F401
        from programmes.selection import audited as of_selection  # noqa: F401
        from programmes.selection.services import clock  # noqa: F401
