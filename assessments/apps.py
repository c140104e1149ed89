"""How well did they do?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """How well did they do?"""

    name = "assessments"
    verbose_name = _("Assessments")
