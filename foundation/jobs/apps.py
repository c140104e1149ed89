"""What runs later?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What runs later?"""

    name = "foundation.jobs"
    verbose_name = _("Background jobs")
