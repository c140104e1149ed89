"""When and where do they meet?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    """When and where do they meet?"""

    name = "timetable"
    verbose_name = _("Timetable")

    def ready(self):
        """Name what the audit log holds."""
        from timetable.attendance import audited  # noqa: F401
