"""Who is learning it, and when?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentsConfig(AppConfig):
    """Who is learning it, and when?"""

    name = "enrolments"
    verbose_name = _("Editions and enrolments")
