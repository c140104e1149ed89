"""How well did they do?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """How well did they do?"""

    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        """Listen for quizzes going live, and offer quizzes where activities are chosen."""
        from assessments import receivers  # noqa: F401
        from assessments.models import Quiz
        from courses import activities

        activities.register(
            "quiz",
            Quiz,
            label=_("Quiz"),
            description=_("Questions graded at once."),
            icon="form",
            begin=Quiz.begin,
        )
