"""What runs later?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What runs later?"""

    name = "foundation.jobs"
    verbose_name = _("Background jobs")

    def ready(self):
        """Find every app's tasks.py, so that each process knows what runs by the clock."""
        from foundation.jobs import receivers  # noqa: F401

        autodiscover_modules("tasks")
