"""When and where do they meet?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    """When and where do they meet?"""

    name = "timetable"
    verbose_name = _("Timetable")

    def ready(self):
        """Name what the audit log holds, and offer sessions where activities are chosen."""
        from courses import activities
        from timetable.attendance import audited  # noqa: F401
        from timetable.models import SessionActivity

        activities.register(
            SessionActivity.KIND,
            SessionActivity,
            label=_("Session"),
            description=_("Done by being there: each edition says in which of its sessions."),
            icon="calendar-check",
            begin=SessionActivity.begin,
        )
