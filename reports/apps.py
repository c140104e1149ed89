"""What did it all add up to?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """What did it all add up to?"""

    name = "reports"
    verbose_name = _("Reports")
