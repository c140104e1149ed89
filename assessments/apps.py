"""How well did they do?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """How well did they do?"""

    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        """Listen for quizzes going live."""
        from assessments import receivers  # noqa: F401
